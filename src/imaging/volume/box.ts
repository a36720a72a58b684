import type { Shape } from "./volume.js";

/** A box of voxels of a picture: its first voxel and its shape, `[z, y, x]`. */
export interface Box {
  readonly from: Shape;
  readonly shape: Shape;
}

/**
 * Boxes that fill a picture without overlap, the last along each axis as large as what is left.
 * @throws RangeError when an edge of a chunk is no whole number above 0
 */
export function chunksOf(shape: Shape, chunk: Shape): Box[] {
  if (chunk.some((edge) => !Number.isInteger(edge) || edge < 1)) {
    throw new RangeError(`Cutting into chunks: edges of ${chunk.join(", ")}; whole numbers from 1 on are allowed.`);
  }
  const starts = (axis: number) =>
    Array.from({ length: Math.ceil(shape[axis] / chunk[axis]) }, (_, k) => k * chunk[axis]);
  const length = (axis: number, at: number) => Math.min(chunk[axis], shape[axis] - at);
  return starts(0).flatMap((z) =>
    starts(1).flatMap((y) =>
      starts(2).map((x) => ({ from: [z, y, x] as const, shape: [length(0, z), length(1, y), length(2, x)] as const })),
    ),
  );
}

/** A box grown by so many voxels along z, y, x on every side, cut off at the faces of the picture. */
export function grownBox({ from, shape }: Box, by: Shape, whole: Shape): Box {
  const low = from.map((at, axis) => Math.max(0, at - by[axis])) as unknown as Shape;
  const high = from.map((at, axis) => Math.min(whole[axis], at + shape[axis] + by[axis]));
  return { from: low, shape: low.map((at, axis) => high[axis] - at) as unknown as Shape };
}

/** Calls back for each voxel of an inner box with its index in an outer box (of which it is a part) and in the picture. */
export function eachVoxelOf(inner: Box, outer: Box, whole: Shape, visit: (inOuter: number, i: number) => void): void {
  const [, oy, ox] = outer.shape;
  for (let z = 0; z < inner.shape[0]; z++) {
    for (let y = 0; y < inner.shape[1]; y++) {
      const [pz, py, px] = [inner.from[0] + z, inner.from[1] + y, inner.from[2]];
      const from = ((pz - outer.from[0]) * oy + py - outer.from[1]) * ox + px - outer.from[2];
      const to = (pz * whole[1] + py) * whole[2] + px;
      for (let x = 0; x < inner.shape[2]; x++) visit(from + x, to + x);
    }
  }
}
