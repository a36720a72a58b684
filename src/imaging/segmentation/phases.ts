import { crossingAreas } from "../attribute/crofton.js";
import { directions } from "../attribute/directions.js";
import { roundBodyFor } from "../attribute/round-body.js";
import type { Shape, Volume, Voxels } from "../volume/volume.js";

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
    const value = data[i]!;
    if (value === last) continue;
    last = value;
    found.add(value);
    if (found.size > mostPhases) return;
  }
}

export function phaseShares(data: Voxels, values: readonly number[]): PhaseShare[] {
  const place = new Map(values.map((value, k) => [value, k]));
  const voxels = new Float64Array(values.length);
  for (let i = 0; i < data.length; i++) voxels[place.get(data[i]!)!]! += 1;
  return values.map((value, k) => ({ value, voxels: voxels[k]!, fraction: voxels[k]! / data.length }));
}

/** Every pair of values that share a face, ascending. */
export function phaseInterfaces({ data, shape, voxelSize }: Volume, values: readonly number[]): PhaseInterface[] {
  const counts = crossings(data, shape, values);
  const areas = crossingAreas(roundBodyFor(shape, voxelSize), voxelSize);
  const { length } = values;
  const found: PhaseInterface[] = [];
  for (let a = 0; a < length; a++) {
    for (let b = a + 1; b < length; b++) {
      const count = (way: number) =>
        counts[(way * length + a) * length + b]! + counts[(way * length + b) * length + a]!;
      const faces = count(0) + count(1) + count(2);
      const area = directions.reduce((sum, _, way) => sum + count(way) * areas[way]!, 0);
      if (faces > 0) found.push({ phases: [values[a]!, values[b]!], faces, area });
    }
  }
  return found;
}

/** Ordered pairs of unlike neighbours along the 13 directions (the first three through faces): `[way][value][value]`. */
function crossings(data: Voxels, [nz, ny, nx]: Shape, values: readonly number[]): Float64Array {
  const { length } = values;
  const place = new Map(values.map((value, k) => [value, k]));
  const counts = new Float64Array(13 * length * length);
  for (const [way, [dz, dy, dx]] of directions.entries()) {
    const step = (dz * ny + dy) * nx + dx;
    for (let z = 0; z < nz - dz; z++) {
      for (let y = Math.max(0, -dy); y < ny - Math.max(0, dy); y++) {
        const row = (z * ny + y) * nx;
        for (let i = row + Math.max(0, -dx); i < row + nx - Math.max(0, dx); i++) {
          const a = data[i]!;
          const b = data[i + step]!;
          if (a !== b) counts[(way * length + place.get(a)!) * length + place.get(b)!]! += 1;
        }
      }
    }
  }
  return counts;
}
