import type { Shape } from "../volume/volume.js";
import { type Filter, levelsOf, perAxis } from "./filter.js";
import { alongAxis, type LineTransform } from "./lines.js";

/** Voxels on either side that a Gaussian of `sigma` voxels reaches: four standard deviations. */
function gaussianReach(sigma: number): number {
  return Math.floor(4 * sigma + 0.5);
}

/** Gaussian filter of a standard deviation, µm. */
export function blur(sigma: number): Filter {
  return {
    name: `gaussian=${sigma} um`,
    fitted: ({ shape, voxelSize }) => {
      const voxels = perAxis(sigma, shape, voxelSize);
      if (voxels.some((deviation, axis) => shape[axis] > 1 && deviation > shape[axis]))
        throw new RangeError(`Filtering: gaussian=${sigma} µm is wider than the picture; give a shorter length.`);
      return {
        reach: voxels.map(gaussianReach) as unknown as Shape,
        apply: (part, partShape) => {
          const levels = levelsOf(part);
          gaussian(levels, partShape, voxels);
          return levels;
        },
      };
    },
  };
}

/**
 * Gaussian filter in place, the picture mirrored at its faces (the first voxel comes twice).
 * @param data `[z][y][x]`
 * @param sigma voxels along z, y, x; 0 leaves an axis alone
 */
export function gaussian(data: Float32Array, shape: Shape, sigma: readonly [number, number, number]): void {
  for (const axis of [2, 1, 0] as const) {
    if (sigma[axis] > 0 && shape[axis] > 1) alongAxis(data, shape, axis, smoothing(sigma[axis], shape[axis]));
  }
}

function smoothing(sigma: number, count: number): LineTransform {
  const reach = gaussianReach(sigma);
  const weight = gaussianWeights(sigma);
  const padded = new Float64Array(count + 2 * reach);
  return (from, to, start) => {
    for (let k = 0; k < count; k++) padded[reach + k] = from[start + k];
    for (let k = 0; k < reach; k++) {
      padded[k] = from[start + mirrored(k - reach, count)];
      padded[reach + count + k] = from[start + mirrored(count + k, count)];
    }
    for (let k = 0; k < count; k++) {
      const centre = k + reach;
      let sum = weight[0] * padded[centre];
      for (let d = 1; d <= reach; d++) sum += weight[d] * (padded[centre - d] + padded[centre + d]);
      to[start + k] = sum;
    }
  };
}

/** Weights at 0, 1, … voxels from the centre; both sides together sum to one. */
export function gaussianWeights(sigma: number): Float64Array {
  const weight = Float64Array.from({ length: gaussianReach(sigma) + 1 }, (_, d) => Math.exp(-0.5 * (d / sigma) ** 2));
  const sum = weight.reduce((total, w) => total + 2 * w, -weight[0]);
  return weight.map((w) => w / sum);
}

/** …, 1, 0 | 0, 1, …, n − 1 | n − 1, n − 2, … */
function mirrored(k: number, count: number): number {
  const period = 2 * count;
  const inside = ((k % period) + period) % period;
  return inside < count ? inside : period - 1 - inside;
}
