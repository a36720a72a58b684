import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { draws, shuffled } from "../draws/draws.js";
import { onFile } from "../folder/machine-failure.js";

/** Bytes read at once. */
const stride = 1 << 22;

/** A longer line is none of a table. */
const longestLine = 1 << 20;

/** The text of a table, or of its first line and some of the others. */
export interface DrawnLines {
  readonly text: string;
  /** Lines below the first. */
  readonly rows: number;
  readonly drawn: number;
}

/**
 * Lines of a table that is too long to be read whole: the first one, and `most` of the others drawn at random, in their
 * order; the same ones each time. For tables without line ends inside of cells, such as those of the program itself.
 * @throws RangeError for a line of more than a million bytes
 */
export function drawnLines(path: string, most: number): DrawnLines {
  let count = 0;
  eachLine(path, () => count++);
  const rows = Math.max(count - 1, 0);
  const chosen = new Set(shuffled(rows, draws(0, "lines")).subarray(0, most));
  const kept: string[] = [];
  eachLine(path, (number, line) => {
    if (number === 0 || chosen.has(number - 1)) kept.push(line());
  });
  return { text: `${kept.join("\n")}\n`, rows, drawn: Math.max(kept.length - 1, 0) };
}

/** Calls back for each line with its number from 0, and its text where that is asked for. */
function eachLine(path: string, visit: (number: number, line: () => string) => void): void {
  const handle = onFile("Reading", path, () => openSync(path, "r"));
  try {
    const { size } = fstatSync(handle);
    let rest: Buffer = Buffer.alloc(0);
    let number = 0;
    for (let at = 0; at < size; at += stride) {
      const block = Buffer.alloc(Math.min(stride, size - at));
      onFile("Reading", path, () => readSync(handle, block, 0, block.length, at));
      const bytes = Buffer.concat([rest, block]);
      let from = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
        const [begin, to] = [from, end];
        visit(number++, () => bytes.toString("utf8", begin, to));
        from = end + 1;
      }
      rest = bytes.subarray(from);
      if (rest.length > longestLine) throw new RangeError(`found a line of more than ${longestLine} bytes in ${path}.`);
    }
    if (rest.length > 0) visit(number, () => rest.toString("utf8"));
  } finally {
    closeSync(handle);
  }
}
