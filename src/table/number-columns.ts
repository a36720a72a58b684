import { closeSync, openSync, readSync } from "node:fs";
import { parseCsv } from "./csv-row.js";

/** Bytes read at once. */
const chunk = 1 << 20;

/**
 * Chosen columns of a large CSV file of plain numbers, without holding its text: one number a row, NaN where a cell is empty.
 * @throws RangeError when a column is not there.
 */
export function readNumberColumns<Name extends string>(
  path: string,
  names: readonly Name[],
): Readonly<Record<Name, Float64Array>> {
  const lines = linesOf(path);
  const header = parseCsv(lines.next().value ?? "")[0] ?? [];
  const places = names.map((name) => header.indexOf(name));
  const absent = places.indexOf(-1);
  if (absent >= 0)
    throw new RangeError(`Reading ${path}: no column ${names[absent]}; there are: ${header.join(", ")}.`);
  const columns = names.map(() => growing());
  for (const line of lines) {
    if (line === "") continue;
    const cells = line.split(",");
    for (const [k, place] of places.entries()) {
      const cell = cells[place] ?? "";
      columns[k]!.add(cell === "" ? Number.NaN : Number(cell));
    }
  }
  return Object.fromEntries(names.map((name, k) => [name, columns[k]!.values()])) as Record<Name, Float64Array>;
}

function* linesOf(path: string): Generator<string, undefined> {
  const handle = openSync(path, "r");
  const bytes = Buffer.alloc(chunk);
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const count = readSync(handle, bytes, 0, chunk, null);
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
