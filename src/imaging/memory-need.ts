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
const usualTables = 0.4;

/** Slices beside a slab that a pass looks at: three on either side, and as much again for a slab of one slice. */
const besideSlab = 7;

/**
 * What a particle takes in tables, most of it in objects that the engine's heap holds: counts, shapes, contacts, columns,
 * shells. Measured with a million labels of 8 voxels each, and of one voxel each.
 */
const [perParticle, perParticleInHeap] = [3200, 1800];

/** What the tables of so many particles take of the engine's heap, bytes. */
export function heapNeed(particles: number): number {
  return program + perParticleInHeap * particles;
}

/**
 * What a picture takes in memory as a whole, or in parts.
 * @param chunk edge of the parts in voxels; null for the whole
 * @param particles how many are measured, where that is known
 */
export function memoryNeed(shape: Shape, type: VoxelType, chunk: number | null, particles = 0): MemoryNeed {
  const voxels = voxelCount(shape);
  const held = voxels * (voxelBytes[type] + perVoxel);
  const tables = Math.max(usualTables * voxels, perParticle * particles);
  if (chunk === null) return { memory: atLeastFigures(program + held + tables), disk: 0 };
  const plane = shape[1] * shape[2];
  const slab = Math.min(voxels, Math.max(chunk ** 3, plane) + besideSlab * plane);
  return { memory: atLeastFigures(program + perSlabVoxel * slab + tables), disk: held };
}

const atLeastFigures = (bytes: number): number => Math.max(bytes, withFigures);

/** The largest edge of parts with which a picture, and the tables of its particles, fit into memory; null when none does. */
export function fittingChunk(shape: Shape, type: VoxelType, limit: number, particles = 0): number | null {
  for (let chunk = 512; chunk >= 16; chunk -= 16) {
    if (memoryNeed(shape, type, chunk, particles).memory <= limit) return chunk;
  }
  return null;
}
