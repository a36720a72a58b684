import betaCdf from "@stdlib/stats-base-dists-beta-cdf";
import tCdf from "@stdlib/stats-base-dists-t-cdf";
import { mean } from "../../statistics/mean.js";
import { rankCorrelation } from "../learn/correlation.js";
import { bootstrapIntervals, type Interval, singleRows } from "./bootstrap.js";

/** How a value changes with depth in one table. */
export interface DepthTrend {
  /** Change of the value over one unit of depth, least squares, and its standard error. */
  readonly slope: number;
  readonly slopeError: number;
  /** Spearman's ρ with its two-sided p. */
  readonly rho: number;
  readonly p: number;
  /** Means of equal slices, 95 % by bootstrap. */
  readonly slices: readonly {
    readonly from: number;
    readonly to: number;
    readonly count: number;
    readonly mean: number;
    readonly low: number;
    readonly high: number;
  }[];
}

/** Slope, rank correlation and slices of `width`. Depth counts from the smallest coordinate. */
export function depthTrend(depth: Float64Array, value: Float64Array, width: number, seed: number): DepthTrend {
  const { slope, slopeError } = line(depth, value);
  const { r, p } = rankCorrelation(depth, value);
  const least = depth.reduce((a, b) => Math.min(a, b));
  const most = depth.reduce((a, b) => Math.max(a, b)) - least;
  const count = Math.max(1, Math.min(200, Math.ceil(most / width)));
  const slices = Array.from({ length: count }, (_, k) => {
    const inside = [...value].filter((_, row) => Math.min(count - 1, Math.floor((depth[row] - least) / width)) === k);
    const meanOf = (rows: readonly number[]) => mean(rows.map((row) => inside[row]));
    const [{ low, high }] = bootstrapIntervals([singleRows(inside.length)], (rows) => [meanOf(rows)], 400, seed) as [
      Interval,
    ];
    return {
      from: k * width,
      to: (k + 1) * width,
      count: inside.length,
      mean: mean(inside),
      low,
      high,
    };
  }).filter((slice) => slice.count > 0);
  return { slope, slopeError, rho: r, p, slices };
}

/** A difference of slopes beside its error. */
export interface Interaction {
  readonly difference: number;
  readonly t: number;
  readonly p: number;
  readonly interval: readonly [number, number];
}

/** Whether two slopes differ: Welch's t of their difference. */
export function interaction(a: DepthTrend, b: DepthTrend, rows: readonly [number, number]): Interaction {
  const [va, vb] = [a.slopeError ** 2, b.slopeError ** 2];
  const freedom = (va + vb) ** 2 / (va ** 2 / (rows[0] - 2) + vb ** 2 / (rows[1] - 2));
  return interactionOf(a.slope - b.slope, Math.sqrt(va + vb), freedom);
}

/**
 * Whether the slope changes over states of the same particles. A straight line through a particle's states, in their order,
 * goes from a value at the first to one at the last; the first less the last is fitted against depth. For two states this is the
 * difference of the values.
 */
export function interactionWithin(depth: Float64Array, states: readonly Float64Array[]): Interaction {
  const span = states.length - 1;
  const weight = states.map((_, k) => span / 2 - k);
  const norm = weight.reduce((sum, w) => sum + w * w, 0) / span;
  const change = depth.map((_, row) => states.reduce((sum, values, k) => sum + weight[k] * values[row], 0) / norm);
  const { slope, slopeError } = line(depth, change);
  return interactionOf(slope, slopeError, depth.length - 2);
}

/**
 * Whether several slopes differ: Welch's test (Biometrika 38, 330 (1951)) of slopes in place of means, whose errors may differ.
 * For two slopes F is the square of Welch's t.
 * @returns also the share of the slopes' scatter that their errors do not explain, 0 … 1.
 */
export function slopesApart(
  trends: readonly DepthTrend[],
  rows: readonly number[],
): { readonly f: number; readonly p: number; readonly share: number } {
  const weight = trends.map(({ slopeError }) => slopeError ** -2);
  const total = weight.reduce((sum, w) => sum + w, 0);
  const mean = trends.reduce((sum, { slope }, k) => sum + weight[k] * slope, 0) / total;
  const scatter = trends.reduce((sum, { slope }, k) => sum + weight[k] * (slope - mean) ** 2, 0);
  const freedom = trends.length - 1;
  const rest = weight.reduce((sum, w, k) => sum + (1 - w / total) ** 2 / (rows[k] - 2), 0);
  const states = trends.length;
  const f = scatter / freedom / (1 + (2 * (states - 2) * rest) / (states ** 2 - 1));
  const other = (states ** 2 - 1) / (3 * rest);
  const p = Number.isFinite(f)
    ? 1 - betaCdf((freedom * f) / (freedom * f + other), freedom / 2, other / 2)
    : Number.NaN;
  return { f, p, share: scatter > 0 ? Math.max(0, 1 - freedom / scatter) : 0 };
}

function interactionOf(difference: number, error: number, freedom: number): Interaction {
  const t = difference / error;
  const half = 1.96 * error;
  return {
    difference,
    t,
    p: Number.isFinite(t) ? 2 * tCdf(-Math.abs(t), freedom) : Number.NaN,
    interval: [difference - half, difference + half] as const,
  };
}

function line(x: Float64Array, y: Float64Array): { readonly slope: number; readonly slopeError: number } {
  const n = x.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xx, xy, yy] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    xx += (x[k] - mx) ** 2;
    xy += (x[k] - mx) * (y[k] - my);
    yy += (y[k] - my) ** 2;
  }
  const slope = xy / xx;
  return { slope, slopeError: Math.sqrt(Math.max(0, yy - slope * xy) / (n - 2) / xx) };
}
