import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { draws } from "../../network/draws.js";
import { quantile } from "../learn/contribution.js";

/** What is drawn together: one row, or all rows of a block of space. [unit] of rows */
export type Units = readonly (readonly number[])[];

/** A number from rows drawn of each sample; a row may come several times. */
export type Statistic = (...rows: readonly (readonly number[])[]) => number;

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Of the resamples. */
  readonly standardError: number;
}

/**
 * Bias-corrected and accelerated bootstrap interval (Efron, J. Am. Stat. Assoc. 82, 171 (1987)), 95 %.
 * @param samples units of each sample; each sample is drawn from by itself.
 * @returns bounds NaN where the statistic is, or where a sample has fewer than two units.
 */
export function bootstrapInterval(
  samples: readonly Units[],
  statistic: Statistic,
  resamples: number,
  seed: number,
): Interval {
  const nothing = { low: Number.NaN, high: Number.NaN, standardError: Number.NaN };
  if (samples.some((units) => units.length < 2)) return nothing;
  const observed = statistic(...samples.map((units) => units.flat()));
  const random = draws(seed, "bootstrap");
  const drawn = Float64Array.from({ length: resamples }, () =>
    statistic(...samples.map((units) => units.flatMap(() => units[Math.floor(random.uniform() * units.length)]!))),
  ).filter(Number.isFinite);
  if (!Number.isFinite(observed) || drawn.length < resamples / 2) return nothing;
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  const standardError = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (drawn.length - 1));
  if (standardError === 0) return { low: observed, high: observed, standardError };
  const below = drawn.reduce((count, value) => count + (value < observed ? 1 : value === observed ? 0.5 : 0), 0);
  const bias = normalQuantile(Math.min(Math.max(below / drawn.length, 1e-9), 1 - 1e-9), 0, 1);
  const acceleration = accelerationOf(samples, statistic);
  const bound = (tail: number) => {
    const z = bias + normalQuantile(tail, 0, 1);
    return quantile(drawn, normalCdf(bias + z / (1 - acceleration * z), 0, 1));
  };
  return { low: bound(0.025), high: bound(0.975), standardError };
}

/** Skewness of the influence of single units, from leaving each out. At most 200 units of a sample are left out in turn. */
function accelerationOf(samples: readonly Units[], statistic: Statistic): number {
  const whole = samples.map((units) => units.flat());
  let [squares, cubes] = [0, 0];
  for (const [s, units] of samples.entries()) {
    const step = Math.max(1, Math.floor(units.length / 200));
    const values: number[] = [];
    for (let left = 0; left < units.length; left += step)
      values.push(statistic(...whole.map((rows, k) => (k === s ? units.filter((_, u) => u !== left).flat() : rows))));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const value of values) {
      squares += step * ((mean - value) / units.length) ** 2;
      cubes += step * ((mean - value) / units.length) ** 3;
    }
  }
  return squares === 0 || !Number.isFinite(squares) ? 0 : cubes / (6 * squares ** 1.5);
}

/** Every row by itself. */
export function singleRows(count: number): Units {
  return Array.from({ length: count }, (_, row) => [row]);
}
