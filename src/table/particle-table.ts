import { csvRow, parseCsv } from "./csv-row.js";

/**
 * The particle table: one row a particle, simulated or measured. Columns are numbers, named in words with the unit in
 * brackets. A simulation writes the columns below; a measured table has those it can measure, and its own besides.
 */
export type ParticleColumn =
  | "Particle"
  | "x [um]"
  | "y [um]"
  | "z [um]"
  | "Particle radius [um]"
  | "Nominal coverage"
  | "Coverage"
  | "Damage"
  | "Largest damage"
  | "Mean stoichiometry"
  | "Charge passed [mAh/cm3]";

export interface ParticleTable {
  readonly rows: number;
  /** Column names in the order of the file. */
  readonly names: readonly string[];
  /** By name, one number a particle; NaN where the cell is empty or no number. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/** @throws RangeError when columns differ in length. */
export function particleTable(columns: Readonly<Record<string, ArrayLike<number>>>): ParticleTable {
  const names = Object.keys(columns);
  const rows = names.length === 0 ? 0 : columns[names[0]!]!.length;
  const map = new Map<string, Float64Array>();
  for (const name of names) {
    const values = columns[name]!;
    if (values.length !== rows) {
      throw new RangeError(`Making a particle table: column ${name} has ${values.length} rows; the first has ${rows}.`);
    }
    map.set(name, Float64Array.from(values));
  }
  return { rows, names, columns: map };
}

/** The table as CSV, every number in the shortest form that reads back to the same bits. */
export function writeParticleTable(table: ParticleTable): string {
  const columns = table.names.map((name) => columnOf(table, name));
  let text = csvRow(table.names);
  for (let row = 0; row < table.rows; row++) text += csvRow(columns.map((values) => values[row]!));
  return text;
}

/**
 * @throws SyntaxError when a row has another number of cells than the header, a name comes twice, or there is no header.
 */
export function readParticleTable(text: string): ParticleTable {
  const [header, ...rows] = parseCsv(text);
  if (!header) throw new SyntaxError("Reading a particle table: found no header; the first row names the columns.");
  if (new Set(header).size !== header.length) {
    throw new SyntaxError(`Reading a particle table: a column name comes twice in ${header.join(", ")}.`);
  }
  const columns = new Map(header.map((name) => [name, new Float64Array(rows.length)]));
  for (const [index, row] of rows.entries()) {
    if (row.length !== header.length) {
      throw new SyntaxError(
        `Reading a particle table: row ${index + 2} has ${row.length} cells; the header has ${header.length}.`,
      );
    }
    for (const [column, name] of header.entries()) columns.get(name)![index] = numberOf(row[column]!);
  }
  return { rows: rows.length, names: header, columns };
}

/** A column by name. @throws RangeError naming the columns there are. */
export function columnOf(table: ParticleTable, name: string): Float64Array {
  const values = table.columns.get(name);
  if (!values)
    throw new RangeError(`Reading a particle table: no column ${name}; there are: ${table.names.join(", ")}.`);
  return values;
}

function numberOf(text: string): number {
  const trimmed = text.trim();
  if (trimmed === "") return Number.NaN;
  if (/^true$/i.test(trimmed)) return 1;
  return /^false$/i.test(trimmed) ? 0 : Number(trimmed);
}
