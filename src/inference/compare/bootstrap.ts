import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { type Draws, draws } from "../../draws/draws.js";
import { deviation } from "../../statistics/mean.js";
import { quantile } from "../../statistics/quantile.js";

/** What is drawn together: one row, or all rows of a block of space. [unit] of rows */
export type Units = readonly (readonly number[])[];

/** Numbers from rows drawn of each sample; a row may come several times. */
export type Statistics = (...rows: readonly (readonly number[])[]) => readonly number[];

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Of the resamples. */
  readonly standardError: number;
}

/**
 * Bias-corrected and accelerated bootstrap intervals (Efron, J. Am. Stat. Assoc. 82, 171 (1987)), 95 %, of several
 * statistics from the same resamples.
 * @param samples units of each sample; each sample is drawn from by itself.
 * @returns bounds NaN where a statistic is, or where a sample has fewer than two units.
 */
export function bootstrapIntervals(
  samples: readonly Units[],
  statistics: Statistics,
  resamples: number,
  seed: number,
): Interval[] {
  const observed = statistics(...samples.map((units) => units.flat()));
  if (samples.some((units) => units.length < 2)) return observed.map(() => nothing);
  const random = draws(seed, "bootstrap");
  const drawn = observed.map(() => new Float64Array(resamples));
  for (let done = 0; done < resamples; done++) {
    const found = statistics(...samples.map((units) => drawRows(units, random)));
    for (const [k, values] of drawn.entries()) values[done] = found[k];
  }
  const left = leftOut(samples, statistics);
  return observed.map((value, k) => intervalOf(value, drawn[k], left, k));
}

const nothing: Interval = { low: Number.NaN, high: Number.NaN, standardError: Number.NaN };

/** As many units as there are, with replacement; their rows. */
function drawRows(units: Units, random: Pick<Draws, "uniform">): number[] {
  const rows: number[] = [];
  for (let k = 0; k < units.length; k++)
    for (const row of units[Math.floor(random.uniform() * units.length)]) rows.push(row);
  return rows;
}

function intervalOf(observed: number, all: Float64Array, left: readonly LeftOut[], k: number): Interval {
  const drawn = all.filter(Number.isFinite);
  if (!Number.isFinite(observed) || drawn.length < all.length / 2) return nothing;
  const standardError = deviation(drawn);
  if (standardError === 0) return { low: observed, high: observed, standardError };
  const below = drawn.reduce((count, value) => count + (value < observed ? 1 : value === observed ? 0.5 : 0), 0);
  const bias = normalQuantile(Math.min(Math.max(below / drawn.length, 1e-9), 1 - 1e-9), 0, 1);
  const acceleration = accelerationOf(left, k);
  const bound = (tail: number) => {
    const z = bias + normalQuantile(tail, 0, 1);
    return quantile(drawn, normalCdf(bias + z / (1 - acceleration * z), 0, 1));
  };
  return { low: bound(0.025), high: bound(0.975), standardError };
}

/** Statistics of one sample with one unit left out in turn. */
interface LeftOut {
  readonly units: number;
  /** Units from one left out to the next. */
  readonly step: number;
  readonly values: readonly (readonly number[])[];
}

/** At most 200 units of a sample are left out in turn. */
function leftOut(samples: readonly Units[], statistics: Statistics): LeftOut[] {
  const whole = samples.map((units) => units.flat());
  return samples.map((units, s) => {
    const step = Math.max(1, Math.floor(units.length / 200));
    const values: (readonly number[])[] = [];
    for (let left = 0; left < units.length; left += step)
      values.push(statistics(...whole.map((rows, k) => (k === s ? units.filter((_, u) => u !== left).flat() : rows))));
    return { units: units.length, step, values };
  });
}

/** Skewness of the influence of single units. */
function accelerationOf(left: readonly LeftOut[], k: number): number {
  let [squares, cubes] = [0, 0];
  for (const { units, step, values } of left) {
    const mean = values.reduce((sum, value) => sum + value[k], 0) / values.length;
    for (const value of values) {
      squares += step * ((mean - value[k]) / units) ** 2;
      cubes += step * ((mean - value[k]) / units) ** 3;
    }
  }
  return squares === 0 || !Number.isFinite(squares) ? 0 : cubes / (6 * squares ** 1.5);
}

/** Every row by itself. */
export function singleRows(count: number): Units {
  return Array.from({ length: count }, (_, row) => [row]);
}
