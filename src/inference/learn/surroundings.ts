import { neighbourhood, surroundingsColumns } from "../../network/neighbours/attributes.js";
import { columnOf, type ParticleTable, particleTable } from "../../table/particle-table.js";
import { columnRole, plainName } from "./attribute.js";

/** A table, and a sentence about what was added to it. */
export interface WithSurroundings {
  readonly table: ParticleTable;
  readonly note: string | null;
}

/**
 * Adds what surrounds each particle — coordination, contact, packing, distances, spreads among the six nearest — to a
 * table that has places and radii in µm but no column about neighbours, as a simulation's has not. Particles count as balls.
 */
export function withSurroundings(table: ParticleTable): WithSurroundings {
  const unchanged = { table, note: null };
  if (table.rows < 8 || table.names.some((name) => columnRole(name).role === "local")) return unchanged;
  const axis = (letter: string) => table.names.find((name) => plainName(name) === letter && /\[um\]$/.test(name));
  const [x, y, z] = ["x", "y", "z"].map(axis);
  const radius = table.columns.get("Particle radius [um]");
  if (x === undefined || y === undefined || !radius) return unchanged;
  const axes = [x, y, z].flatMap((name) => (name === undefined ? [] : [columnOf(table, name)]));
  if (![...axes, radius].every((values) => values.every(Number.isFinite))) return unchanged;
  const varying = axes.filter((values) => values.some((value) => value !== values[0]));
  if (varying.length < 2) return unchanged;
  const { particle } = neighbourhood(ballsAt(varying, radius));
  const added = Object.entries(surroundingsColumns(particle)).filter(([, values]) => values.every(Number.isFinite));
  return {
    table: { ...table, ...particleTable({ ...Object.fromEntries(table.columns), ...Object.fromEntries(added) }) },
    note: `Computed from places and radii, particles as balls: ${added.map(([name]) => name).join(", ")}.`,
  };
}

/** Balls in the box about them, in m. */
function ballsAt(axes: readonly Float64Array[], radius: Float64Array) {
  const scale = 1e-6;
  const centre = new Float64Array(3 * radius.length);
  const box: [number, number, number] = [0, 0, 0];
  for (const [k, values] of axes.entries()) {
    const low = values.reduce((least, value, i) => Math.min(least, value - radius[i]), Number.POSITIVE_INFINITY);
    const high = values.reduce((most, value, i) => Math.max(most, value + radius[i]), Number.NEGATIVE_INFINITY);
    for (let i = 0; i < radius.length; i++) centre[3 * i + k] = scale * (values[i] - low);
    box[k] = scale * (high - low);
  }
  const dimension = axes.length === 3 ? (3 as const) : (2 as const);
  return { dimension, box, periodic: false, centre, radius: radius.map((r) => scale * r) };
}
