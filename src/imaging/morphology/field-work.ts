import { gaussian } from "../filter/gaussian.js";
import { type Strides, within } from "../steps/steps.js";
import { slabsOf } from "../volume/slab.js";
import type { VoxelStore } from "../volume/store.js";
import type { Shape, VoxelSize } from "../volume/volume.js";
import { storedDistance } from "./distance.js";

/** A way to compute distances of a mask in a store, and the smoothed ones: loops here, or kernels. */
export interface FieldWork {
  /** Exact distance to the outside, µm, into `result`. @param slab voxels at once */
  distance(
    inside: VoxelStore<Uint8Array>,
    result: VoxelStore<Float32Array>,
    voxelSize: VoxelSize,
    slab: number,
  ): Strides;
  /** The same, after a Gaussian. @param sigma its standard deviation, µm */
  smoothedDistance(
    inside: VoxelStore<Uint8Array>,
    result: VoxelStore<Float32Array>,
    voxelSize: VoxelSize,
    sigma: number,
    slab: number,
  ): Strides;
}

/** Loops in double precision on one thread. */
export const loops: FieldWork = {
  distance: (inside, result, voxelSize, slab) =>
    storedDistance(inside, result, voxelSize, slab, (squared) => Math.sqrt(squared) * voxelSize[2]),
  smoothedDistance: smoothedByLoops,
};

function* smoothedByLoops(
  inside: VoxelStore<Uint8Array>,
  result: VoxelStore<Float32Array>,
  [dz, dy, dx]: VoxelSize,
  sigma: number,
  slab: number,
): Strides {
  const { shape } = inside;
  const microns = (squared: number) => Math.sqrt(squared) * dx;
  const across = (columns: Float32Array, part: Shape) => gaussian(columns, part, [sigma / dz, 0, 0]);
  yield* within(0, 0.6, storedDistance(inside, result, [dz, dy, dx], slab, microns, across));
  let slices: Float32Array | undefined;
  for (const { from, count } of slabsOf(shape, slab)) {
    slices = result.slices(from, count, slices);
    gaussian(slices, [count, shape[1], shape[2]], [0, sigma / dy, sigma / dx]);
    result.putSlices(from, slices);
    yield 0.6 + (0.4 * (from + count)) / shape[0];
  }
}
