import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isPassing, MachineFailure, onFile } from "./machine-failure.js";
import { OutputRefused } from "./refused.js";

/**
 * Makes a folder and the folders on the way to it, one by one: what cannot be made is said at once.
 * @returns what was made, the outermost first.
 * @throws OutputRefused, or MachineFailure for what passes, such as a full disk.
 */
export function makeFolder(path: string): readonly string[] {
  const missing: string[] = [];
  try {
    for (let at = resolve(path); !onFile("Making the folder", at, () => isThere(at)); at = dirname(at))
      missing.push(at);
    for (const each of missing.reverse()) onFile("Making the folder", each, () => made(each));
  } catch (error) {
    if (!(error instanceof MachineFailure) || isPassing(error)) throw error;
    throw new OutputRefused(path, `${error.found} at ${error.path}`, "give another --out");
  }
  return missing;
}

/** Whether a folder is there; false where nothing is. */
function isThere(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (found.isDirectory()) return true;
  throw Object.assign(new Error("no folder"), { code: "ENOTDIR", syscall: "mkdir" });
}

/** Another process may have been quicker. */
function made(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || !isThere(path)) throw error;
  }
}
