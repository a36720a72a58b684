import { type DiskCall, watchDisk } from "../../validation/lost/disk-calls.js";

export { refusal } from "../../validation/lost/disk-calls.js";

export type ChangingCall = DiskCall["name"];

/**
 * Lets every call that changes the disk go through `before` while work runs; an error thrown there is what the call throws.
 * @param before told the call and its arguments
 */
export async function withFaults<T>(
  before: (call: ChangingCall, values: readonly unknown[]) => void,
  work: () => T | Promise<T>,
): Promise<T> {
  const end = watchDisk(({ name, values, changes }) => {
    if (changes) before(name, values);
  });
  try {
    return await work();
  } finally {
    end();
  }
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
