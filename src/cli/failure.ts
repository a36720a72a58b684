import { CommanderError } from "commander";
import { machineFailure } from "../folder/machine-failure.js";
import { OutputRefused } from "../folder/refused.js";
import { faultLine, InputFault } from "../scenario/faults.js";
import { InputRefused } from "../study/input-refused.js";
import type { Terminal } from "./terminal.js";

/** 0 done, 1 failed while running, 2 bad input or usage. */
export type ExitStatus = 0 | 1 | 2;

/** A command that ends with another status than 0, with the message a person sees. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";

  constructor(
    readonly status: Exclude<ExitStatus, 0>,
    message: string,
  ) {
    super(message);
  }
}

/** Says what went wrong, without a stack trace, and gives the exit status. */
export function reportFailure(error: unknown, terminal: Terminal): ExitStatus {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof InputFault) {
    for (const fault of error.faults) terminal.err(faultLine(fault));
    return 2;
  }
  if (error instanceof CommandFailed) {
    terminal.err(error.message);
    return error.status;
  }
  if (error instanceof OutputRefused || error instanceof InputRefused) {
    terminal.err(error.message);
    return 2;
  }
  const told = machineFailure("Using", (error as NodeJS.ErrnoException)?.path ?? "a file", error);
  terminal.err(told instanceof Error ? told.message : String(told));
  return 1;
}
