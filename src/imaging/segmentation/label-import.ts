import { finished, type Strides, within } from "../steps/steps.js";
import { slabsOf, usualSlab } from "../volume/slab.js";
import { inMemory, memory, type Scratch, type VoxelStore } from "../volume/store.js";
import type { Voxels } from "../volume/volume.js";
import { labelNames, placeOfName } from "./label-names.js";
import type { Labels, StoredLabels } from "./particles.js";

/** Labels that were numbered by another program. */
export interface ImportedLabels extends StoredLabels {
  /** The number that particle k had in the file, at k − 1: ascending. */
  readonly names: Uint32Array;
}

/**
 * Labels of any program as particles 1 … n in ascending order of their numbers; 0 and below are no particle.
 * @throws RangeError when a label is no whole number, or nothing is labelled
 */
export function compactLabels(data: Voxels): Labels {
  const found = finished(compactStored(inMemory(data, [1, 1, data.length]), memory, usualSlab));
  return { data: found.data.whole!, count: found.count };
}

/** As `compactLabels`, of a store into another. @param slab voxels */
export function* compactStored(data: VoxelStore, scratch: Scratch, slab: number): Strides<ImportedLabels> {
  const names = yield* within(0, 0.5, labelNames(data, slab));
  const labels = scratch.store("i32", data.shape);
  let [slices, result]: [Voxels?, Int32Array?] = [];
  for (const { from, count } of slabsOf(data.shape, slab)) {
    slices = data.slices(from, count, slices);
    result = labels.slices(from, count, result);
    putPlaces(names, slices, result);
    labels.putSlices(from, result);
    yield 0.5 + (0.5 * (from + count)) / data.shape[0];
  }
  return { data: labels, count: names.length, names };
}

/** Place of each voxel's name, 0 where it has none. */
function putPlaces(names: Uint32Array, data: Voxels, places: Int32Array): void {
  const asTheyAre = names[names.length - 1] === names.length;
  let [last, place] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    if (value !== last) {
      last = value;
      place = value <= 0 ? 0 : asTheyAre ? value : placeOfName(names, value);
    }
    places[i] = place;
  }
}

/** Whether particles have other numbers in the file than here. */
export function renumbered({ names, count }: Pick<ImportedLabels, "names" | "count">): boolean {
  return names[count - 1] !== count;
}
