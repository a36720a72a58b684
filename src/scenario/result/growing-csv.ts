import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { csvRow } from "../../table/csv-row.js";

/** A CSV file that grows row by row and can go on from a known length. */
export interface GrowingCsv {
  append(cells: readonly (string | number)[]): void;
  /** Brings all rows to the disk and returns the length of the file in bytes. */
  flush(): number;
  close(): void;
}

/** Characters kept before they are written. */
const buffered = 65_536;

/**
 * Opens a file for appending.
 * @param length bytes to keep of an existing file; 0 starts anew with the header.
 * @throws RangeError when the file is shorter than what should be kept.
 */
export function growingCsv(path: string, columns: readonly string[], length = 0): GrowingCsv {
  const handle = openSync(path, length === 0 ? "w" : "r+");
  const size = fstatSync(handle).size;
  if (size < length) {
    closeSync(handle);
    throw new RangeError(`Resuming: ${path} has ${size} bytes; the checkpoint was written at ${length}.`);
  }
  if (length > 0) ftruncateSync(handle, length);
  let position = length;
  let waiting = length === 0 ? csvRow(columns) : "";
  const write = () => {
    const bytes = Buffer.from(waiting);
    for (let done = 0; done < bytes.length; )
      done += writeSync(handle, bytes, done, bytes.length - done, position + done);
    position += bytes.length;
    waiting = "";
  };
  return {
    append(cells) {
      waiting += csvRow(cells);
      if (waiting.length > buffered) write();
    },
    flush() {
      write();
      fsyncSync(handle);
      return position;
    },
    close() {
      write();
      closeSync(handle);
    },
  };
}
