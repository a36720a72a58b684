import { lstatSync, rmdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { syncFolder } from "./atomic-file.js";
import { type FolderKind, kindOf } from "./folder-kind.js";
import { machineFailure, onFile } from "./machine-failure.js";
import { namesIn } from "./read-file.js";

/**
 * Takes away what a command has written into its folder, and nothing else.
 * @param first goes before all others, and is gone for good before they go: what says that the rest belongs together.
 * @param keep entries that stay.
 * @throws MachineFailure
 */
export function clearFolder(folder: string, kind: FolderKind, first: string, keep: readonly string[] = []): void {
  if (removed(join(folder, first))) syncFolder(folder);
  for (const name of namesIn(folder)) {
    if (!kind.products.test(name) || keep.includes(name)) continue;
    const path = join(folder, name);
    const own = kind.within?.[name];
    if (!isFolder(path)) removed(path);
    else if (own !== undefined) clearWithin(path, own);
    else if (name === kind.alike) clearAlike(path, kind, first);
  }
}

/** Folders of the same kind, each as a whole; what else is there stays. */
function clearAlike(path: string, kind: FolderKind, first: string): void {
  for (const name of namesIn(path)) {
    const inner = join(path, name);
    if (!isFolder(inner) || kindOf(inner)?.name !== kind.name) continue;
    clearFolder(inner, kind, first);
    if (namesIn(inner).length === 0) onFile("Removing", inner, () => rmdirSync(inner));
  }
  if (namesIn(path).length === 0) onFile("Removing", path, () => rmdirSync(path));
}

/** A link to a folder is none. */
function isFolder(path: string): boolean {
  return onFile("Looking at", path, () => lstatSync(path)).isDirectory();
}

/** The folder itself goes when nothing is left in it. */
function clearWithin(path: string, own: RegExp): void {
  for (const name of namesIn(path)) if (own.test(name)) removed(join(path, name));
  if (namesIn(path).length === 0) onFile("Removing", path, () => rmdirSync(path));
}

/** Whether it was there. */
function removed(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw machineFailure("Removing", path, error);
  }
}
