import { type BigIntStats, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { throwPassing } from "./machine-failure.js";

/** Whether two paths lead to one file or folder: by links, by hard links, by another case where that makes no difference. */
export function sameFile(a: string, b: string): boolean {
  const [one, other] = [identityOf(a), identityOf(b)];
  if (one !== undefined && other !== undefined) return one.dev === other.dev && one.ino === other.ino;
  return realPath(a) === realPath(b);
}

/** Whether a path lies in a folder, at any depth, or is that folder. */
export function liesIn(path: string, folder: string): boolean {
  for (let at = realPath(path); ; at = dirname(at)) {
    if (sameFile(at, folder)) return true;
    if (dirname(at) === at) return false;
  }
}

/** The name of the entry of a folder in which, or as which, a path lies; undefined when it lies elsewhere. */
export function entryOf(folder: string, path: string): string | undefined {
  const within = relative(realPath(folder), realPath(path));
  if (within === "" || within === ".." || within.startsWith(`..${sep}`) || resolve(within) === within) return undefined;
  return within.split(sep)[0];
}

/** A path without links; of what is not there yet, as far as it is. */
export function realPath(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    return dirname(whole) === whole ? whole : join(realPath(dirname(whole)), basename(whole));
  }
}

function identityOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch (error) {
    throwPassing("Looking at", path, error);
    return undefined;
  }
}
