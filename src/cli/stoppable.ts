import { type Part, Stopped } from "../imaging/steps/steps.js";
import { CommandFailed } from "./failure.js";
import { interruptible } from "./interruptible.js";
import type { Terminal } from "./terminal.js";

/**
 * Runs work that Ctrl-C ends after its present step; the results of earlier times are as they were then.
 * @param kept says what there is of it all the same
 * @throws CommandFailed with status 1 when it was stopped
 */
export async function stoppable<T>(
  terminal: Terminal,
  work: (signal: AbortSignal) => Promise<T>,
  kept: () => string = () => "Nothing was written: run the same command again",
): Promise<T> {
  try {
    return await interruptible(terminal, work);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    throw new CommandFailed(1, `Stopped while at: ${error.stage}. ${kept()}.`);
  }
}

/** Tells each stage once. */
export function stagesTo(terminal: Terminal): (part: Part) => void {
  let last = "";
  return ({ stage }) => {
    if (stage !== last) terminal.err(stage);
    last = stage;
  };
}

/** Tells how far a work has come, and leaves it there after the signal. @throws Stopped from what is told next */
export function tellingUntil(signal: AbortSignal, tell: (message: string) => void): (message: string) => void {
  return (message) => {
    if (signal.aborted) throw new Stopped(message);
    tell(message);
  };
}
