import { columnNumbers, readSeparated, type SeparatedTable } from "../table/separated.js";

/** A table of a results folder: cells by column name. */
export type Table = SeparatedTable;

/** Reads comma-separated text with a header line. */
export const parseTable: (text: string) => Table = readSeparated;

/** A column as words. Throws when the table does not have it. */
export function words(table: Table, name: string): readonly string[] {
  const found = table.cells.get(name);
  if (found === undefined)
    throw new RangeError(`Reading a results table: found no column "${name}"; it has ${table.names.join(", ")}.`);
  return found;
}

/** A column as numbers; empty cells are NaN. */
export function numbers(table: Table, name: string): Float64Array {
  words(table, name);
  return columnNumbers(table, name);
}
