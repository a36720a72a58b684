import { deviation } from "../../statistics/mean.js";
import { quantile } from "../../statistics/quantile.js";

/** What a distribution is like; each is a function of the values alone. */
export const summaries = {
  mean: (values: ArrayLike<number>) => sumOf(values) / values.length,
  "coefficient of variation": (values: ArrayLike<number>) => deviation(values) / (sumOf(values) / values.length),
  Gini: (values: ArrayLike<number>) => gini(values),
  median: (values: ArrayLike<number>) => quantile(values, 0.5),
  "90 % quantile": (values: ArrayLike<number>) => quantile(values, 0.9),
} as const;

/** Share of the values above a threshold. */
export function shareAbove(values: ArrayLike<number>, threshold: number): number {
  let count = 0;
  for (let k = 0; k < values.length; k++) if (values[k] > threshold) count++;
  return count / values.length;
}

/** Mean difference of all pairs over twice the mean: 0 when all are alike, near 1 when one has everything. */
function gini(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  let sum = 0;
  for (let k = 0; k < sorted.length; k++) sum += (2 * k + 1 - sorted.length) * sorted[k];
  return sum / (sorted.length * sumOf(sorted));
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum;
}
