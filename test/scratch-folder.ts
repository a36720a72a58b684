import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

/** A folder for the files of one test file. */
export interface ScratchFolder {
  readonly folder: string;
  /** Writes a file into it, with the folders on the way, and gives its path. */
  readonly written: (name: string, content: string | Uint8Array) => string;
}

/** A new folder that is gone after the last test of the file that asks. */
export function scratchFolder(): ScratchFolder {
  const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    written: (name, content) => {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
  };
}
