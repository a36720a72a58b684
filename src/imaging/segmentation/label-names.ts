import type { Strides } from "../steps/steps.js";
import { slabsOf } from "../volume/slab.js";
import type { VoxelStore } from "../volume/store.js";
import type { Voxels } from "../volume/volume.js";

/** From here on two whole numbers may be one in 32 bits of floating point. */
const wholeFloats = 2 ** 24;

/**
 * The numbers of particles in a store, ascending, each once: as many entries as there are particles, however large the
 * numbers are. 0 and below are no particle.
 * @throws RangeError when a label is no whole number, is one that floating point may have rounded, or nothing is labelled
 */
export function* labelNames(data: VoxelStore, slab: number): Strides<Uint32Array> {
  let names: Uint32Array = new Uint32Array(0);
  let slices: Voxels | undefined;
  for (const { from, count } of slabsOf(data.shape, slab)) {
    slices = data.slices(from, count, slices);
    names = union(names, namesIn(slices));
    yield (from + count) / data.shape[0];
  }
  if (names.length === 0) throw new RangeError("Reading labels: found no particle; particles are numbered from 1 on.");
  return names;
}

/** Ascending, each once. */
function namesIn(data: Voxels): Uint32Array {
  if (data instanceof Float32Array) checkWhole(data);
  let changes = 0;
  for (let i = 0; i < data.length; i++) if (begins(data, i)) changes++;
  const found = new Uint32Array(changes);
  for (let i = 0, k = 0; i < data.length; i++) if (begins(data, i)) found[k++] = data[i] as number;
  return withoutRepeats(found.sort());
}

/** Whether another particle begins at a voxel than the one before it. */
function begins(data: Voxels, i: number): boolean {
  return (data[i] as number) > 0 && (i === 0 || data[i] !== data[i - 1]);
}

function checkWhole(data: Float32Array): void {
  for (const value of data) {
    if (!Number.isInteger(value)) throw new RangeError(`Reading labels: found ${value}; labels are whole numbers.`);
    if (value >= wholeFloats)
      throw new RangeError(
        `Reading labels: found ${value} in floating point, which cannot tell whole numbers from ${wholeFloats} on apart; save the labels as whole numbers of 32 bits.`,
      );
  }
}

function withoutRepeats(sorted: Uint32Array): Uint32Array {
  let count = 0;
  for (let k = 0; k < sorted.length; k++)
    if (k === 0 || sorted[k] !== sorted[k - 1]) sorted[count++] = sorted[k] as number;
  return sorted.slice(0, count);
}

function union(a: Uint32Array, b: Uint32Array): Uint32Array {
  if (a.length === 0) return b;
  const all = new Uint32Array(a.length + b.length);
  let [i, j, count] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i] ?? Infinity, b[j] ?? Infinity];
    all[count++] = Math.min(left, right);
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return all.slice(0, count);
}

/** Place of a name among all, from 1; 0 for what is none of them. */
export function placeOfName(names: Uint32Array, name: number): number {
  let [low, high] = [0, names.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = names[middle] as number;
    if (found === name) return middle + 1;
    if (found < name) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}
