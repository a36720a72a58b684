import { mean } from "../../statistics/mean.js";
import { type Filter, filtered, type Grey } from "../filter/filter.js";
import { histogram } from "../filter/histogram.js";
import { medians } from "../filter/median.js";
import { above, kMeans } from "../filter/threshold.js";
import { type Shape, type Voxels, voxelCount, voxelType } from "../volume/volume.js";

/** How the probabilities of several views become one. */
export type Fusion = "mean" | "median";

/**
 * What a network wrote as numbers from 0 to 1: 8 and 16 bits are shares of their largest value.
 * @throws RangeError for whole numbers of 32 bits, and for values beyond 0 … 1
 */
export function asProbability(data: Voxels): Float32Array {
  if (data instanceof Int32Array || data instanceof Uint32Array)
    throw new RangeError(
      "Reading probabilities: found whole numbers of 32 bits; 8, 16 bits or floating point are due.",
    );
  const largest = { u8: 255, u16: 65_535, f32: 1, i32: 1, u32: 1 }[voxelType(data)];
  const probability = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i] / largest;
    if (!(value >= 0 && value <= 1))
      throw new RangeError(`Reading probabilities: found ${data[i]}; floating-point ones lie between 0 and 1.`);
    probability[i] = value;
  }
  return probability;
}

/**
 * One probability a voxel from those of several views, all in the order of the picture.
 * The mean counts each view alike; the median lets no single view decide.
 * @throws RangeError when there is no view
 */
export function fused(views: readonly Float32Array[], shape: Shape, by: Fusion): Float32Array {
  if (views.length === 0) throw new RangeError("Fusing probabilities: found no view; one or more are due.");
  const result = new Float32Array(voxelCount(shape));
  const around = new Float64Array(views.length);
  for (let i = 0; i < result.length; i++) {
    for (let k = 0; k < views.length; k++) around[k] = views[k][i];
    result[i] = by === "mean" ? mean(around) : median(around);
  }
  return result;
}

/** Sorts in place. */
function median(values: Float64Array): number {
  values.sort();
  const half = values.length >> 1;
  return values.length % 2 === 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/** How fused probabilities are told apart. */
export interface ClusterSettings {
  readonly filters: readonly Filter[];
  /** Of k-means. */
  readonly clusters: number;
}

/** Five clusters, the number of Li et al. (Science 376, 517, 2022). */
export const usualClusters: ClusterSettings = { filters: [medians(1)], clusters: 5 };

/**
 * Where particles are by fused probabilities: filtered, clustered, and of the clusters all but the lower half, rounded
 * down: of five all but two.
 * @param chunk voxels along z, y, x that are filtered at once; the whole when left out, with the same result
 * @returns 1 inside, and the probability at which it begins
 */
export function clusteredMask(
  probability: Grey,
  { filters, clusters }: ClusterSettings,
  chunk?: Shape,
): { inside: Uint8Array; level: number } {
  const smoothed = filtered(probability, filters, chunk);
  const level = kMeans(histogram(smoothed), clusters)[Math.floor(clusters / 2) - 1];
  return { inside: above(smoothed, level), level };
}
