import { scaled } from "../quantity/units.js";
import { cellNumber, decimalSign } from "./cell-number.js";
import { csvRow } from "./csv-row.js";
import { currentNames, damageMeaning, damageQuantity } from "./damage-name.js";
import { checkShares, usualColumn } from "./particle-units.js";
import { columnCells, columnNumbers, readSeparated, type SeparatedTable } from "./separated.js";
import { quoted, TableFault } from "./table-fault.js";

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
  | "Interface damage"
  | "Largest interface damage"
  | "Mean stoichiometry"
  | "Charge passed [mAh/cm3]";

export interface ParticleTable {
  readonly rows: number;
  /** Column names in the order of the file. */
  readonly names: readonly string[];
  /** By name, one number a particle; NaN where the cell is empty or no number. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Columns of the file that hold words, and are not among the others. */
  readonly words?: readonly string[];
  /** Sentences about how the file was read. */
  readonly notes?: readonly string[];
}

/**
 * Columns of doubles are taken as they are, others copied.
 * @throws RangeError when columns differ in length.
 */
export function particleTable(columns: Readonly<Record<string, ArrayLike<number>>>): ParticleTable {
  const names = Object.keys(columns);
  const rows = names.length === 0 ? 0 : columns[names[0]].length;
  const map = new Map<string, Float64Array>();
  for (const name of names) {
    const values = columns[name];
    if (values.length !== rows) {
      throw new RangeError(`Making a particle table: column ${name} has ${values.length} rows; the first has ${rows}.`);
    }
    map.set(name, values instanceof Float64Array ? values : Float64Array.from(values));
  }
  return { rows, names, columns: map };
}

/** The table as CSV, every number in the shortest form that reads back to the same bits. */
export function writeParticleTable(table: ParticleTable): string {
  return [...particleTableText(table)].join("");
}

/** The same in pieces: a table of a million particles is longer than a text can be. */
export function* particleTableText(table: ParticleTable): Generator<string> {
  const columns = table.names.map((name) => columnOf(table, name));
  let text = csvRow(table.names);
  for (let row = 0; row < table.rows; row++) {
    text += csvRow(columns.map((values) => values[row]));
    if (text.length < piece) continue;
    yield text;
    text = "";
  }
  yield text;
}

/** Characters of a table that are written at once. */
const piece = 1 << 20;

/**
 * Reads a particle table, lengths in µm, shares from 0 to 1 (those in % are converted), and the damage of older and published
 * tables under the name of what it is. A column that mostly holds words is left out and is not there to be asked for; one that mostly holds
 * numbers must hold nothing else.
 * @param source text, or the bytes of a file.
 * @throws TableFault with line, column and cell for what cannot be read.
 */
export function readParticleTable(source: string | Uint8Array): ParticleTable {
  const read = readSeparated(source);
  const words = read.names.filter((name) => holdsWords(read, name));
  const written = read.names.filter((name) => !words.includes(name));
  const usual = written.map(usualColumn);
  const current = currentNames(usual.map(({ name }) => name));
  const columns = new Map<string, Float64Array>();
  for (const [k, { name: as, factor }] of usual.entries()) {
    const name = current.get(as) ?? as;
    if (columns.has(name)) throw new TableFault(`two columns that are ${quoted(name)}`, "one column for each quantity");
    const values = columnNumbers(read, written[k]);
    columns.set(name, factor === 1 ? values : values.map((value) => scaled(value, factor)));
    checkShares(name, written[k], columns.get(name)!, read.line);
  }
  return { rows: read.rows, names: [...columns.keys()], columns, words, notes: [...current].map(aliasNote) };
}

function aliasNote([old, now]: readonly [string, string]): string {
  const quantity = damageQuantity(now);
  return `${old} is read as ${now}${quantity === undefined ? "" : `: ${damageMeaning[quantity]}`}.`;
}

/** Whether more cells of a column are words than numbers. */
function holdsWords(table: SeparatedTable, name: string): boolean {
  let [numbers, words] = [0, 0];
  for (const cell of columnCells(table, name)) {
    const value = cellNumber(cell, ".") ?? (decimalSign(cell) === undefined ? undefined : 0);
    if (value === undefined) words++;
    else if (!Number.isNaN(value)) numbers++;
  }
  return words > numbers;
}

/** A column by name. @throws RangeError naming the columns there are. */
export function columnOf(table: ParticleTable, name: string): Float64Array {
  const values = table.columns.get(name);
  if (!values && table.words?.includes(name))
    throw new RangeError(`Reading a particle table: column ${name} holds words; give a column of numbers.`);
  if (!values)
    throw new RangeError(`Reading a particle table: no column ${name}; there are: ${table.names.join(", ")}.`);
  return values;
}
