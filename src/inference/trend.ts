import { chanceBelow, spearman } from "../statistics/correlation.js";

/** Whether a series rises or falls with another. */
export interface Trend {
  /** Spearman's ρ; null when one of the two does not vary, or with fewer than three pairs. */
  readonly rho: number | null;
  /** One-sided p for "ρ < 0" (Student's t, four pairs or more), or null. */
  readonly pFalling: number | null;
}

/** Rank correlation of two equally long series, ties at their mean rank. */
export function rankTrend(x: readonly number[], y: readonly number[]): Trend {
  if (x.length !== y.length)
    throw new RangeError(`Rank correlation: found ${x.length} and ${y.length} values; the two series must pair up.`);
  const varies = (v: readonly number[]) => v.some((value) => value !== v[0]);
  if (x.length < 3 || !varies(x) || !varies(y)) return { rho: null, pFalling: null };
  const rho = spearman(x, y);
  return { rho, pFalling: x.length < 4 ? null : chanceBelow(rho, x.length) };
}
