import { columnConversion } from "../../quantity/column-unit.js";
import { type Dimension, unitOf } from "../../quantity/units.js";
import { columnNumbers, noNumber, type SeparatedTable } from "../../table/separated.js";
import { quoted } from "../../table/table-fault.js";
import { besides, note, noting, type Reading, tableAt } from "../reading.js";

/** A function of stoichiometry by points, as a scenario gives it: in place, or as columns of a table with separated cells. */
export type TableSource =
  | { readonly stoichiometry: readonly number[]; readonly values: readonly number[] }
  | { readonly file: string; readonly stoichiometry: string; readonly value: string };

type Table = (readonly [stoichiometry: number, value: number])[];

/** Bytes; larger files are refused. */
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
  const falls = table.findIndex(([s], index) => index > 0 && s <= table[index - 1][0]);
  const outside = table.find(([s, value]) => !(s >= 0 && s <= 1) || !Number.isFinite(value));
  if (table.length < 2) note(reading, path, { found: `${table.length} points`, allowed: "two points or more" });
  else if (falls > 0)
    note(reading, path, {
      found: `stoichiometry ${table[falls][0]} after ${table[falls - 1][0]}`,
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
  return stoichiometry.map((s, index) => [s, values[index]] as const);
}

function columns(
  source: { file: string; stoichiometry: string; value: string },
  dimension: Dimension,
  path: readonly PropertyKey[],
  reading: Reading,
): Table | undefined {
  const at = [...path, "file"];
  const file = besides(reading, at, source.file);
  const table = tableAt(reading, at, file, { largest: largestTable });
  if (!table) return undefined;
  const column = (key: "stoichiometry" | "value", wanted: { readonly dimension: Dimension } | null) => {
    const name = source[key];
    if (!table.cells.has(name)) {
      const allowed = `a column of ${file}: ${table.names.join(", ")}`;
      return void note(reading, [...path, key], { found: `no column ${quoted(name)}`, allowed });
    }
    const conversion = columnConversion(name, unitOf(name), wanted);
    if (conversion.ok) return { name, conversion };
    const { found, allowed } = conversion;
    return void note(reading, [...path, key], {
      found,
      allowed: `${allowed}, in brackets`,
    });
  };
  const [stoichiometry, value] = [column("stoichiometry", null), column("value", { dimension })];
  if (!stoichiometry || !value) return undefined;
  const [s, v] = [stoichiometry, value].map(({ name, conversion }) =>
    noting(reading, at, file, () => finiteColumn(table, name).map(conversion.of)),
  );
  return s && v ? Array.from(s, (at, row) => [at, v[row]] as const) : undefined;
}

/** @throws TableFault for an empty cell too. */
function finiteColumn(table: SeparatedTable, name: string): Float64Array {
  const values = columnNumbers(table, name);
  const broken = values.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) throw noNumber(table, name, broken, "a number in every row");
  return values;
}
