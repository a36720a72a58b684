import { type Dimension, dimensionName, toSi } from "../quantity/units.js";
import { readText } from "./document.js";
import { besides, note, type Reading, readAt } from "./reading.js";

/** A function of stoichiometry by points, as a scenario gives it: in place, or as columns of a CSV file. */
export type TableSource =
  | { readonly stoichiometry: readonly number[]; readonly values: readonly number[] }
  | { readonly file: string; readonly stoichiometry: string; readonly value: string };

type Table = (readonly [stoichiometry: number, value: number])[];

/** Bytes; larger CSV files are refused. */
const largestTable = 5_000_000;

/** Points in SI units with rising stoichiometry in [0, 1]; what is wrong is noted at `path`. */
export function readTable(
  source: TableSource,
  dimension: Dimension,
  path: readonly PropertyKey[],
  reading: Reading,
): Table {
  const table = "file" in source ? columns(source, dimension, path, reading) : inPlace(source, path, reading);
  if (!table) return [];
  const falls = table.findIndex(([s], index) => index > 0 && s <= table[index - 1]![0]);
  const outside = table.find(([s, value]) => !(s >= 0 && s <= 1) || !Number.isFinite(value));
  if (table.length < 2) note(reading, path, { found: `${table.length} points`, allowed: "two points or more" });
  else if (falls > 0)
    note(reading, path, {
      found: `stoichiometry ${table[falls]![0]} after ${table[falls - 1]![0]}`,
      allowed: "rising stoichiometries",
    });
  else if (outside)
    note(reading, path, {
      found: `the point ${outside.join(", ")}`,
      allowed: "stoichiometries from 0 to 1 and finite values",
    });
  return table;
}

function inPlace(
  source: { stoichiometry: readonly number[]; values: readonly number[] },
  path: readonly PropertyKey[],
  reading: Reading,
) {
  const { stoichiometry, values } = source;
  if (stoichiometry.length !== values.length) {
    const found = `${stoichiometry.length} stoichiometries and ${values.length} values`;
    note(reading, path, { found, allowed: "as many of one as of the other" });
    return undefined;
  }
  return stoichiometry.map((s, index) => [s, values[index]!] as const);
}

function columns(
  source: { file: string; stoichiometry: string; value: string },
  dimension: Dimension,
  path: readonly PropertyKey[],
  reading: Reading,
): Table | undefined {
  const file = besides(reading, [...path, "file"], source.file);
  const text = readAt(reading, [...path, "file"], () => readText(file, largestTable));
  if (text === undefined) return undefined;
  reading.files.push(file);
  const rows = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((row) => row.trim() !== "");
  const header = splitRow(rows[0] ?? "");
  const at = [source.stoichiometry, source.value].map((name) => header.indexOf(name)) as [number, number];
  for (const [index, key] of ["stoichiometry", "value"].entries()) {
    if (at[index] === -1) note(reading, [...path, key], { allowed: `a column of ${file}: ${header.join(", ")}` });
  }
  const scale = unitScale(source.value, dimension, [...path, "value"], reading);
  if (at.includes(-1) || scale === undefined) return undefined;
  return rows.slice(1).map((row) => {
    const cells = splitRow(row);
    return [Number(cells[at[0]] || Number.NaN), Number(cells[at[1]] || Number.NaN) * scale] as const;
  });
}

function splitRow(row: string): string[] {
  return row.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

/** SI value of one unit of a column, from the brackets of its name: `Voltage [mV]` → 0.001. */
function unitScale(
  column: string,
  dimension: Dimension,
  path: readonly PropertyKey[],
  reading: Reading,
): number | undefined {
  const unit = /\[([^\]]+)\]\s*$/.exec(column)?.[1];
  const one = unit === undefined ? undefined : toSi(`1 ${unit}`, dimension);
  if (one?.ok) return one.value;
  note(reading, path, {
    allowed: `a column whose name ends with the unit of a ${dimensionName(dimension)} in brackets`,
  });
  return undefined;
}
