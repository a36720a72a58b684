import { draws } from "../../draws/draws.js";

export function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Quantiles by linear interpolation between order statistics (type 7 of Hyndman & Fan, Am. Stat. 50 (1996) 361–365).
 * @param levels shares in (0, 1)
 */
export function quantilesOf(values: Float64Array, levels: readonly number[]): Float64Array {
  const sorted = values.slice().sort();
  return Float64Array.from(levels, (level) => {
    const at = level * (sorted.length - 1);
    const low = Math.floor(at);
    const high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  });
}

/** Below this share of the largest, a standard deviation by resampling is an accident of ties. */
const leastShare = 0.1;

/** Standard deviation of each number that `shape` makes of a sample, by drawing from it with replacement. */
export function quantileNoise(
  values: Float64Array,
  shape: (values: Float64Array) => Float64Array,
  resamples: number,
  seed: number,
): Float64Array {
  const random = draws(seed, "quantile noise");
  const found = Array.from({ length: resamples }, () =>
    shape(values.map(() => values[Math.floor(random.uniform() * values.length)])),
  );
  const deviations = found[0].map((_, k) => {
    const mean = found.reduce((sum, each) => sum + each[k], 0) / resamples;
    return Math.sqrt(found.reduce((sum, each) => sum + (each[k] - mean) ** 2, 0) / (resamples - 1));
  });
  const largest = deviations.reduce((most, value) => Math.max(most, value), 0);
  return deviations.map((value) => Math.max(value, leastShare * largest));
}
