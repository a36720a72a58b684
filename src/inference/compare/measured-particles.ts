import { draws, shuffled } from "../../draws/draws.js";
import { scaled } from "../../quantity/units.js";
import { columnOf, type ParticleTable } from "../../table/particle-table.js";
import { plainName } from "../learn/attribute.js";
import { columnNamed } from "../learn/preparation.js";

/** One column of a particle table with where the particles are, rows that miss something left out. */
export interface MeasuredParticles {
  readonly name: string;
  /** Rows of the table that are used. */
  readonly rows: Int32Array;
  /** The column compared, e.g. damage. [row used] */
  readonly value: Float64Array;
  /** Coordinates by axis (x, y, z as far as they are there and vary), in `unit`; empty when there are fewer than two. */
  readonly axes: readonly Float64Array[];
  readonly axisNames: readonly string[];
  /** Mean diameter in `unit`; null when the table has no size. */
  readonly meanDiameter: number | null;
  /** `um`, or `px` where the table knows no scale. */
  readonly unit: string;
  /** Share of the particles that the edge of the image cuts; null when the table does not say. */
  readonly edgeShare: number | null;
  readonly notes: readonly string[];
}

export interface ParticleSettings {
  readonly column: string;
  /** What the column's numbers are multiplied by, for the unit of the other tables; 1 where nothing is said. */
  readonly factor?: number;
  readonly keepEdge: boolean;
  /** µm of a pixel, for tables in pixels; null leaves them so. */
  readonly pixel: number | null;
  /** Of more rows than these some are drawn, and their places left out: neighbours would be missing. */
  readonly mostRows: number;
}

/** Size columns by their plain names, each with what makes a diameter of it. */
const sizes: readonly (readonly [RegExp, number])[] = [
  [/^(particleradius|req|radius)$/, 2],
  [/^(eqdiam|diameter|eqdiameter|particlediameter)$/, 1],
];

/**
 * Takes from a particle table what a comparison needs.
 * @throws RangeError when the column is not there or fewer than three particles have it.
 */
export function measuredParticles(name: string, table: ParticleTable, settings: ParticleSettings): MeasuredParticles {
  const value = columnOf(table, columnNamed(table, settings.column));
  const found = ["x", "y", "z"].flatMap((axis) =>
    table.names.filter((column) => plainName(column) === axis || plainName(column) === `c${axis}`).slice(0, 1),
  );
  const edge = table.columns.get(columnNamed(table, "Touches edge", ""));
  const notes: string[] = [];
  let rows: Int32Array = Int32Array.from({ length: table.rows }, (_, row) => row);
  const keep = (reason: string, test: (row: number) => boolean) => {
    const kept = rows.filter(test);
    if (kept.length < rows.length) notes.push(`${rows.length - kept.length} particles left out: ${reason}.`);
    rows = kept;
  };
  if (!settings.keepEdge && edge) keep("the edge of the image cuts them", (row) => !(edge[row] > 0));
  keep(`${settings.column} is missing`, (row) => Number.isFinite(value[row]));
  keep("their place is missing", (row) => found.every((column) => Number.isFinite(columnOf(table, column)[row])));
  if (rows.length < 3)
    throw new RangeError(
      `Comparing particle tables: ${rows.length} of ${table.rows} particles have ${settings.column}; at least three are needed.`,
    );
  const many = rows.length > settings.mostRows;
  if (many) {
    notes.push(`${settings.mostRows} of ${rows.length} particles drawn at random; places are not compared.`);
    rows = someOf(rows, settings.mostRows);
  }
  const unit = unitOf(found[0]);
  const scale = unit === "px" && settings.pixel !== null ? settings.pixel : 1;
  const chosen = (column: string) => Float64Array.from(rows, (row) => columnOf(table, column)[row]);
  const varying = many ? [] : found.filter((column) => new Set(chosen(column)).size > 1);
  return {
    name,
    rows,
    value: Float64Array.from(rows, (row) => scaled(value[row], settings.factor ?? 1)),
    axes: varying.length < 2 ? [] : varying.map((column) => chosen(column).map((x) => x * scale)),
    axisNames: varying.length < 2 ? [] : varying,
    meanDiameter: meanDiameter(table, rows, scale),
    unit: unit === "px" && settings.pixel !== null ? "um" : unit,
    edgeShare: edge ? edge.reduce((sum, cut) => sum + (cut > 0 ? 1 : 0), 0) / table.rows : null,
    notes,
  };
}

/** `count` of the rows at random, in their order. */
function someOf(rows: Int32Array, count: number): Int32Array {
  return shuffled(rows.length, draws(0, "rows"))
    .slice(0, count)
    .map((k) => rows[k])
    .sort();
}

function meanDiameter(table: ParticleTable, rows: Int32Array, scale: number): number | null {
  for (const [names, factor] of sizes) {
    const column = table.names.find((name) => names.test(plainName(name)));
    if (column === undefined) continue;
    const values = Array.from(rows, (row) => columnOf(table, column)[row]).filter(Number.isFinite);
    if (values.length > 0) return (factor * scale * values.reduce((sum, value) => sum + value, 0)) / values.length;
  }
  return null;
}

/** `x [um]` and `x_um` → `um`. */
function unitOf(column: string | undefined): string {
  return /\[(.+)\]/.exec(column ?? "")?.[1] ?? /_(um|px|nm)$/.exec(column ?? "")?.[1] ?? "px";
}
