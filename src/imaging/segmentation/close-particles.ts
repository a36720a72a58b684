import { particleBoxes } from "../label/particle-boxes.js";
import { matter } from "../matter/specimen.js";
import { closed, dilated, slack } from "../morphology/closing.js";
import { distanceMap } from "../morphology/distance.js";
import { fillHoles } from "../morphology/flood.js";
import { finished, type Strides, within } from "../steps/steps.js";
import { type Box, grownBox } from "../volume/box.js";
import { usualSlab } from "../volume/slab.js";
import { eachRow, inMemory, type VoxelStore } from "../volume/store.js";
import { type Shape, type VoxelSize, voxelCount } from "../volume/volume.js";
import { bodyRadius, type Labels, type StoredLabels } from "./particles.js";

/**
 * Fits each particle to its own active material: the closing of that material by a ball, its holes filled. Gaps to the
 * neighbours that a common closing bridged are given back; cracks and voids inside stay. In place; voxels of other
 * particles are never taken. A particle and its surroundings are in memory at a time.
 * @param radius µm
 * @param slab voxels
 */
export function* closeStoredParticles(
  labels: StoredLabels,
  made: VoxelStore<Uint8Array>,
  voxelSize: VoxelSize,
  radius: number,
  slab: number,
): Strides {
  const boxes = yield* within(0, 0.05, particleBoxes(labels.data, labels.count, slab));
  for (let label = 1; label <= labels.count; label++) {
    const own = boxes.subarray(6 * label, 6 * label + 6);
    if (own[3] >= 0)
      closeParticle(labels.data, made, voxelSize, radius, label, grown(own, made.shape, voxelSize, radius));
    if (label % 16 === 0) yield 0.05 + (0.95 * label) / labels.count;
  }
}

/** As `closeStoredParticles`, in memory. */
export function closeParticles(
  labels: Labels,
  made: Uint8Array,
  shape: Shape,
  voxelSize: VoxelSize,
  radius: number,
): void {
  const stored = { data: inMemory(labels.data, shape), count: labels.count };
  finished(closeStoredParticles(stored, inMemory(made, shape), voxelSize, radius, usualSlab));
}

/** The box of a particle with room for a closing by a ball of the particle's own size; it may go beyond the picture. */
function grown(box: Int32Array, [nz]: Shape, voxelSize: VoxelSize, radius: number): Box {
  const from: [number, number, number] = [0, 0, 0];
  const size: [number, number, number] = [1, 1, 1];
  const largest = Math.max(...[0, 1, 2].map((axis) => (box[axis + 3] - box[axis] + 1) * voxelSize[axis]));
  for (let axis = nz === 1 ? 1 : 0; axis < 3; axis++) {
    const room = Math.ceil(Math.max(radius, largest / 2) / voxelSize[axis]) + 2;
    from[axis] = box[axis] - room;
    size[axis] = box[axis + 3] - box[axis] + 1 + 2 * room;
  }
  return { from, shape: size };
}

function closeParticle(
  labels: VoxelStore<Int32Array>,
  made: VoxelStore<Uint8Array>,
  voxelSize: VoxelSize,
  radius: number,
  label: number,
  box: Box,
): void {
  const seen = grownBox(box, [0, 0, 0], made.shape);
  const [labelled, matters] = [labels.box(seen), made.box(seen)];
  const own = new Uint8Array(voxelCount(box.shape));
  const eachSeen = (visit: (k: number, i: number) => void) =>
    eachRow(
      { from: seen.from.map((at, axis) => at - box.from[axis]) as unknown as Shape, shape: seen.shape },
      box.shape,
      (i, k) => {
        for (let x = 0; x < seen.shape[2]; x++) visit(k + x, i + x);
      },
    );
  eachSeen((k, i) => {
    if (labelled[i] === label && matters[i] === matter.active) own[k] = 1;
  });
  const filled = filledParticle(own, box.shape, voxelSize, radius);
  eachSeen((k, i) => {
    if (filled[k] === 1 && labelled[i] === 0 && matters[i] !== matter.active) labelled[i] = label;
    else if (filled[k] === 0 && labelled[i] === label) labelled[i] = 0;
  });
  labels.putBox(seen, labelled);
}

/**
 * A particle with its cracks narrower than twice the radius, and its holes. A ball of that radius leaves the mouth of a
 * crack open where it meets the surface; there, and only there, the closing by a ball of the particle's own size counts.
 */
function filledParticle(own: Uint8Array, shape: Shape, voxelSize: VoxelSize, radius: number): Uint8Array {
  const filled = closed(own, shape, voxelSize, radius);
  fillHoles(filled, shape, Infinity);
  const voxels = own.reduce((sum, value) => sum + value, 0);
  const wideRadius = Math.max(radius, bodyRadius(voxels, shape, voxelSize));
  const room = distanceMap(dilated(own, shape, voxelSize, wideRadius), shape, voxelSize);
  const wide = Uint8Array.from(room, (far) => (far > wideRadius * slack ? 1 : 0));
  const depth = distanceMap(wide, shape, voxelSize);
  let deep = false;
  const seeds = new Uint8Array(own.length);
  for (let k = 0; k < own.length; k++) {
    if (filled[k] === 0 || own[k] === 1 || depth[k] <= radius) continue;
    seeds[k] = 1;
    deep = true;
  }
  if (!deep) return filled;
  const mouths = dilated(seeds, shape, voxelSize, 2 * radius);
  const solid = filled.map((value, k) => (value === 1 || (wide[k] === 1 && mouths[k] === 1) ? 1 : 0));
  const least = wideRadius - Math.min(...voxelSize) / 2;
  return withRims(solid, own, shape, (k) => mouths[k] === 1 && room[k] > least);
}

/**
 * A surface lies half a voxel beyond the centres of the outermost voxels, and a ball that rolls over the centres of both
 * lips of a crack sinks in by as much: voxels in that half that border the crack more than the lips belong to it.
 * @param near whether a voxel lies less than half a voxel beyond the closing, in the mouth of a crack
 */
function withRims(solid: Uint8Array, own: Uint8Array, [nz, ny, nx]: Shape, near: (k: number) => boolean): Uint8Array {
  const result = solid.slice();
  const steps = [
    [1, nx, 1],
    [nx, ny, nx],
    [nx * ny, nz, nx * ny],
  ] as const;
  for (let k = 0; k < solid.length; k++) {
    if (solid[k] === 1 || !near(k)) continue;
    let lead = 0;
    for (const [step, count, stride] of steps) {
      const at = Math.floor(k / stride) % count;
      if (at > 0 && solid[k - step] === 1) lead += own[k - step] === 1 ? -1 : 1;
      if (at < count - 1 && solid[k + step] === 1) lead += own[k + step] === 1 ? -1 : 1;
    }
    if (lead > 0) result[k] = 1;
  }
  return result;
}
