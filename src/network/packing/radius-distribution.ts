import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { type Draws, draws, shuffled } from "../../draws/draws.js";
import { exp, log1p, square } from "../../elementary/elementary.js";

/** A distribution of radii by number. */
export interface RadiusDistribution {
  /** The radius in m that a share `u` of the particles, 0 < u < 1, stays below. */
  quantile(u: number): number;
}

/**
 * ln r is normal with standard deviation `logDeviation` about the logarithm of the median.
 * @param median m
 * @throws RangeError
 */
export function lognormalRadii(median: number, logDeviation: number): RadiusDistribution {
  checkPositive(median, "the median");
  checkSpread(logDeviation);
  return { quantile: (u) => median * exp(logDeviation * normalQuantile(u, 0, 1)) };
}

/** Lognormal by mean and standard deviation of the radius itself, both in m. */
export function lognormalRadiiOf(mean: number, deviation: number): RadiusDistribution {
  checkPositive(mean, "the mean");
  checkSpread(deviation);
  const variance = log1p(square(deviation / mean));
  return lognormalRadii(mean * exp(-variance / 2), Math.sqrt(variance));
}

/**
 * Normal, cut off below `smallest` and as far above the mean, so that the mean stays. All in m.
 * @throws RangeError when the cut lies above the mean.
 */
export function normalRadii(mean: number, deviation: number, smallest = mean / 10): RadiusDistribution {
  checkPositive(smallest, "the smallest radius");
  checkSpread(deviation);
  if (!(smallest <= mean))
    throw new RangeError(
      `Describing radii: the smallest is ${smallest} m and the mean ${mean} m; cut off below the mean.`,
    );
  if (deviation === 0) return { quantile: () => mean };
  const below = normalCdf(smallest, mean, deviation);
  return { quantile: (u) => normalQuantile(below + u * (1 - 2 * below), mean, deviation) };
}

/** Radii as measured, in m, each as likely; between them no others are made up. */
export function empiricalRadii(measured: ArrayLike<number>): RadiusDistribution {
  if (measured.length === 0) throw new RangeError("Describing radii: the list of measured radii is empty.");
  const sorted = Float64Array.from(measured).sort();
  for (const radius of sorted) checkPositive(radius, "a measured radius");
  return { quantile: (u) => sorted[Math.min(sorted.length - 1, Math.floor(u * sorted.length))] };
}

/**
 * How radii are taken: `stratified` takes the quantiles (k + ½)/count, so that the sample has the distribution as exactly as
 * so many particles can; `drawn` takes independent draws.
 */
export type Sampling = "stratified" | "drawn";

/** `count` radii in m, in random order. */
export function takeRadii(
  distribution: RadiusDistribution,
  count: number,
  seed: number,
  sampling: Sampling = "stratified",
): Float64Array {
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`Taking radii: the number of particles is ${count}; allowed are whole numbers from 1.`);
  const random: Draws = draws(seed, "radii");
  const order = shuffled(count, random);
  return Float64Array.from(order, (k) =>
    distribution.quantile(sampling === "stratified" ? (k + 0.5) / count : random.uniform() || 5.551115123125783e-17),
  );
}

function checkPositive(value: number, what: string): void {
  if (!(value > 0 && value < Infinity))
    throw new RangeError(`Describing radii: ${what} is ${value} m; give a length above 0.`);
}

function checkSpread(value: number): void {
  if (!(value >= 0 && value < Infinity))
    throw new RangeError(`Describing radii: the standard deviation is ${value}; give a number from 0.`);
}
