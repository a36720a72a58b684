import { figures } from "../../words/numbers.js";

/** Below this a p has run out of digits, and 0 is only where it underflowed. */
export const leastChance = 1e-300;

/** A p as it is written; one too small to be computed as an upper bound. `null` stands for none in a record. */
export function chance(p: number | null): string {
  return p !== null && p < leastChance ? "< 10⁻³⁰⁰" : figures(p);
}
