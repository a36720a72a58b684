import type { Shape, VoxelSize } from "../volume/volume.js";
import { distanceMap } from "./distance.js";

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

/** Dilated, then eroded: cracks and gaps narrower than twice the radius are filled. @param radius µm */
export function closed(inside: Uint8Array, shape: Shape, voxelSize: VoxelSize, radius: number): Uint8Array {
  return eroded(dilated(inside, shape, voxelSize, radius), shape, voxelSize, radius);
}

/** Eroded, then dilated: necks and grains narrower than twice the radius go. @param radius µm */
export function opened(inside: Uint8Array, shape: Shape, voxelSize: VoxelSize, radius: number): Uint8Array {
  return dilated(eroded(inside, shape, voxelSize, radius), shape, voxelSize, radius);
}

/** A radius of whole voxels reaches the voxels that lie so far, whatever the last bit says. */
const slack = 1 + 1e-6;

function thresholded(distance: Float32Array, holds: (value: number) => boolean): Uint8Array {
  const mask = new Uint8Array(distance.length);
  for (let i = 0; i < distance.length; i++) mask[i] = holds(distance[i]!) ? 1 : 0;
  return mask;
}
