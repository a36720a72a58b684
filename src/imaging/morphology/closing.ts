import { type Strides, within } from "../steps/steps.js";
import { slabsOf } from "../volume/slab.js";
import { maskOf } from "../volume/slab-mask.js";
import type { VoxelStore } from "../volume/store.js";
import type { Shape, VoxelSize } from "../volume/volume.js";
import { distanceMap } from "./distance.js";
import { type FieldWork, loops } from "./field-work.js";

/** Voxels within a radius of a mask, centre to centre. @param radius µm */
export function dilated(inside: Uint8Array, shape: Shape, voxelSize: VoxelSize, radius: number): Uint8Array {
  const distance = distanceMap(
    inside.map((value) => (value === 0 ? 1 : 0)),
    shape,
    voxelSize,
  );
  return thresholded(distance, (value) => value <= radius * slack);
}

/** Voxels of a mask farther than a radius from its outside. Beyond the faces of the picture nothing is outside. */
export function eroded(inside: Uint8Array, shape: Shape, voxelSize: VoxelSize, radius: number): Uint8Array {
  return thresholded(distanceMap(inside, shape, voxelSize), (value) => value > radius * slack);
}

/**
 * Dilated, then eroded: cracks and gaps narrower than twice the radius are filled. A mask in a store, changed in place.
 * @param distance room for a distance map
 * @param radius µm
 * @param slab voxels
 */
export function* closeStored(
  inside: VoxelStore<Uint8Array>,
  distance: VoxelStore<Float32Array>,
  voxelSize: VoxelSize,
  radius: number,
  slab: number,
  work: FieldWork = loops,
): Strides {
  const reach = radius * slack;
  yield* within(
    0,
    0.05,
    changed(inside, slab, (value) => (value === 0 ? 1 : 0)),
  );
  yield* within(0.05, 0.45, work.distance(inside, distance, voxelSize, slab));
  yield* within(
    0.45,
    0.5,
    maskOf(distance, inside, slab, (value) => (value <= reach ? 1 : 0)),
  );
  yield* within(0.5, 0.9, work.distance(inside, distance, voxelSize, slab));
  yield* within(
    0.9,
    1,
    maskOf(distance, inside, slab, (value) => (value > reach ? 1 : 0)),
  );
}

/** Another value for each voxel of a mask. */
function* changed(inside: VoxelStore<Uint8Array>, slab: number, to: (value: number) => number): Strides {
  let slices: Uint8Array | undefined;
  for (const { from, count } of slabsOf(inside.shape, slab)) {
    slices = inside.slices(from, count, slices);
    for (let i = 0; i < slices.length; i++) slices[i] = to(slices[i]);
    inside.putSlices(from, slices);
    yield (from + count) / inside.shape[0];
  }
}

/** Dilated, then eroded: cracks and gaps narrower than twice the radius are filled. @param radius µm */
export function closed(inside: Uint8Array, shape: Shape, voxelSize: VoxelSize, radius: number): Uint8Array {
  return eroded(dilated(inside, shape, voxelSize, radius), shape, voxelSize, radius);
}

/** A radius of whole voxels reaches the voxels that lie so far, whatever the last bit says. */
export const slack = 1 + 1e-6;

function thresholded(distance: Float32Array, holds: (value: number) => boolean): Uint8Array {
  const mask = new Uint8Array(distance.length);
  for (let i = 0; i < distance.length; i++) mask[i] = holds(distance[i]) ? 1 : 0;
  return mask;
}
