import { deviation, mean } from "../../statistics/mean.js";
import { bootstrapIntervals, singleRows } from "../compare/bootstrap.js";
import { rankCorrelation } from "../learn/correlation.js";

/** How an attribute goes with the size of particles, and how far it is spread at each size. */
export interface SizeRelation {
  /** Spearman's ρ of attribute and size, and of its distance from the mean of particles of like size and size. */
  readonly trend: { readonly rho: number; readonly p: number };
  readonly spreadTrend: { readonly rho: number; readonly p: number };
  /** As many particles in each as in the others. */
  readonly bins: readonly SizeBin[];
}

export interface SizeBin {
  /** µm */
  readonly from: number;
  readonly to: number;
  readonly particles: number;
  readonly mean: number;
  readonly meanInterval: readonly [number, number];
  readonly deviation: number;
  readonly deviationInterval: readonly [number, number];
}

/** Particles in a bin, and bins, at most. */
const [fewest, most] = [12, 8];

/** @returns null with fewer than two bins of particles */
export function sizeRelation(
  size: Float64Array,
  value: Float64Array,
  resamples: number,
  seed: number,
): SizeRelation | null {
  const rows = [...size.keys()].filter((k) => Number.isFinite(size[k]) && Number.isFinite(value[k]));
  rows.sort((a, b) => size[a] - size[b] || a - b);
  const count = Math.min(most, Math.floor(rows.length / fewest));
  if (count < 2) return null;
  const parts = Array.from({ length: count }, (_, k) =>
    rows.slice(Math.round((k * rows.length) / count), Math.round(((k + 1) * rows.length) / count)),
  );
  const off = parts.flatMap((part) => {
    const centre = mean(part.map((row) => value[row]));
    return part.map((row) => Math.abs(value[row] - centre));
  });
  const sorted = Float64Array.from(rows, (row) => size[row]);
  const trend = rankCorrelation(
    Float64Array.from(rows, (row) => value[row]),
    sorted,
  );
  const spread = rankCorrelation(Float64Array.from(off), sorted);
  return {
    trend: { rho: trend.r, p: trend.p },
    spreadTrend: { rho: spread.r, p: spread.p },
    bins: parts.map((part) => sizeBin(part, size, value, resamples, seed)),
  };
}

function sizeBin(
  rows: readonly number[],
  size: Float64Array,
  value: Float64Array,
  resamples: number,
  seed: number,
): SizeBin {
  const own = rows.map((row) => value[row]);
  const statistics = (places: readonly number[]) => {
    const drawn = places.map((place) => own[place]);
    return [mean(drawn), deviation(drawn)];
  };
  const [ofMean, ofDeviation] = bootstrapIntervals([singleRows(rows.length)], statistics, resamples, seed);
  return {
    from: size[rows[0]],
    to: size[rows[rows.length - 1]],
    particles: rows.length,
    mean: mean(own),
    meanInterval: [ofMean.low, ofMean.high],
    deviation: deviation(own),
    deviationInterval: [ofDeviation.low, ofDeviation.high],
  };
}
