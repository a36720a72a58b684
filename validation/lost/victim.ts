/** The program, which meets the fault that the environment names; its workers as well. */
import { writeFileSync } from "node:fs";
import { collaborators } from "../../src/cli/collaborators.js";
import { synchrode } from "../../src/cli/program.js";
import { processTerminal } from "../../src/cli/terminal.js";
import { type Fault, inject } from "./fault.js";
import { countVariable, faultVariable, victimProgram } from "./victim-program.js";

const words = process.argv.slice(2);
const fault = JSON.parse(process.env[faultVariable] ?? "null") as Fault | null;
const file = process.env[countVariable];
if (fault !== null && (fault.who === undefined || fault.who === words[0])) {
  const injected = inject(fault);
  process.on("exit", () => {
    injected.end();
    if (file) writeFileSync(file, String(injected.calls()));
  });
}
process.exitCode = await synchrode(words, processTerminal, { ...collaborators, worker: victimProgram() });
