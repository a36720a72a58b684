import { createHash, type Hash } from "node:crypto";
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { onFile } from "../folder/machine-failure.js";
import { csvRow } from "../table/csv-row.js";
import type { KeptPart } from "./checkpoint.js";

/** A CSV file that grows row by row and can go on from a known length. */
export interface GrowingCsv {
  append(cells: readonly (string | number)[]): void;
  /** Brings all rows to the disk; tells how long the file is, and its hash. @throws MachineFailure */
  flush(): KeptPart;
  close(): void;
}

/** Characters kept before they are written. */
const buffered = 65_536;

/**
 * Opens a file for appending.
 * @param kept of an existing file, which is cut back to it; without it the file begins anew with the header.
 * @throws SyntaxError when the file does not begin with what should be kept; MachineFailure
 */
export function growingCsv(path: string, columns: readonly string[], kept?: KeptPart): GrowingCsv {
  const handle = onFile("Opening", path, () => openSync(path, kept === undefined ? "w" : "r+"));
  const hash = createHash("sha256");
  let position = 0;
  if (kept !== undefined) {
    try {
      hashKept(path, handle, kept, hash);
      onFile("Cutting back", path, () => ftruncateSync(handle, kept.bytes));
    } catch (error) {
      closeSync(handle);
      throw error;
    }
    position = kept.bytes;
  }
  let waiting = kept === undefined ? csvRow(columns) : "";
  const write = () =>
    onFile("Writing", path, () => {
      const bytes = Buffer.from(waiting);
      for (let done = 0; done < bytes.length; )
        done += writeSync(handle, bytes, done, bytes.length - done, position + done);
      position += bytes.length;
      hash.update(bytes);
      waiting = "";
    });
  return {
    append(cells) {
      waiting += csvRow(cells);
      if (waiting.length > buffered) write();
    },
    flush() {
      write();
      onFile("Writing", path, () => fsyncSync(handle));
      return { bytes: position, sha256: hash.copy().digest("hex") };
    },
    close() {
      try {
        write();
      } finally {
        closeSync(handle);
      }
    },
  };
}

/** @throws SyntaxError when a file does not begin with what a checkpoint belongs to; MachineFailure */
export function checkKept(path: string, kept: KeptPart): void {
  const handle = onFile("Opening", path, () => openSync(path, "r"));
  try {
    hashKept(path, handle, kept, createHash("sha256"));
  } finally {
    closeSync(handle);
  }
}

/** Reads what is kept through a hash and compares. */
function hashKept(path: string, handle: number, { bytes, sha256 }: KeptPart, hash: Hash): void {
  const anew = "put back what was there, or start the run anew without --resume";
  const { size } = fstatSync(handle);
  if (size < bytes)
    throw new SyntaxError(
      `Resuming: found ${size} bytes in ${path}, where the checkpoint belongs to ${bytes}; ${anew}.`,
    );
  const room = Buffer.alloc(Math.min(bytes, 1 << 20));
  for (let at = 0; at < bytes; ) {
    const read = onFile("Reading", path, () => readSync(handle, room, 0, Math.min(room.length, bytes - at), at));
    if (read === 0) break;
    hash.update(room.subarray(0, read));
    at += read;
  }
  if (hash.copy().digest("hex") !== sha256)
    throw new SyntaxError(`Resuming: found ${path} changed since the checkpoint was written; ${anew}.`);
}
