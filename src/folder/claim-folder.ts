import { existsSync, lstatSync, rmdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { syncFolder, writeAtomically } from "./atomic-file.js";
import { type FolderKind, kindOf, markerFile, markerText } from "./folder-kind.js";
import { type Lock, type LockOptions, liveHolders, takeLock } from "./lock.js";
import { makeFolder } from "./make-folder.js";
import { isPrivateName, tokenOf } from "./private-name.js";
import { namesIn } from "./read-file.js";
import { FolderBusy, OutputRefused } from "./refused.js";
import { entryOf, liesIn, sameFile } from "./same-file.js";

/** A folder that a command may write, alone. */
export interface FolderClaim {
  readonly folder: string;
  /** Lets others in; takes away what was made for the claim when nothing has been written. */
  release(): void;
}

export interface ClaimOptions extends LockOptions {
  /** Files and folders that the command reads. */
  readonly inputs?: readonly string[];
}

/** What systems put into folders without being asked. */
const nobodys = new Set([".DS_Store", "Thumbs.db", "desktop.ini", "lost+found"]);

/**
 * The one rule for every command that writes a folder: it is new, empty, or one of the same command, and no input lies
 * where something would be written. Nothing is written here.
 * @returns whether it holds results of that kind already.
 * @throws OutputRefused
 */
export function checkFolder(path: string, kind: FolderKind, inputs: readonly string[] = []): boolean {
  const { command } = kind;
  const allowed = `allowed: a new or empty folder, or one that ${command} has written; give another --out`;
  for (const input of inputs)
    if (liesIn(path, input)) throw new OutputRefused(path, `it in the input ${input}`, "give another --out");
  const entries = entriesOf(path, allowed);
  if (entries.length === 0) return false;
  const found = kindOf(path);
  if (found === undefined) throw new OutputRefused(path, `${entries[0]}, which is no result of ${command}`, allowed);
  if (found.name !== kind.name) throw new OutputRefused(path, `results of ${found.command}`, allowed);
  for (const input of inputs) {
    const entry = entries.find((each) => kind.products.test(each) && sameFile(join(path, each), input));
    const within = entryOf(path, input);
    if (entry !== undefined || (within !== undefined && kind.products.test(within)))
      throw new OutputRefused(path, `the input ${input}, which would be replaced`, "give another --out");
  }
  return true;
}

/**
 * Makes a folder a command's own to write, until it is released: checked, made, locked, marked, and cleared of what
 * killed processes have left unfinished.
 * @throws OutputRefused when it is not to be written or another process is at work in it; MachineFailure
 */
export function claimFolder(path: string, kind: FolderKind, options: ClaimOptions = {}): FolderClaim {
  checkFolder(path, kind, options.inputs);
  const made = makeFolder(path);
  const lock = lockedOr(() => unmake(path, made), path, options);
  try {
    checkFolder(path, kind, options.inputs);
    clearUnfinished(path);
    if (!kind.marksItself) writeAtomically(join(path, markerFile), markerText(kind));
  } catch (error) {
    lock.release();
    unmake(path, made);
    throw error;
  }
  return {
    folder: path,
    release() {
      const unused = isUnused(path);
      if (unused) quietly(() => unlinkSync(join(path, markerFile)));
      lock.release();
      if (unused) unmake(path, made);
    },
  };
}

/** Takes the lock; where that fails, what was made for it goes. */
function lockedOr(undo: () => void, path: string, options: LockOptions): Lock {
  try {
    const taken = takeLock(path, options);
    if (taken.ok) return taken.lock;
    const { pid, host, since } = taken.holder;
    throw new FolderBusy(path, pid, host, since, taken.file);
  } catch (error) {
    if (!(error instanceof FolderBusy)) undo();
    throw error;
  }
}

/** Runs work in a folder of its own, as `claimFolder`. */
export async function inFolder<T>(
  path: string,
  kind: FolderKind,
  options: ClaimOptions,
  work: (folder: string) => Promise<T> | T,
): Promise<T> {
  const claim = claimFolder(path, kind, options);
  try {
    return await work(path);
  } finally {
    claim.release();
  }
}

/** Whether nothing was written; a folder that cannot be read at present is left as it is, but must not stay locked. */
function isUnused(path: string): boolean {
  try {
    return entriesOf(path, "").length === 0;
  } catch {
    return false;
  }
}

/** What a person would see in a folder; nothing when it is not there. */
function entriesOf(path: string, allowed: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (!lstatSync(path).isSymbolicLink() && !lstatSync(path).isDirectory())
    throw new OutputRefused(path, "a file", allowed);
  return namesIn(path).filter((name) => !isPrivateName(name) && name !== markerFile && !nobodys.has(name));
}

/** Files that were being written when their process was killed; of this folder and of those that belong to it. */
function clearUnfinished(folder: string): void {
  for (const each of ["", "fields", "slices", "slurm"]) {
    const own = join(folder, each);
    if (!existsSync(own) || lstatSync(own).isSymbolicLink()) continue;
    for (const name of namesIn(own)) if (tokenOf(name, "tmp") !== undefined) quietly(() => unlinkSync(join(own, name)));
  }
  const names = namesIn(folder);
  const tokens = new Set(names.map((name) => tokenOf(name, "lock")));
  for (const name of names) {
    const token = tokenOf(name, "held");
    if (token !== undefined && !tokens.has(token)) quietly(() => unlinkSync(join(folder, name)));
  }
}

/** Takes away folders that were made, the innermost first, as far as they are empty. */
function unmake(path: string, made: readonly string[]): void {
  quietly(() => {
    if (made.length > 0 && liveHolders(path).length > 0) return;
    for (const each of [...made].reverse()) rmdirSync(each);
  });
  syncFolder(path);
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // It stays: nothing depends on it.
  }
}
