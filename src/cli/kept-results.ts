import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Stopped } from "../imaging/steps.js";
import { writeAtomically } from "../scenario/result/atomic-file.js";
import { CommandFailed } from "./failure.js";
import { summaryText } from "./imaging-result.js";

/** What a command on pictures has finished, for the case that it is stopped. */
export interface KeptResults {
  readonly finished: readonly string[];
  /** Makes the folder of the results, and names it. */
  folder(): string;
  /** A stage is done; these keys of the summary are known. */
  finish(stage: string, about: object): void;
  /**
   * Marks what is kept in `summary.json` when the work was stopped; other errors go on.
   * @param goOn what a person does next
   */
  failed(error: unknown, goOn: string): never;
}

export function keptResults(folder: string): KeptResults {
  const finished: string[] = [];
  const known: object = {};
  const made = () => {
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  return {
    finished,
    folder: made,
    finish: (stage, about) => {
      finished.push(stage);
      Object.assign(known, about);
    },
    failed: (error, goOn) => {
      if (!(error instanceof Stopped)) throw error;
      const summary = { status: "stopped", stoppedAt: error.stage, finished, ...known };
      writeAtomically(join(made(), "summary.json"), summaryText(summary));
      const what =
        finished.length === 0 ? "Nothing was finished" : `Finished and kept in ${folder}: ${finished.join(", ")}`;
      throw new CommandFailed(1, `Stopped while at: ${error.stage}. ${what}. ${goOn}`);
    },
  };
}
