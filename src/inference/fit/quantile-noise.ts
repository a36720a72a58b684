import { draws } from "../../draws/draws.js";

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
