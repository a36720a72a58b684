import { existsSync } from "node:fs";
import { join } from "node:path";
import { clearFolder } from "../../folder/clear-folder.js";
import type { FolderKind } from "../../folder/folder-kind.js";
import { writeJson } from "../../folder/json-file.js";
import { Stopped } from "../../imaging/steps/steps.js";
import { particleFiles } from "../../result/result-files.js";

/** A work on pictures that was left on request; what it had finished is kept. */
export class StoppedKeeping extends Error {
  override readonly name = "StoppedKeeping";

  constructor(
    readonly stage: string,
    /** Stages that are done, whose results are kept. */
    readonly finished: readonly string[],
    kept: string,
  ) {
    super(`Stopped while at: ${stage}. ${kept}.`);
  }
}

/** What a work on pictures has finished, for the case that it is stopped. */
export interface KeptResults {
  /** The folder, without results of an earlier time: they stay until there is something to put in their place. */
  folder(): string;
  /** A stage is done; these keys of the summary are known. */
  finish(stage: string, about: object): void;
  /**
   * Marks what is kept in `summary.json` when the work was stopped; other errors go on.
   * @throws StoppedKeeping
   */
  failed(error: unknown): never;
}

/** @param folder claimed for results of that kind */
export function keptResults(folder: string, kind: FolderKind): KeptResults {
  const finished: string[] = [];
  const known: object = {};
  const summary = join(folder, particleFiles.summary);
  const earlier = existsSync(summary);
  let cleared = false;
  return {
    folder: () => {
      if (!cleared) clearFolder(folder, kind, particleFiles.summary);
      cleared = true;
      return folder;
    },
    finish: (stage, about) => {
      finished.push(stage);
      Object.assign(known, about);
    },
    failed: (error) => {
      if (!(error instanceof Stopped)) throw error;
      const untouched = earlier && !cleared;
      if (!untouched) writeJson(summary, { status: "stopped", stoppedAt: error.stage, finished, ...known });
      const none = untouched ? `Nothing was finished; the results in ${folder} are as before` : "Nothing was finished";
      const what = finished.length === 0 ? none : `Finished and kept in ${folder}: ${finished.join(", ")}`;
      throw new StoppedKeeping(error.stage, finished, what);
    },
  };
}
