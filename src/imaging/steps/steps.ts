/** How far one stage of a work has come. */
export interface Part {
  readonly stage: string;
  /** Of the stage, in [0, 1]. */
  readonly share: number;
}

/** Something that is computed elsewhere, and has to come before the work goes on. */
export type Awaited = Promise<unknown>;

/** Work that pauses after each part of it, so that others can be told, and it can be left. */
export type Steps<T> = Generator<Part | Awaited, T, void>;

/** Work inside one stage: pauses with the share that is done. */
export type Strides<T = void> = Generator<number | Awaited, T, void>;

/** Gives the strides of a work the name of its stage. */
export function* stage<T>(name: string, strides: Strides<T>): Steps<T> {
  yield { stage: name, share: 0 };
  for (;;) {
    const next = strides.next();
    if (next.done) {
      yield { stage: name, share: 1 };
      return next.value;
    }
    yield next.value instanceof Promise ? next.value : { stage: name, share: next.value };
  }
}

/** Strides that are a share of a longer work, which had come so far when they begin. */
export function* within<T>(from: number, to: number, strides: Strides<T>): Strides<T> {
  for (;;) {
    const next = strides.next();
    if (next.done) return next.value;
    yield next.value instanceof Promise ? next.value : from + (to - from) * next.value;
  }
}

/** Runs all steps at once. @throws Error when one has to wait for something: run these with `paced` */
export function finished<T, P>(steps: Generator<P | Awaited, T, void>, told: (part: P) => void = () => {}): T {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    if (next.value instanceof Promise) throw new Error("Running steps at once: one of them waits for a kernel.");
    told(next.value);
  }
}

/** A work that was left on request, and the stage it was in. */
export class Stopped extends Error {
  override readonly name = "Stopped";

  constructor(readonly stage: string) {
    super(`Stopped while at: ${stage}.`);
  }
}

/**
 * Runs steps one after the other, and lets the machine attend to other things in between.
 * @throws Stopped at the first step after the signal
 */
export async function paced<T>(
  steps: Steps<T>,
  signal: AbortSignal,
  told: (part: Part) => void = () => {},
): Promise<T> {
  let stage = "";
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    if (next.value instanceof Promise) {
      await next.value;
      continue;
    }
    stage = next.value.stage;
    told(next.value);
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (!signal.aborted) continue;
    steps.return(undefined as T);
    throw new Stopped(stage);
  }
}
