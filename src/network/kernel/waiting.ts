/** What a thread and the one that waits for it share: how its task went, and a text. */
export interface Answer {
  readonly state: Int32Array<SharedArrayBuffer>;
  readonly text: Uint8Array<SharedArrayBuffer>;
}

export const [PENDING, DONE, FAILED] = [0, 1, 2];

/** Bytes of the longest text; what is beyond is cut. */
const longest = 4096;

export function sharedAnswer(): SharedArrayBuffer {
  return new SharedArrayBuffer(8 + longest);
}

export function answerIn(shared: SharedArrayBuffer): Answer {
  return { state: new Int32Array(shared, 0, 2), text: new Uint8Array(shared, 8) };
}

/** Ends a task; wakes who waits for it. */
export function end({ state, text }: Answer, how: number, said: string): void {
  const bytes = new TextEncoder().encode(said).subarray(0, longest);
  text.set(bytes);
  state[1] = bytes.length;
  Atomics.store(state, 0, how);
  Atomics.notify(state, 0);
}

/**
 * Waits for the task to end, this thread standing still; returns its text.
 *
 * @throws Error with the text of a task that failed, or when it takes longer than `limit` ms.
 */
export function awaited({ state, text }: Answer, doing: string, limit: number): string {
  const waited = Atomics.wait(state, 0, PENDING, limit);
  if (waited === "timed-out")
    throw new Error(`${doing}: the thread of gpu.js gave no answer within ${limit / 1000} s.`);
  const said = new TextDecoder().decode(text.slice(0, state[1]));
  if (Atomics.load(state, 0) === FAILED) throw new Error(said);
  return said;
}
