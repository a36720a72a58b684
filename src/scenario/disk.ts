import { existsSync, openSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { throwPassing } from "../folder/machine-failure.js";
import { startBytes } from "../folder/read-file.js";
import { dataFolder } from "./data-folder.js";
import { InputFault, refusedFile } from "./faults.js";
import type { FileSource } from "./file-source.js";

/** Files of this machine, by their paths. */
export const disk: FileSource = {
  bytes(path, largest, holds) {
    const size = sizeOf(path);
    if (size > largest) throw refusedFile(path, `a file of ${size} bytes`, `at most ${largest} bytes`);
    if (size === 0) throw refusedFile(path, "an empty file", holds);
    return readBytes(path, size);
  },
  whole: (path) => resolve(path),
  beside: (from, written) => (isAbsolute(written) ? written : join(dirname(from), written)),
  measured(written) {
    const name = join(dataFolder(), written);
    return existsSync(name) ? { name } : { absent: `${name}: no such file` };
  },
};

function sizeOf(path: string): number {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) throw refusedFile(path, stat.isDirectory() ? "a folder" : "no regular file", "a text file");
    return stat.size;
  } catch (error) {
    if (error instanceof InputFault) throw error;
    throwPassing("Reading", path, error);
    throw refusedFile(path, "no such file", "the path of a readable file");
  }
}

function readBytes(path: string, size: number): Uint8Array {
  let handle: number;
  try {
    handle = openSync(path, "r");
  } catch (error) {
    throwPassing("Reading", path, error);
    throw refusedFile(path, "a file that cannot be opened", "the path of a readable file");
  }
  return startBytes(handle, path, size);
}
