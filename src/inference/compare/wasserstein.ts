import type { Pooled } from "./pooled.js";

/** Wasserstein's distance of order 1, ∫ |F − G| dx, in the unit of the values. */
export function wasserstein({ value, sizes: [m, n] }: Pooled, first: Uint8Array): number {
  let [ofFirst, sum] = [0, 0];
  for (let k = 0; k < value.length - 1; k++) {
    ofFirst += first[k];
    sum += Math.abs(ofFirst / m - (k + 1 - ofFirst) / n) * (value[k + 1] - value[k]);
  }
  return sum;
}
