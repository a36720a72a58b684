import { type Shape, type VoxelType, voxelBytes, voxelCount } from "./volume/volume.js";

/** What finding and measuring particles takes at most, bytes. */
export interface MemoryNeed {
  readonly memory: number;
  /** Scratch files beside the results. */
  readonly disk: number;
}

/** The program, its libraries and what the collector has not fetched yet; the same with the page's figures. */
const [program, withFigures] = [190e6, 280e6];

/** Beside the picture: matter, mask, distance and particle of each voxel. */
const perVoxel = 1 + 1 + 4 + 4;

/** Copies of slabs, their smoothed labels and what a pass keeps. */
const perSlabVoxel = 32;

/** Basins, passes and particles: measured on a cathode of 22.7 million voxels with a basin in about 2,000. */
const tables = 0.4;

/** Slices beside a slab that a pass looks at: three on either side, and as much again for a slab of one slice. */
const besideSlab = 7;

/**
 * What a picture takes in memory as a whole, or in parts.
 * @param chunk edge of the parts in voxels; null for the whole
 */
export function memoryNeed(shape: Shape, type: VoxelType, chunk: number | null): MemoryNeed {
  const voxels = voxelCount(shape);
  const held = voxels * (voxelBytes[type] + perVoxel);
  if (chunk === null) return { memory: atLeastFigures(program + held + tables * voxels), disk: 0 };
  const plane = shape[1] * shape[2];
  const slab = Math.min(voxels, Math.max(chunk ** 3, plane) + besideSlab * plane);
  return { memory: atLeastFigures(program + perSlabVoxel * slab + tables * voxels), disk: held };
}

const atLeastFigures = (bytes: number): number => Math.max(bytes, withFigures);

/** The largest edge of parts with which a picture fits into memory; null when none does. */
export function fittingChunk(shape: Shape, type: VoxelType, limit: number): number | null {
  for (let chunk = 512; chunk >= 16; chunk -= 16) {
    if (memoryNeed(shape, type, chunk).memory <= limit) return chunk;
  }
  return null;
}
