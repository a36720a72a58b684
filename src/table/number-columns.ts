import { closeSync, openSync, readSync } from "node:fs";
import { onFile } from "../folder/machine-failure.js";
import { cellNumber } from "./cell-number.js";
import { readSeparated } from "./separated.js";
import { quoted, TableFault } from "./table-fault.js";

/** Bytes read at once. */
const chunk = 1 << 20;

/**
 * Chosen columns of a large table that this program wrote, without holding its text: one number a row, NaN where a cell is
 * empty.
 * @param olderNames by name, what the column was called before.
 * @throws RangeError when a column is not there.
 * @throws TableFault with the line for a cell that is no number, or a row of another number of cells.
 */
export function readNumberColumns<Name extends string>(
  path: string,
  names: readonly Name[],
  olderNames: Readonly<Record<string, string>> = {},
): Readonly<Record<Name, Float64Array>> {
  const lines = linesOf(path);
  const header = readSeparated(`${lines.next().value ?? ""}\n`).names;
  const places = names.map((name) => {
    const place = header.indexOf(name);
    return place < 0 ? header.indexOf(Object.hasOwn(olderNames, name) ? olderNames[name] : name) : place;
  });
  const absent = places.indexOf(-1);
  if (absent >= 0)
    throw new RangeError(`Reading ${path}: no column ${names[absent]}; there are: ${header.join(", ")}.`);
  const columns = names.map(() => growing());
  let number = 1;
  for (const line of lines) {
    number++;
    if (line === "") continue;
    const cells = line.split(",");
    if (cells.length !== header.length)
      throw new TableFault(`${cells.length} cells in ${path}`, `${header.length}, as the header has`, number);
    for (const [k, place] of places.entries()) columns[k].add(numberIn(cells[place], names[k], number, path));
  }
  return Object.fromEntries(names.map((name, k) => [name, columns[k].values()])) as Record<Name, Float64Array>;
}

/** Whether a large table has a column, without reading more than its header. */
export function hasColumn(path: string, name: string): boolean {
  const lines = linesOf(path);
  const header = readSeparated(`${lines.next().value ?? ""}\n`).names;
  lines.return(undefined);
  return header.includes(name);
}

function numberIn(cell: string, name: string, line: number, path: string): number {
  const value = Number(cell);
  if (Number.isFinite(value) && cell !== "") return value;
  const found = cellNumber(cell, ".");
  if (found === undefined)
    throw new TableFault(`${quoted(cell)} in column ${quoted(name)} of ${path}`, "a number or an empty cell", line);
  return found;
}

function* linesOf(path: string): Generator<string, undefined> {
  const handle = onFile("Reading", path, () => openSync(path, "r"));
  const bytes = Buffer.alloc(chunk);
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const count = onFile("Reading", path, () => readSync(handle, bytes, 0, chunk, null));
      const lines = (rest + decoder.decode(bytes.subarray(0, count), { stream: count > 0 })).split(/\r?\n/);
      rest = count > 0 ? lines.pop()! : "";
      yield* lines;
      if (count === 0) return undefined;
    }
  } finally {
    closeSync(handle);
  }
}

function growing(): { add(value: number): void; values(): Float64Array } {
  let [kept, count] = [new Float64Array(1024), 0];
  return {
    add(value) {
      if (count === kept.length) {
        const larger = new Float64Array(2 * count);
        larger.set(kept);
        kept = larger;
      }
      kept[count++] = value;
    },
    values: () => kept.slice(0, count),
  };
}
