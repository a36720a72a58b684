/** Runs command lines one after another in a process that is warm; a fault may meet each. */
import { collaborators } from "../../src/cli/collaborators.js";
import { synchrode } from "../../src/cli/program.js";
import { inject } from "./fault.js";
import type { Asked, Said } from "./lane-process.js";
import { countVariable, faultVariable, victimProgram } from "./victim-program.js";

process.on("message", async ({ words, fault, countFile }: Asked) => {
  let err = "";
  const hear = (text: string) => {
    err += `${text}\n`;
  };
  const terminal = { out: () => {}, err: hear, interactive: false };
  const own = fault !== undefined && fault.who === words[0];
  const injected = own ? inject(fault) : undefined;
  if (fault && !own) process.env[faultVariable] = JSON.stringify(fault);
  if (countFile) process.env[countVariable] = countFile;
  const worker = { worker: victimProgram() };
  const status = await synchrode(words, terminal, { ...collaborators, ...worker }).finally(() => injected?.end());
  delete process.env[faultVariable];
  delete process.env[countVariable];
  const met = injected?.met();
  const said: Said = { status, err, calls: injected?.calls() ?? 0, ...(met !== undefined && { met }) };
  process.send?.(said);
});
process.on("disconnect", () => process.exit(0));
