import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { crossing } from "../src/fem/time/root.js";
import type { Verdict } from "./validation-case.js";

/** A number measured once a seed: its mean and the 95 % interval of that mean (Student's t). */
export interface OverSeeds {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly seeds: number;
}

/** Seeds in which the number is not there (NaN) are left out, and lower `seeds`. */
export function overSeeds(values: readonly number[]): OverSeeds {
  const met = values.filter((value) => !Number.isNaN(value));
  const n = met.length;
  const mean = met.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { mean, low: Number.NaN, high: Number.NaN, seeds: n };
  const deviation = Math.sqrt(met.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const excess = (t: number): number => tCdf(t, n - 1) - 0.975;
  const t = crossing(excess, { a: 0, fa: excess(0), b: 100, fb: excess(100) }, 1e-9);
  const half = (t * deviation) / Math.sqrt(n);
  return { mean, low: mean - half, high: mean + half, seeds: n };
}

/** Holds when the whole interval lies in the band. */
export function within(name: string, values: readonly number[], from: number, to: number): Verdict {
  const { mean, low, high, seeds } = overSeeds(values);
  const digits = (value: number): string => value.toPrecision(3);
  return {
    name,
    value: `${digits(mean)} [${digits(low)}, ${digits(high)}], ${seeds} seeds`,
    band:
      to === Number.POSITIVE_INFINITY ? `≥ ${from}` : from === Number.NEGATIVE_INFINITY ? `≤ ${to}` : `${from} … ${to}`,
    holds: low >= from && high <= to,
  };
}
