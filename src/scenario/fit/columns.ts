import { type Dimension, dimensionName, dimensions, toSi, unitOf, unitRatio } from "../../quantity/units.js";
import { parseCsv } from "../../table/csv-row.js";
import { namedFile } from "../data-folder.js";
import { readText } from "../document.js";
import { nearest } from "../issues.js";
import { note, type Reading, readAt } from "../reading.js";
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
  const table = readCells(source, path, reading);
  if (!table) return undefined;
  const places = (written: string, at: readonly PropertyKey[]) => {
    const place = table.names.indexOf(written);
    if (place < 0)
      note(reading, at, {
        found: `no column ${JSON.stringify(written)}`,
        allowed: `a column of ${table.file}: ${table.names.join(", ")}`,
        ...nearest(written, table.names),
      });
    return place;
  };
  const columns = Object.entries(source.columns).map(([role, column]) => {
    const at = [...path, "columns", role];
    const place = places(typeof column === "string" ? column : column.column, at);
    const scale = wanted[role] ? scaleOf(column, wanted[role], at, reading) : undefined;
    const sign = typeof column !== "string" && column.reversed ? -1 : 1;
    return { role, place, toSi: scale && ((value: number) => sign * scale(value)) };
  });
  const kept = chosenRows(source, table, path, reading, places);
  if (reading.faults.length > before) return undefined;
  const of = Object.fromEntries(
    columns.map(({ role, place, toSi: si }) => [role, Float64Array.from(kept, (row) => si!(numberOf(row[place])))]),
  );
  const broken = Object.entries(of).find(([, values]) => !values.every(Number.isFinite));
  if (broken) {
    const row = broken[1].findIndex((value) => !Number.isFinite(value));
    note(reading, [...path, "columns", broken[0]], {
      found: `no number in chosen row ${row + 1} of ${table.file}`,
      allowed: "numbers in every chosen row",
    });
    return undefined;
  }
  return { rows: kept.length, of };
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

interface Cells {
  readonly file: string;
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function readCells(source: SourceFile, path: readonly PropertyKey[], reading: Reading): Cells | undefined {
  const at = [...path, "file"];
  const file = namedFile(reading, at, source.file);
  if (file === undefined) return undefined;
  const text = readAt(reading, at, () => readText(file, largest));
  if (text === undefined) return undefined;
  reading.files.push(file);
  const rows = tabulated(text, at, reading);
  if (!rows) return undefined;
  const names = (source.header ?? rows.shift() ?? []).map((name) => name.trim());
  return { file: source.file, names, rows };
}

/** Cells between commas, semicolons or tabs, whichever the first line has. */
function tabulated(text: string, at: readonly PropertyKey[], reading: Reading): string[][] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
  const other = [";", "\t"].find((sign) => lines[0]?.includes(sign) && !lines[0].includes(","));
  try {
    return other ? lines.map((line) => line.split(other)) : parseCsv(lines.join("\n"));
  } catch (error) {
    note(reading, at, { found: (error as Error).message, allowed: "a table with comma-separated cells" });
    return undefined;
  }
}

/** A number of the column in SI units. */
function scaleOf(
  column: ColumnFile,
  { dimension, unit: own }: Wanted,
  at: readonly PropertyKey[],
  reading: Reading,
): ((value: number) => number) | undefined {
  const written = typeof column === "string" ? undefined : column.unit;
  const name = typeof column === "string" ? column : column.column;
  const unit = written ?? unitOf(name);
  if (dimension === null) {
    const factor = unit === undefined || own === undefined ? 1 : unitRatio(unit, own);
    if (factor !== undefined) return (value) => factor * value;
    return void note(reading, at, { found: `the unit ${unit}`, allowed: `a unit that converts to ${own}` });
  }
  if (dimension === "temperature" && unit !== undefined && /^(°C|degC)$/.test(unit)) return (value) => value + 273.15;
  const one = unit === undefined ? undefined : toSi(`1 ${unit}`, dimension);
  if (one?.ok) return (value) => value * one.value;
  const example = dimensions[dimension].unit;
  note(reading, at, {
    found: unit === undefined ? `${JSON.stringify(name)} without a unit` : `the unit ${unit}`,
    allowed: `the unit of a ${dimensionName(dimension)}, in brackets at the end of the name or as { column, unit: "${example}" }`,
  });
  return undefined;
}

function chosenRows(
  { where, points }: SourceFile,
  { rows, file }: Cells,
  path: readonly PropertyKey[],
  reading: Reading,
  places: (written: string, at: readonly PropertyKey[]) => number,
): readonly (readonly string[])[] {
  const ranges = Object.entries(where).map(([name, { from = -Infinity, to = Infinity }]) => {
    return { place: places(name, [...path, "where", name]), from, to };
  });
  const kept = rows.filter((row) =>
    ranges.every(({ place, from, to }) => {
      const value = numberOf(row[place]);
      return value >= from && value <= to;
    }),
  );
  if (kept.length < 2 && !ranges.some(({ place }) => place < 0))
    note(reading, path, {
      found: `${kept.length} rows of ${file} chosen of ${rows.length}`,
      allowed: "two rows or more",
    });
  return points === undefined || points >= kept.length ? kept : thinned(kept, points);
}

/** Words for yes and no count as 1 and 0. */
function numberOf(cell: string | undefined): number {
  const written = cell?.trim() ?? "";
  if (/^true$/i.test(written)) return 1;
  if (/^false$/i.test(written)) return 0;
  return written === "" ? Number.NaN : Number(written);
}

/** Evenly by number, the first and the last among them. */
function thinned<T>(rows: readonly T[], points: number): T[] {
  return Array.from({ length: points }, (_, k) => rows[Math.round((k * (rows.length - 1)) / (points - 1))]!);
}
