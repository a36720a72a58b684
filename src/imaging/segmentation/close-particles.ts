import { matter } from "../attribute/specimen.js";
import { closed, dilated } from "../morphology/closing.js";
import { distanceMap } from "../morphology/distance.js";
import { fillHoles } from "../morphology/flood.js";
import { type Shape, type VoxelSize, voxelCount } from "../volume/volume.js";
import { bodyRadius, type Labels } from "./particles.js";

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

/** A box of voxels; parts of it may lie beyond the picture, where nothing is. */
interface Box {
  readonly from: Shape;
  readonly shape: Shape;
}

/** The box of a particle with room for a closing by a ball of the particle's own size. */
function grown(box: Int32Array, [nz]: Shape, voxelSize: VoxelSize, radius: number): Box {
  const from: [number, number, number] = [0, 0, 0];
  const size: [number, number, number] = [1, 1, 1];
  const largest = Math.max(...[0, 1, 2].map((axis) => (box[axis + 3]! - box[axis]! + 1) * voxelSize[axis]!));
  for (let axis = nz === 1 ? 1 : 0; axis < 3; axis++) {
    const room = Math.ceil(Math.max(radius, largest / 2) / voxelSize[axis]!) + 2;
    from[axis] = box[axis]! - room;
    size[axis] = box[axis + 3]! - box[axis]! + 1 + 2 * room;
  }
  return { from, shape: size };
}

/** Calls back for each voxel of a box that is inside the picture: its place in the box and in the picture. */
function eachInBox(
  { from, shape: [sz, sy, sx] }: Box,
  [nz, ny, nx]: Shape,
  visit: (k: number, i: number) => void,
): void {
  for (let z = Math.max(0, -from[0]); z < Math.min(sz, nz - from[0]); z++) {
    for (let y = Math.max(0, -from[1]); y < Math.min(sy, ny - from[1]); y++) {
      const [inBox, row] = [(z * sy + y) * sx, ((from[0] + z) * ny + from[1] + y) * nx + from[2]];
      for (let x = Math.max(0, -from[2]); x < Math.min(sx, nx - from[2]); x++) visit(inBox + x, row + x);
    }
  }
}

function closeParticle(
  labels: Int32Array,
  made: Uint8Array,
  shape: Shape,
  voxelSize: VoxelSize,
  radius: number,
  label: number,
  box: Box,
): void {
  const own = new Uint8Array(voxelCount(box.shape));
  eachInBox(box, shape, (k, i) => {
    if (labels[i] === label && made[i] === matter.active) own[k] = 1;
  });
  const filled = filledParticle(own, box.shape, voxelSize, radius);
  eachInBox(box, shape, (k, i) => {
    if (filled[k] === 1 && labels[i] === 0 && made[i] !== matter.active) labels[i] = label;
    else if (filled[k] === 0 && labels[i] === label) labels[i] = 0;
  });
}

/**
 * A particle with its cracks narrower than twice the radius, and its holes. A ball of that radius leaves the mouth of a
 * crack open where it meets the surface; there, and only there, the closing by a ball of the particle's own size counts.
 */
function filledParticle(own: Uint8Array, shape: Shape, voxelSize: VoxelSize, radius: number): Uint8Array {
  const filled = closed(own, shape, voxelSize, radius);
  fillHoles(filled, shape, Infinity);
  const voxels = own.reduce((sum, value) => sum + value, 0);
  const wide = closed(own, shape, voxelSize, Math.max(radius, bodyRadius(voxels, shape, voxelSize)));
  const depth = distanceMap(wide, shape, voxelSize);
  let deep = false;
  const seeds = new Uint8Array(own.length);
  for (let k = 0; k < own.length; k++) {
    if (filled[k] === 0 || own[k] === 1 || depth[k]! <= radius) continue;
    seeds[k] = 1;
    deep = true;
  }
  if (!deep) return filled;
  const mouths = dilated(seeds, shape, voxelSize, 2 * radius);
  return filled.map((value, k) => (value === 1 || (wide[k] === 1 && mouths[k] === 1) ? 1 : 0));
}
