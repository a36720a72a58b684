import tCdf from "@stdlib/stats-base-dists-t-cdf";
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
    const inside = [...value].filter((_, row) => Math.min(count - 1, Math.floor((depth[row]! - least) / width)) === k);
    const mean = (rows: readonly number[]) => rows.reduce((sum, row) => sum + inside[row]!, 0) / rows.length;
    const [{ low, high }] = bootstrapIntervals([singleRows(inside.length)], (rows) => [mean(rows!)], 400, seed) as [
      Interval,
    ];
    return {
      from: k * width,
      to: (k + 1) * width,
      count: inside.length,
      mean: mean(inside.map((_, row) => row)),
      low,
      high,
    };
  }).filter((slice) => slice.count > 0);
  return { slope, slopeError, rho: r, p, slices };
}

/** Whether two slopes differ: Welch's t of their difference. */
export function interaction(a: DepthTrend, b: DepthTrend, rows: readonly [number, number]) {
  const [va, vb] = [a.slopeError ** 2, b.slopeError ** 2];
  const t = (a.slope - b.slope) / Math.sqrt(va + vb);
  const freedom = (va + vb) ** 2 / (va ** 2 / (rows[0] - 2) + vb ** 2 / (rows[1] - 2));
  const half = 1.96 * Math.sqrt(va + vb);
  return {
    difference: a.slope - b.slope,
    t,
    p: Number.isFinite(t) ? 2 * tCdf(-Math.abs(t), freedom) : Number.NaN,
    interval: [a.slope - b.slope - half, a.slope - b.slope + half] as const,
  };
}

function line(x: Float64Array, y: Float64Array): { readonly slope: number; readonly slopeError: number } {
  const n = x.length;
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / n;
  const [mx, my] = [mean(x), mean(y)];
  let [xx, xy, yy] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    xx += (x[k]! - mx) ** 2;
    xy += (x[k]! - mx) * (y[k]! - my);
    yy += (y[k]! - my) ** 2;
  }
  const slope = xy / xx;
  return { slope, slopeError: Math.sqrt(Math.max(0, yy - slope * xy) / (n - 2) / xx) };
}
