import { finished, type Strides } from "../steps/steps.js";
import { crossingAreas } from "../surface/crofton.js";
import { directions } from "../surface/directions.js";
import { roundBodyFor } from "../surface/round-body.js";
import { slabsOf, usualSlab } from "../volume/slab.js";
import { inMemory, type VoxelStore } from "../volume/store.js";
import { type StoredPicture, storedVolume } from "../volume/stored-picture.js";
import { type Shape, type Volume, type Voxels, voxelCount } from "../volume/volume.js";

/** Voxels of one value. */
export interface PhaseShare {
  readonly value: number;
  readonly voxels: number;
  readonly fraction: number;
}

/** The surface between two values. */
export interface PhaseInterface {
  readonly phases: readonly [number, number];
  /** Pairs of voxels that share a face. */
  readonly faces: number;
  /** µm², by crossings along 13 directions. */
  readonly area: number;
}

/** More values than this are grey levels, not phases. */
export const mostPhases = 16;

/** The values of a picture in ascending order, or null when it has more than `mostPhases`. */
export function phaseValues(data: Voxels): number[] | null {
  const found = new Set<number>();
  addPhases(found, data);
  return found.size > mostPhases ? null : [...found].sort((a, b) => a - b);
}

/** Adds the values of voxels, until there are too many. */
export function addPhases(found: Set<number>, data: Voxels): void {
  let last = Number.NaN;
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value === last) continue;
    last = value;
    found.add(value);
    if (found.size > mostPhases) return;
  }
}

/** How often each value occurs. */
export function phaseShares(data: Voxels, values: readonly number[]): readonly PhaseShare[] {
  return finished(storedShares(inMemory(data, [1, 1, data.length]), values, data.length));
}

/** As `phaseShares`, of a picture in a store. @param slab voxels */
export function* storedShares(
  data: VoxelStore,
  values: readonly number[],
  slab: number,
): Strides<readonly PhaseShare[]> {
  const place = new Map(values.map((value, k) => [value, k]));
  const voxels = new Float64Array(values.length);
  let slices: Voxels | undefined;
  for (const { from, count } of slabsOf(data.shape, slab)) {
    slices = data.slices(from, count, slices);
    for (let i = 0; i < slices.length; i++) voxels[place.get(slices[i])!] += 1;
    yield (from + count) / data.shape[0];
  }
  const all = voxelCount(data.shape);
  return values.map((value, k) => ({ value, voxels: voxels[k], fraction: voxels[k] / all }));
}

/** Every pair of values that share a face, ascending. */
export function phaseInterfaces(volume: Volume, values: readonly number[]): readonly PhaseInterface[] {
  return finished(storedInterfaces(storedVolume(volume), values, usualSlab));
}

/** As `phaseInterfaces`, of a picture in a store. @param slab voxels */
export function* storedInterfaces(
  { data, shape, voxelSize }: StoredPicture,
  values: readonly number[],
  slab: number,
): Strides<readonly PhaseInterface[]> {
  const { length } = values;
  const counts = new Float64Array(13 * length * length);
  let slices: Voxels | undefined;
  for (const { from, count } of slabsOf(shape, slab)) {
    const seen = Math.min(count + 1, shape[0] - from);
    slices = data.slices(from, seen, slices);
    addCrossings(counts, slices, [seen, shape[1], shape[2]], count, values);
    yield (from + count) / shape[0];
  }
  const areas = crossingAreas(roundBodyFor(shape, voxelSize), voxelSize);
  const found: PhaseInterface[] = [];
  for (let a = 0; a < length; a++) {
    for (let b = a + 1; b < length; b++) {
      const count = (way: number) => counts[(way * length + a) * length + b] + counts[(way * length + b) * length + a];
      const faces = count(0) + count(1) + count(2);
      const area = directions.reduce((sum, _, way) => sum + count(way) * areas[way], 0);
      if (faces > 0) found.push({ phases: [values[a], values[b]], faces, area });
    }
  }
  return found;
}

/**
 * Ordered pairs of unlike neighbours along the 13 directions (the first three through faces), from the first `own`
 * slices on: `[way][value][value]`.
 */
function addCrossings(
  counts: Float64Array,
  data: Voxels,
  [nz, ny, nx]: Shape,
  own: number,
  values: readonly number[],
): void {
  const { length } = values;
  const place = new Map(values.map((value, k) => [value, k]));
  for (const [way, [dz, dy, dx]] of directions.entries()) {
    const step = (dz * ny + dy) * nx + dx;
    for (let z = 0; z < Math.min(own, nz - dz); z++) {
      for (let y = Math.max(0, -dy); y < ny - Math.max(0, dy); y++) {
        const row = (z * ny + y) * nx;
        for (let i = row + Math.max(0, -dx); i < row + nx - Math.max(0, dx); i++) {
          const a = data[i];
          const b = data[i + step];
          if (a !== b) counts[(way * length + place.get(a)!) * length + place.get(b)!] += 1;
        }
      }
    }
  }
}
