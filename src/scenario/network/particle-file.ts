import type { Packing } from "../../network/packing/packing.js";
import { type ParticleTable, readParticleTable } from "../../network/particle-table.js";
import { readText } from "../document.js";
import { besides, note, type Reading, readAt } from "../reading.js";

/** Bytes; larger tables are refused. */
const largestTable = 100_000_000;

/** Particles of a table that a file names. */
export interface TabledParticles {
  readonly table: ParticleTable;
  /** m, [particle] */
  readonly radius: Float64Array;
}

/** Reads a particle table with radii; what is wrong is noted at `path`. */
export function readParticles(
  written: string,
  path: readonly PropertyKey[],
  reading: Reading,
): TabledParticles | undefined {
  const file = besides(reading, path, written);
  const table = readAt(reading, path, () => {
    const text = readText(file, largestTable);
    reading.files.push(file);
    return text;
  });
  if (table === undefined) return undefined;
  try {
    const read = readParticleTable(table);
    const radius = lengths(read, "Particle radius [um]", file, path, reading);
    const wrong = radius?.findIndex((r) => !(r > 0)) ?? -1;
    if (wrong >= 0)
      note(reading, path, { found: `row ${wrong + 2} of ${file} without a radius`, allowed: "radii above 0 um" });
    return radius && wrong < 0 && radius.length > 0 ? { table: read, radius } : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    note(reading, path, { found: `${file}, which is no particle table`, allowed: error.message });
    return undefined;
  }
}

/**
 * The packing of a particle table, moved so that the box is as tight as the particles allow, with walls: nobody knows what
 * lay beyond. Without a column of z, or with one that is the same throughout, it is one of disks.
 */
export function tabledPacking(
  { table, radius }: TabledParticles,
  path: readonly PropertyKey[],
  reading: Reading,
): Packing | undefined {
  const flat = new Set(table.columns.get("z [um]") ?? []).size < 2;
  const dimension = flat ? 2 : 3;
  const box: [number, number, number] = [0, 0, 0];
  const centre = new Float64Array(3 * radius.length);
  for (let axis = 0; axis < dimension; axis++) {
    const at = lengths(table, `${"xyz"[axis]} [um]`, "the table", path, reading);
    if (!at) return undefined;
    const wrong = at.findIndex((x) => !Number.isFinite(x));
    if (wrong >= 0) {
      note(reading, path, { found: `row ${wrong + 2} of the table without a place`, allowed: "x, y and z in um" });
      return undefined;
    }
    let [low, high] = [Infinity, -Infinity];
    at.forEach((x, i) => {
      low = Math.min(low, x - radius[i]!);
      high = Math.max(high, x + radius[i]!);
    });
    at.forEach((x, i) => {
      centre[3 * i + axis] = x - low;
    });
    box[axis] = high - low;
  }
  return { dimension, box, periodic: false, centre, radius };
}

/** A column in µm as metres; noted where it is missing. */
function lengths(
  table: ParticleTable,
  column: string,
  file: string,
  path: readonly PropertyKey[],
  reading: Reading,
): Float64Array | undefined {
  const values = table.columns.get(column);
  if (!values) {
    const allowed = `a table with the column ${column}; there are: ${table.names.join(", ")}. Foreign tables: synchrode network`;
    note(reading, path, { found: file, allowed });
  }
  return values?.map((value) => value * 1e-6);
}
