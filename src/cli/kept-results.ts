import { existsSync } from "node:fs";
import { join } from "node:path";
import { clearFolder } from "../folder/clear-folder.js";
import type { FolderKind } from "../folder/folder-kind.js";
import { writeJson } from "../folder/json-file.js";
import { Stopped } from "../imaging/steps/steps.js";
import { particleFiles } from "../result/result-files.js";
import { CommandFailed } from "./failure.js";

/** What a command on pictures has finished, for the case that it is stopped. */
export interface KeptResults {
  readonly finished: readonly string[];
  /** The folder, without results of an earlier time: they stay until there is something to put in their place. */
  folder(): string;
  /** A stage is done; these keys of the summary are known. */
  finish(stage: string, about: object): void;
  /**
   * Marks what is kept in `summary.json` when the work was stopped; other errors go on.
   * @param goOn what a person does next
   */
  failed(error: unknown, goOn: string): never;
}

/** @param folder claimed for results of that kind */
export function keptResults(folder: string, kind: FolderKind): KeptResults {
  const finished: string[] = [];
  const known: object = {};
  const summary = join(folder, particleFiles.summary);
  const earlier = existsSync(summary);
  let cleared = false;
  return {
    finished,
    folder: () => {
      if (!cleared) clearFolder(folder, kind, particleFiles.summary);
      cleared = true;
      return folder;
    },
    finish: (stage, about) => {
      finished.push(stage);
      Object.assign(known, about);
    },
    failed: (error, goOn) => {
      if (!(error instanceof Stopped)) throw error;
      const untouched = earlier && !cleared;
      if (!untouched) writeJson(summary, { status: "stopped", stoppedAt: error.stage, finished, ...known });
      const none = untouched ? `Nothing was finished; the results in ${folder} are as before` : "Nothing was finished";
      const what = finished.length === 0 ? none : `Finished and kept in ${folder}: ${finished.join(", ")}`;
      throw new CommandFailed(1, `Stopped while at: ${error.stage}. ${what}. ${goOn}`);
    },
  };
}
