import { columnConversion } from "../../quantity/column-unit.js";
import { type Dimension, unitOf } from "../../quantity/units.js";
import { nearest } from "../../scenario/issues.js";
import { namedFile } from "../../scenario/named-file.js";
import { note, noting, type Reading, tableAt } from "../../scenario/reading.js";
import { clockSeconds } from "../../table/cell-number.js";
import { columnNumbers, noNumber, numberAt, type SeparatedTable } from "../../table/separated.js";
import type { ColumnFile, SourceFile } from "./schema.js";

/** What a prediction takes from a measured file. */
export interface Wanted {
  /** Null for a plain number. */
  readonly dimension: Dimension | null;
  /** Of a plain number that is a quantity: the unit it is taken in, and converted to where the file says another. */
  readonly unit?: string | undefined;
  readonly optional?: boolean;
}

/** Columns of a measured file in SI units, rows as they stood. */
export interface Columns {
  readonly rows: number;
  readonly of: Readonly<Record<string, Float64Array>>;
  /** What each column is called in the file. */
  readonly names: Readonly<Record<string, string>>;
}

/** Bytes; larger files are refused. */
const largest = 50_000_000;

/**
 * Reads the columns that a prediction wants, with the rows that the file chooses. What is wrong is noted at its place.
 * Lines that begin with `#` are comments.
 */
export function readColumns(
  source: SourceFile,
  wanted: Readonly<Record<string, Wanted>>,
  path: readonly PropertyKey[],
  reading: Reading,
): Columns | undefined {
  const before = reading.faults.length;
  checkNames(source, wanted, path, reading);
  const at = [...path, "file"];
  const file = namedFile(reading, at, source.file);
  const table = file === undefined ? undefined : tableAt(reading, at, file, { largest, header: source.header });
  if (!table) return undefined;
  const named = Object.keys(source.where).map((name) => ({ name, at: [...path, "where", name] }));
  const columns = Object.entries(source.columns).map(([role, column]) => {
    const name = typeof column === "string" ? column : column.column;
    named.push({ name, at: [...path, "columns", role] });
    return { role, name, convert: conversionOf(column, wanted[role], [...path, "columns", role], reading) };
  });
  for (const each of named) checkColumn(each.name, table, source.file, each.at, reading);
  if (reading.faults.length > before) return undefined;
  const kept = noting(reading, [...path, "where"], source.file, () => chosenRows(source, table, path, reading));
  if (!kept || reading.faults.length > before) return undefined;
  const of: Record<string, Float64Array> = {};
  for (const { role, name, convert } of columns) {
    const clock = wanted[role]?.dimension === "time";
    const valueAt = (row: number) =>
      (clock ? clockSeconds(table.cells.get(name)?.[row] ?? "") : undefined) ??
      convert!(finiteAt(table, name, row, clock));
    const values = noting(reading, [...path, "columns", role], source.file, () => Float64Array.from(kept, valueAt));
    if (values) of[role] = values;
  }
  const names = Object.fromEntries(columns.map(({ role, name }) => [role, name]));
  return reading.faults.length > before ? undefined : { rows: kept.length, of, names };
}

/** @throws TableFault for an empty cell too. */
function finiteAt(table: SeparatedTable, name: string, row: number, clock: boolean): number {
  const value = numberAt(table, name, row, clock ? "clock" : "numbers");
  if (Number.isFinite(value)) return value;
  throw noNumber(table, name, row, "a number in every chosen row; leave other rows out by where");
}

function checkColumn(
  name: string,
  table: SeparatedTable,
  file: string,
  at: readonly PropertyKey[],
  reading: Reading,
): void {
  if (table.cells.has(name)) return;
  note(reading, at, {
    found: `no column ${JSON.stringify(name)}`,
    allowed: `a column of ${file}: ${table.names.join(", ")}`,
    ...nearest(name, table.names),
  });
}

function checkNames(
  { columns }: SourceFile,
  wanted: Readonly<Record<string, Wanted>>,
  path: readonly PropertyKey[],
  reading: Reading,
): void {
  const names = Object.keys(wanted);
  for (const role of Object.keys(columns))
    if (!Object.hasOwn(wanted, role))
      note(reading, [...path, "columns", role], {
        found: `the unknown key "${role}"`,
        allowed: names.join(", "),
        ...nearest(role, names),
      });
  for (const [role, { optional }] of Object.entries(wanted))
    if (!optional && !Object.hasOwn(columns, role))
      note(reading, [...path, "columns"], { found: `no ${role}`, allowed: `columns for ${names.join(", ")}` });
}

/** Numbers of a column as they are wanted. A clock such as 01:30:00 is in seconds, whatever the column's unit. */
function conversionOf(
  column: ColumnFile,
  wanted: Wanted | undefined,
  at: readonly PropertyKey[],
  reading: Reading,
): ((value: number) => number) | undefined {
  if (!wanted) return undefined;
  const { column: name, unit: written, reversed = false } = typeof column === "string" ? { column } : column;
  const { dimension, unit: own } = wanted;
  const conversion = columnConversion(
    name,
    written ?? unitOf(name),
    dimension !== null ? { dimension } : own === undefined ? null : { unit: own },
  );
  const sign = reversed ? -1 : 1;
  if (conversion.ok) return (value) => sign * conversion.of(value);
  const { found, allowed } = conversion;
  note(reading, at, {
    found,
    allowed: `${allowed}, in brackets at the end of the name or as { column, unit }`,
  });
  return undefined;
}

/** Numbers of the rows that the file chooses. @throws TableFault for a cell that is no number where one is chosen by. */
function chosenRows(
  { where, points, file }: SourceFile,
  table: SeparatedTable,
  path: readonly PropertyKey[],
  reading: Reading,
): readonly number[] {
  const ranges = Object.entries(where).map(([name, { from = -Infinity, to = Infinity }]) => {
    return { values: columnNumbers(table, name), from, to };
  });
  const kept = Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
    ranges.every(({ values, from, to }) => values[row] >= from && values[row] <= to),
  );
  if (kept.length < 2)
    note(reading, path, {
      found: `${kept.length} rows of ${file} chosen of ${table.rows}`,
      allowed: "two rows or more",
    });
  return points === undefined || points >= kept.length ? kept : thinned(kept, points);
}

/** Evenly by number, the first and the last among them. */
function thinned<T>(rows: readonly T[], points: number): T[] {
  return Array.from({ length: points }, (_, k) => rows[Math.round((k * (rows.length - 1)) / (points - 1))]);
}
