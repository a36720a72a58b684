import { wholeParticles } from "../../network/whole-particles.js";
import type { Packing } from "../../space/packing.js";
import { columnOf, type ParticleTable, readParticleTable } from "../../table/particle-table.js";
import { namedFile } from "../named-file.js";
import { note, type Reading, readAt } from "../reading.js";

/** Bytes; larger tables are refused. */
const largestTable = 100_000_000;

/** Particles of a table that a file names: whole ones, with places and radii. What is wrong is noted at `path`. */
export function readParticles(
  written: string,
  path: readonly PropertyKey[],
  reading: Reading,
): ParticleTable | undefined {
  const file = namedFile(reading, path, written);
  if (file === undefined) return undefined;
  const bytes = readAt(reading, path, () => reading.source.bytes(file, largestTable, "a particle table"));
  if (bytes === undefined) return undefined;
  reading.files.push(file);
  try {
    return wholeParticles(readParticleTable(bytes)).table;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    note(reading, path, { found: `${file}, which is no table of particles`, allowed: error.message });
    return undefined;
  }
}

/** m, [particle] */
export function radiiOf(table: ParticleTable): Float64Array {
  return columnOf(table, "Particle radius [um]").map((r) => r * 1e-6);
}

/**
 * The packing of whole particles, moved so that the box is as tight as they allow, with walls: nobody knows what lay beyond.
 * Without a column of z, or with one that is the same throughout, it is one of disks.
 */
export function tabledPacking(table: ParticleTable): Packing {
  const radius = radiiOf(table);
  const dimension = new Set(table.columns.get("z [um]") ?? []).size < 2 ? 2 : 3;
  const box: [number, number, number] = [0, 0, 0];
  const centre = new Float64Array(3 * radius.length);
  for (let axis = 0; axis < dimension; axis++) {
    const at = columnOf(table, `${"xyz"[axis]} [um]`);
    let [low, high] = [Infinity, -Infinity];
    at.forEach((x, i) => {
      low = Math.min(low, x * 1e-6 - radius[i]);
      high = Math.max(high, x * 1e-6 + radius[i]);
    });
    at.forEach((x, i) => {
      centre[3 * i + axis] = x * 1e-6 - low;
    });
    box[axis] = high - low;
  }
  return { dimension, box, periodic: false, centre, radius };
}
