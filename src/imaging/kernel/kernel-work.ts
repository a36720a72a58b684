import { gaussian, gaussianWeights } from "../filter/gaussian.js";
import type { FieldWork } from "../morphology/field-work.js";
import { type Strides, within } from "../steps/steps.js";
import { columnsOf, slabsOf } from "../volume/slab.js";
import type { VoxelStore } from "../volume/store.js";
import type { Shape, VoxelSize } from "../volume/volume.js";
import type { LineKernels } from "./line-kernels.js";

/** Stands for no outside on a line; far above every squared distance in voxels. */
const none = 1e30;

/** Distances and Gaussians by kernels, in single precision; for equal edges distances are those of the loops. */
export function kernelWork(kernels: LineKernels): FieldWork {
  return {
    distance: (inside, result, voxelSize, slab) => distances(kernels, inside, result, voxelSize, 0, slab),
    smoothedDistance: (inside, result, voxelSize, sigma, slab) =>
      distances(kernels, inside, result, voxelSize, sigma, slab),
  };
}

function* distances(
  kernels: LineKernels,
  inside: VoxelStore<Uint8Array>,
  result: VoxelStore<Float32Array>,
  voxelSize: VoxelSize,
  sigma: number,
  slab: number,
): Strides {
  yield* within(0, 0.4, inSlices(kernels, inside, result, voxelSize, slab));
  yield* within(0.4, 0.7, throughSlices(kernels, result, voxelSize, sigma, slab));
  if (sigma > 0) yield* within(0.7, 1, smoothedSlices(kernels, result, voxelSize, sigma, slab));
}

/** Squared distances within slices, in units of the voxel's width. */
function* inSlices(
  kernels: LineKernels,
  inside: VoxelStore<Uint8Array>,
  result: VoxelStore<Float32Array>,
  [, dy, dx]: VoxelSize,
  slab: number,
): Strides {
  const { shape } = inside;
  for (const { from, count } of slabsOf(shape, slab)) {
    const part: Shape = [count, shape[1], shape[2]];
    const squared = Float32Array.from(inside.slices(from, count), (value) => (value === 0 ? 0 : none));
    yield kernels.least(squared, part, 2, 1);
    if (shape[1] > 1) yield kernels.least(squared, part, 1, (dy / dx) ** 2);
    result.putSlices(from, squared);
    yield (from + count) / shape[0];
  }
}

/** Distances, and the part of the Gaussian along z. */
function* throughSlices(
  kernels: LineKernels,
  result: VoxelStore<Float32Array>,
  [dz, , dx]: VoxelSize,
  sigma: number,
  slab: number,
): Strides {
  const [nz, ny, nx] = result.shape;
  for (const { from, count } of columnsOf(result.shape, slab)) {
    const box = { from: [0, from, 0], shape: [nz, count, nx] } as const;
    const columns = result.box(box);
    if (nz > 1) yield kernels.least(columns, box.shape, 0, (dz / dx) ** 2);
    for (let i = 0; i < columns.length; i++) columns[i] = columns[i] >= none ? Infinity : Math.sqrt(columns[i]) * dx;
    yield* smoothed(kernels, columns, box.shape, 0, sigma / dz);
    result.putBox(box, columns);
    yield (from + count) / ny;
  }
}

function* smoothedSlices(
  kernels: LineKernels,
  result: VoxelStore<Float32Array>,
  [, dy, dx]: VoxelSize,
  sigma: number,
  slab: number,
): Strides {
  const { shape } = result;
  for (const { from, count } of slabsOf(shape, slab)) {
    const part: Shape = [count, shape[1], shape[2]];
    const slices = result.slices(from, count).slice();
    yield* smoothed(kernels, slices, part, 2, sigma / dx);
    yield* smoothed(kernels, slices, part, 1, sigma / dy);
    result.putSlices(from, slices);
    yield (from + count) / shape[0];
  }
}

/** A Gaussian of `sigma` voxels along an axis; lines shorter than it reaches are mirrored more than once: left to loops. */
function* smoothed(kernels: LineKernels, data: Float32Array, shape: Shape, axis: 0 | 1 | 2, sigma: number): Strides {
  if (sigma === 0 || shape[axis] === 1) return;
  const weight = Float32Array.from(gaussianWeights(sigma));
  if (weight.length > shape[axis]) {
    const sigmas = [0, 1, 2].map((each) => (each === axis ? sigma : 0)) as [number, number, number];
    gaussian(data, shape, sigmas);
    return;
  }
  yield kernels.weighted(data, shape, axis, weight);
}
