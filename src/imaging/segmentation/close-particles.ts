import { matter } from "../attribute/specimen.js";
import { closed } from "../morphology/closing.js";
import { fillHoles } from "../morphology/flood.js";
import type { Shape, VoxelSize } from "../volume/volume.js";
import type { Labels } from "./particles.js";

/** First and last voxel of each particle: `[particle][6]` as z0, y0, x0, z1, y1, x1. */
export function particleBoxes({ data, count }: Labels, [nz, ny, nx]: Shape): Int32Array {
  const boxes = new Int32Array(6 * (count + 1));
  for (let row = 0; row <= count; row++)
    boxes.fill(2 ** 31 - 1, 6 * row, 6 * row + 3).fill(-1, 6 * row + 3, 6 * row + 6);
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        if (data[i] === 0) continue;
        const at = 6 * data[i]!;
        boxes[at] = Math.min(boxes[at]!, z);
        boxes[at + 1] = Math.min(boxes[at + 1]!, y);
        boxes[at + 2] = Math.min(boxes[at + 2]!, x);
        boxes[at + 3] = Math.max(boxes[at + 3]!, z);
        boxes[at + 4] = Math.max(boxes[at + 4]!, y);
        boxes[at + 5] = Math.max(boxes[at + 5]!, x);
      }
    }
  }
  return boxes;
}

/**
 * Fits each particle to its own active material: the closing of that material by a ball, its holes filled. Gaps to the
 * neighbours that a common closing bridged are given back; cracks and voids inside stay. In place; voxels of other
 * particles are never taken.
 * @param radius µm
 */
export function closeParticles(
  labels: Labels,
  made: Uint8Array,
  shape: Shape,
  voxelSize: VoxelSize,
  radius: number,
): void {
  const boxes = particleBoxes(labels, shape);
  for (let label = 1; label <= labels.count; label++) {
    const box = grown(boxes.subarray(6 * label, 6 * label + 6), shape, voxelSize, radius);
    closeParticle(labels.data, made, shape, voxelSize, radius, label, box);
  }
}

interface Box {
  readonly from: Shape;
  readonly shape: Shape;
}

/** A box with room for the closing on every side that has some. */
function grown(box: Int32Array, shape: Shape, voxelSize: VoxelSize, radius: number): Box {
  const from: [number, number, number] = [0, 0, 0];
  const size: [number, number, number] = [1, 1, 1];
  for (let axis = 0; axis < 3; axis++) {
    const room = Math.ceil(radius / voxelSize[axis]!) + 2;
    from[axis] = Math.max(0, box[axis]! - room);
    size[axis] = Math.min(shape[axis]! - 1, box[axis + 3]! + room) - from[axis]! + 1;
  }
  return { from, shape: size };
}

function closeParticle(
  labels: Int32Array,
  made: Uint8Array,
  [, ny, nx]: Shape,
  voxelSize: VoxelSize,
  radius: number,
  label: number,
  box: Box,
): void {
  const [sz, sy, sx] = box.shape;
  const own = new Uint8Array(sz * sy * sx);
  const each = (visit: (inBox: number, i: number) => void) => {
    for (let z = 0, k = 0; z < sz; z++) {
      for (let y = 0; y < sy; y++) {
        const row = ((box.from[0] + z) * ny + box.from[1] + y) * nx + box.from[2];
        for (let x = 0; x < sx; x++, k++) visit(k, row + x);
      }
    }
  };
  each((k, i) => {
    if (labels[i] === label && made[i] === matter.active) own[k] = 1;
  });
  const filled = closed(own, box.shape, voxelSize, radius);
  fillHoles(filled, box.shape, Infinity);
  each((k, i) => {
    if (filled[k] === 1 && labels[i] === 0 && made[i] !== matter.active) labels[i] = label;
    else if (filled[k] === 0 && labels[i] === label) labels[i] = 0;
  });
}
