import type { Pooled } from "./pooled.js";

/** Largest difference of the two empirical distribution functions. */
export function kolmogorovSmirnov({ last, sizes: [m, n] }: Pooled, first: Uint8Array): number {
  let [ofFirst, largest] = [0, 0];
  for (let k = 0; k < last.length; k++) {
    ofFirst += first[k];
    if (last[k]) largest = Math.max(largest, Math.abs(ofFirst * n - (k + 1 - ofFirst) * m));
  }
  return largest / (m * n);
}

/** Beyond this product of sample sizes the limiting distribution is used. */
const mostCells = 2e7;

/**
 * Two-sided p of the two-sample statistic, exact given the values: the share of all dealings of the pooled values, ties
 * included, that are at least as far apart (counted along lattice paths, as in R's `psmirnov`). For large samples
 * Kolmogorov's limit.
 */
export function kolmogorovSmirnovP(pooled: Pooled, statistic: number): number {
  const [m, n] = pooled.sizes;
  if (m * n > mostCells) return kolmogorovTail(Math.sqrt((m * n) / (m + n)) * statistic);
  return exactTail(pooled, Math.round(statistic * m * n));
}

/**
 * Share of paths from (0, 0) to (m, n) that somewhere stand at |i n − j m| ≥ `reach` between ties. Outside shares are
 * carried along, so that small ones keep their digits.
 */
function exactTail({ last, sizes: [m, n] }: Pooled, reach: number): number {
  const outside = new Float64Array(n + 1);
  const far = (i: number, j: number) => i + j > 0 && last[i + j - 1] === 1 && Math.abs(i * n - j * m) >= reach;
  for (let j = 1; j <= n; j++) outside[j] = far(0, j) ? 1 : outside[j - 1];
  for (let i = 1; i <= m; i++) {
    outside[0] = far(i, 0) ? 1 : outside[0];
    for (let j = 1; j <= n; j++) outside[j] = far(i, j) ? 1 : (i * outside[j] + j * outside[j - 1]) / (i + j);
  }
  return Math.min(1, outside[n]);
}

/** P(K ≥ x) of Kolmogorov's distribution, by the series that converges faster. */
export function kolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  let sum = 0;
  if (x < 1.18) {
    for (let k = 1; k <= 9; k += 2) sum += Math.exp((-k * k * Math.PI * Math.PI) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = 1; k <= 9; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return sum;
}
