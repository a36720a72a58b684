import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** Calls of `node:fs` that change something on the disk. */
const changing = [
  "writeSync",
  "writeFileSync",
  "fsyncSync",
  "ftruncateSync",
  "renameSync",
  "linkSync",
  "unlinkSync",
  "rmSync",
  "rmdirSync",
  "mkdirSync",
] as const;

export type ChangingCall = (typeof changing)[number] | "openSync";

type Anything = (...values: unknown[]) => unknown;

/**
 * Lets every changing call go through `before` while work runs; an error thrown there is what the call throws.
 * @param before told the call and its arguments
 */
export async function withFaults<T>(
  before: (call: ChangingCall, values: readonly unknown[]) => void,
  work: () => T | Promise<T>,
): Promise<T> {
  const all = fs as unknown as Record<string, Anything>;
  const own = Object.fromEntries([...changing, "openSync"].map((name) => [name, all[name] as Anything]));
  for (const [name, call] of Object.entries(own))
    all[name] = (...values) => {
      if (name !== "openSync" || opensForWriting(values[1])) before(name as ChangingCall, values);
      return call(...values);
    };
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    Object.assign(all, own);
    syncBuiltinESMExports();
  }
}

function opensForWriting(flags: unknown): boolean {
  if (typeof flags === "number")
    return (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR | fs.constants.O_CREAT)) !== 0;
  return typeof flags === "string" && flags !== "r";
}

/** What the operating system throws. */
export function refusal(code: string, syscall: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: as injected, ${syscall}`), { code, syscall });
}

/** The process is gone before the k-th changing call: that one and all after it do nothing but throw. */
export class Killed extends Error {}

/** @returns how many changing calls were made, and whether the work came to its end before the kill */
export async function killedAt(k: number, work: () => unknown): Promise<{ calls: number; ended: boolean }> {
  let calls = 0;
  try {
    await withFaults(() => {
      calls += 1;
      if (calls >= k) throw new Killed("killed");
    }, work);
  } catch (error) {
    if (calls < k) throw error;
  }
  return { calls, ended: calls < k };
}
