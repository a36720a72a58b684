import { Argument, Command } from "commander";
import { jsonText } from "../folder/json-file.js";
import { scenarioJsonSchema } from "../scenario/json-schema.js";
import { fitJsonSchema } from "../study/fit/json-schema.js";
import { sweepJsonSchema } from "../study/sweep/json-schema.js";
import type { Terminal } from "./terminal.js";

const schemas = { scenario: scenarioJsonSchema, sweep: sweepJsonSchema, fit: fitJsonSchema } as const;

/** `synchrode schema`: the JSON Schema of input files, for editors. */
export function schemaCommand(terminal: Terminal): Command {
  return new Command("schema")
    .description("print the JSON Schema of scenario, sweep or fit files, for editors")
    .addArgument(new Argument("[kind]", "which files").choices(Object.keys(schemas)).default("scenario"))
    .option("--json", "as without it: the schema is JSON")
    .addHelpText("after", "\nExample:\n  synchrode schema > scenarios/scenario.schema.json")
    .action((kind: keyof typeof schemas) => terminal.out(jsonText(schemas[kind]())));
}
