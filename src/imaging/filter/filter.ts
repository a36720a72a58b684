import { chunksOf, eachVoxelOf, grownBox } from "../volume/box.js";
import {
  type Shape,
  type Volume,
  type VoxelSize,
  type Voxels,
  voxelCount,
  voxelType,
  zeros,
} from "../volume/volume.js";

/** What a filter looks at. */
export type Grey = Pick<Volume, "data" | "shape" | "voxelSize">;

/** One way to change grey levels. */
export interface Filter {
  /** As a person writes it, with what it was given: `median`, `diffusion=10`. */
  readonly name: string;
  /** Looks at a whole picture once (its noise, its percentiles); what comes back runs on any part of it. */
  fitted(picture: Grey): FittedFilter;
}

/** A filter whose numbers are those of a picture. */
export interface FittedFilter {
  /** Voxels on either side along z, y, x that the value at a voxel depends on; beyond the picture nothing counts. */
  readonly reach: Shape;
  /** New grey levels of a part; levels of the outermost `reach` are wrong where the picture goes on. */
  apply(data: Voxels, shape: Shape): Voxels;
}

/**
 * Runs filters one after the other, each chunk by chunk with as much around it as its result depends on: the levels are
 * those of the whole picture, to the bit, whatever the chunks.
 * @param chunk voxels along z, y, x
 */
export function filtered({ data, shape, voxelSize }: Grey, filters: readonly Filter[], chunk: Shape = shape): Voxels {
  const whole = chunk.every((edge, axis) => edge >= shape[axis]);
  return filters.reduce<Voxels>((levels, filter) => {
    const fitted = filter.fitted({ data: levels, shape, voxelSize });
    return whole ? fitted.apply(levels, shape) : inChunks(levels, shape, fitted, chunk);
  }, data);
}

function inChunks(data: Voxels, shape: Shape, { reach, apply }: FittedFilter, chunk: Shape): Voxels {
  let result: Voxels | null = null;
  for (const core of chunksOf(shape, chunk)) {
    const region = grownBox(core, reach, shape);
    const part = zeros(voxelType(data), voxelCount(region.shape));
    eachVoxelOf(region, region, shape, (k, i) => {
      part[k] = data[i];
    });
    const made = apply(part, region.shape);
    const all: Voxels = result ?? zeros(voxelType(made), data.length);
    eachVoxelOf(core, region, shape, (k, i) => {
      all[i] = made[k];
    });
    result = all;
  }
  return result!;
}

/** Voxels that a number of steps from neighbour to neighbour reaches; none across a single slice. */
export function steps(count: number, shape: Shape): Shape {
  return shape.map((edge) => (edge === 1 ? 0 : count)) as unknown as Shape;
}

/** Grey levels as numbers of single precision that may be changed. */
export function levelsOf(data: Voxels): Float32Array {
  return Float32Array.from(data);
}

/** Voxels along an axis in a length. */
export function perAxis(length: number, shape: Shape, voxelSize: VoxelSize): [number, number, number] {
  return voxelSize.map((edge, axis) => (shape[axis] === 1 ? 0 : length / edge)) as [number, number, number];
}
