import { bands } from "./bands.js";
import { leastAsynchrony } from "./synchronisation.js";

/** What becomes of the spread of lithium over a run. */
export const regimes = ["synchronises", "stays apart", "drifts apart", "never apart"] as const;
export type Regime = (typeof regimes)[number];

/** S_c of three charges; NaN where nothing moved. */
export interface SpreadCourse {
  readonly first: number;
  readonly second: number;
  readonly last: number;
}

/**
 * The regime of a run: it synchronises where S_c ends at half of the first or below, as criterion D asks, and drifts apart where it
 * ends a tenth above both of the first two. Both, for the first charge begins with all particles alike, the others where a
 * discharge left them. Null where a spread is not known.
 */
export function regimeOf({ first, second, last }: SpreadCourse): Regime | null {
  if (![first, second, last].every(Number.isFinite)) return null;
  if (Math.max(first, second) < leastAsynchrony && last < leastAsynchrony) return "never apart";
  if (last <= bands.closes * first) return "synchronises";
  return last > bands.drifts * Math.max(first, second) ? "drifts apart" : "stays apart";
}
