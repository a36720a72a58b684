import { closeSync, readdirSync, readFileSync, readSync } from "node:fs";
import { MachineFailure, onFile } from "./machine-failure.js";

/** All bytes of a file. @throws MachineFailure with its path and what to do */
export function fileBytes(path: string): Buffer {
  return onFile("Reading", path, () => readFileSync(path));
}

/** The text of a file in UTF-8. @throws MachineFailure with its path and what to do */
export function fileText(path: string): string {
  return fileBytes(path).toString("utf8");
}

/** All bytes of a file, or undefined where there is none: one that cannot be read at present is not taken for absent. @throws MachineFailure */
export function fileBytesIfThere(path: string): Buffer | undefined {
  try {
    return fileBytes(path);
  } catch (error) {
    if (error instanceof MachineFailure && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** The first bytes of an open file, fewer when it is shorter; the file is closed. @throws MachineFailure with its path and what to do */
export function startBytes(handle: number, path: string, length: number): Uint8Array {
  try {
    const bytes = new Uint8Array(length);
    const read = onFile("Reading", path, () => readSync(handle, bytes, 0, length, 0));
    return bytes.subarray(0, read);
  } finally {
    closeSync(handle);
  }
}

/** Names in a folder. @throws MachineFailure with its path and what to do */
export function namesIn(folder: string): readonly string[] {
  return onFile("Reading the folder", folder, () => readdirSync(folder));
}
