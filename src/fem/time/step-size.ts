import { pow } from "../../elementary/elementary.js";

/**
 * Step sizes on a ladder of halvings and doublings: a size is kept as long as it serves, so that the factors made for
 * it are used again and again.
 */
export interface StepSizes {
  /** s */
  readonly smallest: number;
  readonly largest: number;
  /** s, the largest under load; `largest` is longer in instructions that ask little. */
  readonly loaded?: number;
}

/** s, the first step after a switch of the protocol: a sixty-fourth of the largest under load. */
export function firstStep(sizes: StepSizes): number {
  return Math.max(sizes.smallest, loadedStep(sizes) / 64);
}

/** s */
export function loadedStep({ largest, loaded }: StepSizes): number {
  return Math.min(largest, loaded ?? largest);
}

/** The next step after one of h whose error was `error` times what is allowed (null: cannot be told yet). */
export function nextStep(h: number, error: number | null, order: 1 | 2, sizes: StepSizes): number {
  const doubled = 2 * h;
  if (doubled > sizes.largest * (1 + 1e-9)) return h;
  return error === null || error * pow(2, order + 1) < 0.8 ? doubled : h;
}
