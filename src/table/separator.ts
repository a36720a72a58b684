/** What stands between the cells of a table; `none` for a table of one column. */
export type Separator = "\t" | ";" | "," | "whitespace" | "none";

/** In this order, so that commas are tried after what people use beside decimal commas. */
const marks = ["\t", ";", ","] as const;

/** Lines from which the separator is found. */
const looked = 200;

/**
 * What separates the cells, once for the whole table: the first mark that gives every line as many cells as the first one.
 * White space counts only where no mark does; a table whose lines differ keeps the mark that the first line has most of.
 * @param lines without comments and blank lines.
 * @param due number of columns where it is known.
 */
export function separatorOf(lines: readonly string[], due?: number): Separator {
  const sample = lines.slice(0, looked).map(withoutQuoted);
  const count = due ?? 0;
  const even = (cells: (line: string) => readonly string[]) => {
    const expected = count > 0 ? count : cells(sample[0] ?? "").length;
    return expected > 1 && sample.every((line) => filled(cells(line), expected) === expected);
  };
  const found = marks.find((mark) => even((line) => line.split(mark)));
  if (found !== undefined) return found;
  if (sample.length > 1 - Math.sign(count) && even((line) => line.trim().split(/\s+/))) return "whitespace";
  const first = sample[0] ?? "";
  const most = [...marks].sort((a, b) => first.split(b).length - first.split(a).length)[0];
  return first.includes(most) ? most : "none";
}

/** Cells of a line; empty ones beyond the expected number do not count. */
function filled(cells: readonly string[], expected: number): number {
  return cells.slice(expected).every((cell) => cell.trim() === "") && cells.length > expected ? expected : cells.length;
}

function withoutQuoted(line: string): string {
  return line.replace(/"(?:[^"]|"")*"/g, "0");
}
