import type { Strides } from "../steps/steps.js";
import { type Box, grownBox } from "../volume/box.js";
import { slabsOf } from "../volume/slab.js";
import type { VoxelStore } from "../volume/store.js";
import type { Shape } from "../volume/volume.js";

/**
 * First and last voxel of each particle: `[particle][6]` as z0, y0, x0, z1, y1, x1; the last are −1 where there is none.
 * @param slab voxels
 */
export function* particleBoxes(labels: VoxelStore<Int32Array>, count: number, slab: number): Strides<Int32Array> {
  const [nz, ny, nx] = labels.shape;
  const boxes = new Int32Array(6 * (count + 1));
  for (let row = 0; row <= count; row++)
    boxes.fill(2 ** 31 - 1, 6 * row, 6 * row + 3).fill(-1, 6 * row + 3, 6 * row + 6);
  let slices: Int32Array | undefined;
  for (const { from, count: some } of slabsOf(labels.shape, slab)) {
    slices = labels.slices(from, some, slices);
    for (let z = from, i = 0; z < from + some; z++) {
      for (let y = 0; y < ny; y++) {
        for (let x = 0; x < nx; x++, i++) if (slices[i] !== 0) stretchBox(boxes, 6 * slices[i], z, y, x);
      }
    }
    yield (from + some) / nz;
  }
  return boxes;
}

/** Makes a box reach a voxel. */
export function stretchBox(boxes: Int32Array, at: number, z: number, y: number, x: number): void {
  if (z < boxes[at]) boxes[at] = z;
  if (y < boxes[at + 1]) boxes[at + 1] = y;
  if (x < boxes[at + 2]) boxes[at + 2] = x;
  if (z > boxes[at + 3]) boxes[at + 3] = z;
  if (y > boxes[at + 4]) boxes[at + 4] = y;
  if (x > boxes[at + 5]) boxes[at + 5] = x;
}

/** The box of a particle with some voxels more on every side, cut at the picture. */
export function boxAbout(boxes: Int32Array, label: number, more: Shape, whole: Shape): Box {
  const from = [0, 1, 2].map((axis) => boxes[6 * label + axis]) as unknown as Shape;
  const shape = from.map((at, axis) => boxes[6 * label + 3 + axis] - at + 1) as unknown as Shape;
  return grownBox({ from, shape }, more, whole);
}
