import { Command } from "commander";
import { version } from "../scenario/version.js";
import { checkCommand } from "./check.js";
import { type Collaborators, collaborators } from "./collaborators.js";
import { compareCommand } from "./compare.js";
import { doctorCommand } from "./doctor.js";
import { type ExitStatus, reportFailure } from "./failure.js";
import { fitCommand } from "./fit.js";
import { learnCommand } from "./learn.js";
import { measureCommand } from "./measure.js";
import { meshCommand } from "./mesh.js";
import { networkCommand } from "./network.js";
import { phantomCommand } from "./phantom.js";
import { reportCommand } from "./report.js";
import { runCommand } from "./run.js";
import { schemaCommand } from "./schema.js";
import { segmentCommand } from "./segment.js";
import { sweepCommand } from "./sweep.js";
import { sweepWorkerCommand } from "./sweep-worker.js";
import { processTerminal, type Terminal } from "./terminal.js";
import { trainCommand } from "./train.js";
import { validateCommand } from "./validate.js";
import { vegardCommand } from "./vegard.js";

/** Runs a command line (without node and script) and returns the exit status. */
export async function synchrode(
  words: readonly string[],
  terminal: Terminal = processTerminal,
  work: Collaborators = collaborators,
): Promise<ExitStatus> {
  try {
    await programOf(terminal, work).parseAsync([...words], { from: "user" });
    return 0;
  } catch (error) {
    return reportFailure(error, terminal);
  }
}

/** The program with its commands. It throws where Commander would end the process, and talks to the terminal. */
export function programOf(terminal: Terminal, work: Collaborators): Command {
  const commands = [
    runCommand(terminal, work),
    sweepCommand(terminal, work),
    checkCommand(terminal),
    meshCommand(terminal),
    networkCommand(terminal),
    phantomCommand(terminal),
    trainCommand(terminal),
    segmentCommand(terminal),
    measureCommand(terminal),
    compareCommand(terminal),
    fitCommand(terminal, work),
    learnCommand(terminal),
    vegardCommand(terminal),
    reportCommand(terminal, work),
    validateCommand(terminal),
    doctorCommand(terminal),
    schemaCommand(terminal),
  ];
  const program = new Command("synchrode")
    .description("coupled electrochemistry and damage in networks of battery cathode particles")
    .version(version())
    .addHelpText("after", "\nExample:\n  synchrode run scenarios/three-spheres.yaml");
  for (const command of commands) program.addCommand(command);
  program.addCommand(sweepWorkerCommand(terminal, work), { hidden: true });
  for (const command of [program, ...commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });
  }
  return program;
}
