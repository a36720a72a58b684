import { finished, type Strides, within } from "../steps.js";
import { slabsOf, usualSlab } from "../volume/slab.js";
import { inMemory, memory, type Scratch, type VoxelStore } from "../volume/store.js";
import type { Voxels } from "../volume/volume.js";
import type { Labels, StoredLabels } from "./particles.js";

/**
 * Labels of any program as particles 1 … n in ascending order of their numbers; 0 and below are no particle.
 * @throws RangeError when a label is no whole number, or nothing is labelled
 */
export function compactLabels(data: Voxels): Labels {
  const found = finished(compactStored(inMemory(data, [1, 1, data.length]), memory, usualSlab));
  return { data: found.data.whole!, count: found.count };
}

/** As `compactLabels`, of a store into another. @param slab voxels */
export function* compactStored(data: VoxelStore, scratch: Scratch, slab: number): Strides<StoredLabels> {
  const names = yield* within(0, 0.5, labelNames(data, slab));
  const place = new Map(names.map((name, k) => [name, k + 1]));
  const labels = scratch.store("i32", data.shape);
  let [slices, result]: [Voxels?, Int32Array?] = [];
  for (const { from, count } of slabsOf(data.shape, slab)) {
    slices = data.slices(from, count, slices);
    result = labels.slices(from, count, result);
    for (let i = 0; i < slices.length; i++) result[i] = slices[i]! > 0 ? place.get(slices[i]!)! : 0;
    labels.putSlices(from, result);
    yield 0.5 + (0.5 * (from + count)) / data.shape[0];
  }
  return { data: labels, count: names.length };
}

/** The numbers of particles, ascending. */
function* labelNames(data: VoxelStore, slab: number): Strides<readonly number[]> {
  const found = new Set<number>();
  let slices: Voxels | undefined;
  for (const { from, count } of slabsOf(data.shape, slab)) {
    slices = data.slices(from, count, slices);
    addNames(found, slices);
    yield (from + count) / data.shape[0];
  }
  if (found.size === 0) throw new RangeError("Reading labels: found no particle; particles are numbered from 1 on.");
  return [...found].sort((a, b) => a - b);
}

function addNames(found: Set<number>, data: Voxels): void {
  let last = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value === last) continue;
    last = value;
    if (!Number.isInteger(value)) throw new RangeError(`Reading labels: found ${value}; labels are whole numbers.`);
    if (value > 0) found.add(value);
  }
}
