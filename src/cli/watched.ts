import type { ImagingWatch } from "../study/imaging/imaging-work.js";
import { StoppedKeeping } from "../study/imaging/kept-results.js";
import { CommandFailed } from "./failure.js";
import { imagingProgress } from "./imaging-progress.js";
import { interruptible } from "./interruptible.js";
import type { Terminal } from "./terminal.js";

/**
 * Runs a work on pictures that shows how far it is, and that Ctrl-C ends after its present step.
 * @param stages that are expected
 * @param goOn what a person does next, by the stages that were finished
 * @throws CommandFailed with status 1 when it was stopped
 */
export async function watched<T>(
  stages: readonly string[],
  terminal: Terminal,
  work: (watch: ImagingWatch) => Promise<T>,
  goOn: (finished: readonly string[]) => string = () => "",
): Promise<T> {
  const shown = imagingProgress(stages, terminal);
  try {
    return await interruptible(terminal, (signal) => work({ signal, told: shown.told, say: terminal.err }));
  } catch (error) {
    if (!(error instanceof StoppedKeeping)) throw error;
    throw new CommandFailed(1, `${error.message} ${goOn(error.finished)}`);
  } finally {
    shown.end();
  }
}
