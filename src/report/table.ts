import { parseCsv } from "../table/csv-row.js";

/** A CSV file of a results folder: cells by column name. */
export interface Table {
  readonly rows: number;
  readonly names: readonly string[];
  readonly cells: ReadonlyMap<string, readonly string[]>;
}

/** Reads comma-separated text with a header line. */
export function parseTable(text: string): Table {
  const [names = [], ...lines] = parseCsv(text);
  const columns = names.map((_, c) => lines.map((line) => line[c] ?? ""));
  return { rows: lines.length, names, cells: new Map(names.map((name, c) => [name, columns[c]!])) };
}

/** A column as words. Throws when the table does not have it. */
export function words(table: Table, name: string): readonly string[] {
  const found = table.cells.get(name);
  if (found === undefined)
    throw new RangeError(`Reading a results table: found no column "${name}"; it has ${table.names.join(", ")}.`);
  return found;
}

/** A column as numbers; empty cells are NaN. */
export function numbers(table: Table, name: string): Float64Array {
  return Float64Array.from(words(table, name), (cell) => (cell === "" ? Number.NaN : Number(cell)));
}
