import { Command } from "commander";
import { scenarioJsonSchema } from "../scenario/json-schema.js";
import type { Terminal } from "./terminal.js";

/** `synchrode schema`: the JSON Schema of scenario files, for editors. */
export function schemaCommand(terminal: Terminal): Command {
  return new Command("schema")
    .description("print the JSON Schema of scenario files, for editors")
    .option("--json", "as without it: the schema is JSON")
    .addHelpText("after", "\nExample:\n  synchrode schema > scenarios/scenario.schema.json")
    .action(() => terminal.out(JSON.stringify(scenarioJsonSchema(), null, 2)));
}
