import { range } from "../statistics/mean.js";
import { quantiles } from "../statistics/quantile.js";

/** Up to so many particles their range is their spread; of more, the extremes say little of the rest. */
export const mostByRange = 20;

/** What counts as the spread of more particles: shares of them below its ends. */
export const middle = [0.1, 0.9] as const;

/** How far the values of the particles lie apart: their range, or of many the range between the 10 % and the 90 % quantile. */
export function spread(values: ArrayLike<number>): number {
  if (values.length <= mostByRange) return range(values);
  const [low, high] = quantiles(values, middle);
  return high - low;
}

/** The name of that measure. */
export function spreadMeasure(particles: number): string {
  return particles <= mostByRange ? "range" : `${100 * middle[0]}–${100 * middle[1]} % quantile range`;
}
