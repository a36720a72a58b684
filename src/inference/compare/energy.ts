import type { Pooled } from "./pooled.js";

/** Energy distance, √(2 ∫ (F − G)² dx) (Székely and Rizzo, J. Stat. Plan. Inference 143, 1249 (2013)). */
export function energyDistance({ value, sizes: [m, n] }: Pooled, first: Uint8Array): number {
  let [ofFirst, sum] = [0, 0];
  for (let k = 0; k < value.length - 1; k++) {
    ofFirst += first[k];
    sum += (ofFirst / m - (k + 1 - ofFirst) / n) ** 2 * (value[k + 1] - value[k]);
  }
  return Math.sqrt(2 * sum);
}
