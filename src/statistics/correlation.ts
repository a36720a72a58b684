import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { meanRanks } from "./ranks.js";

/**
 * Pearson's r of two columns of equal length, two rows or more; NaN when one of them does not vary.
 * @param a [row]
 */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [meanA, meanB, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    // Welford's updates: sums of squares about the mean of the rows so far.
    const [p, q] = [a[k] - meanA, b[k] - meanB];
    meanA += p / (k + 1);
    meanB += q / (k + 1);
    aa += p * (a[k] - meanA);
    bb += q * (b[k] - meanB);
    ab += p * (b[k] - meanB);
  }
  return Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb)));
}

/** Spearman's ρ: Pearson's r of the ranks, ties at their mean rank. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return pearson(meanRanks(a), meanRanks(b));
}

/**
 * Probability of a correlation of r or less where there is none (Student's t of r √(n − 2)/√(1 − r²)).
 * @param n rows, three or more.
 */
export function chanceBelow(r: number, n: number): number {
  return tCdf((Math.sqrt(n - 2) * r) / Math.sqrt(1 - r * r), n - 2);
}
