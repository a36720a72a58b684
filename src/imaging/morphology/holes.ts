import type { Strides } from "../steps/steps.js";
import { within } from "../steps/steps.js";
import { type Slab, slabsOf } from "../volume/slab.js";
import type { VoxelStore } from "../volume/store.js";
import type { Shape } from "../volume/volume.js";
import { floodSlab, type VoxelQueue, voxelQueue } from "./flood.js";
import { addPart, joinParts, type PartSets, partSets, rootOf } from "./part-sets.js";

/** What is done with a part of the outside that lies in one slab: its voxels, and its number where it goes on, else −1. */
type Visit = (queue: VoxelQueue, slices: Uint8Array, part: number) => void;

/**
 * Fills holes of a mask in a store that no way through faces leads out of, up to a size, a slab at a time.
 * @param inside 1 inside, 0 outside; changed in place
 * @param mostVoxels larger holes stay
 * @param slab voxels
 * @returns voxels filled
 */
export function* fillStoredHoles(inside: VoxelStore<Uint8Array>, mostVoxels: number, slab: number): Strides<number> {
  const sets = partSets();
  let filled = 0;
  const fill = (queue: VoxelQueue, slices: Uint8Array) => {
    for (let k = 0; k < queue.count; k++) slices[queue.items[k]] = 1;
    filled += queue.count;
  };
  const closed = (voxels: number, reaches: boolean) => !reaches && voxels <= mostVoxels;
  yield* within(
    0,
    0.5,
    outsideParts(inside, slab, sets, (queue, slices, part) => {
      if (part < 0 && closed(queue.count, queue.reaches)) fill(queue, slices);
    }),
  );
  yield* within(
    0.5,
    1,
    outsideParts(inside, slab, null, (queue, slices, part) => {
      const root = part < 0 ? -1 : rootOf(sets, part);
      if (root >= 0 && closed(sets.voxels[root], sets.reaches[root] === 1)) fill(queue, slices);
    }),
  );
  return filled;
}

/**
 * Visits the parts of the outside slab by slab. Those that touch a face of their slab behind which the picture goes on
 * are numbered, alike each time, and joined where they meet.
 * @param sets collects the numbered parts; null when they are known
 */
function* outsideParts(inside: VoxelStore<Uint8Array>, slab: number, sets: PartSets | null, visit: Visit): Strides {
  const { shape } = inside;
  const plane = shape[1] * shape[2];
  const queue = voxelQueue();
  let below = new Int32Array(0);
  let slices: Uint8Array | undefined;
  let parts = 0;
  for (const { from, count } of slabsOf(shape, slab)) {
    slices = inside.slices(from, count, slices);
    const ends = openEnds({ from, count }, shape);
    const top = new Int32Array(plane).fill(-1);
    for (let i = 0; i < slices.length; i++) {
      if (slices[i] !== 0) continue;
      floodSlab(slices, [count, shape[1], shape[2]], i, 2, queue, ends);
      const part = queue.goesOn ? parts++ : -1;
      if (part >= 0) meet(sets, queue, part, plane, slices.length, below, top);
      visit(queue, slices, part);
    }
    for (let i = 0; i < slices.length; i++) if (slices[i] === 2) slices[i] = 0;
    inside.putSlices(from, slices);
    below = top;
    yield (from + count) / shape[0];
  }
}

/** Which faces across z the picture goes on behind. */
function openEnds({ from, count }: Slab, [nz]: Shape) {
  return { low: from > 0, high: from + count < nz };
}

/** Notes a part at the top of its slab, and joins it with those below it. */
function meet(
  sets: PartSets | null,
  queue: VoxelQueue,
  part: number,
  plane: number,
  length: number,
  below: Int32Array,
  top: Int32Array,
): void {
  if (sets !== null) addPart(sets, queue.count, queue.reaches);
  for (let k = 0; k < queue.count; k++) {
    const i = queue.items[k];
    if (i >= length - plane) top[i - (length - plane)] = part;
    if (sets !== null && i < below.length && below[i] >= 0) joinParts(sets, part, below[i]);
  }
}
