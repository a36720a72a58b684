import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { type Located, placeOf } from "./document.js";
import { type Fault, InputFault } from "./faults.js";
import { faultAt } from "./issues.js";

/** A file that went into a scenario. */
export interface InputFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** An input file on its way to what it describes: its values with places, and what has been found wrong so far. */
export interface Reading {
  readonly located: Located;
  readonly file: string;
  readonly faults: Fault[];
  /** Paths of all files read. */
  readonly files: string[];
}

/** Notes something wrong at a path. */
export function note(
  reading: Reading,
  path: readonly PropertyKey[],
  what: { readonly found?: string; readonly allowed: string; readonly hint?: string },
): void {
  reading.faults.push(faultAt(reading.located, reading.file, path, what));
}

/** A path written in an input file, relative to the file in which it stands. */
export function besides(reading: Reading, path: readonly PropertyKey[], written: string): string {
  if (isAbsolute(written)) return written;
  return join(dirname(placeOf(reading.located.places, path, reading.file).file), written);
}

/**
 * Runs a reader of another file; its faults about the file as a whole are told at the key that names it.
 * Returns undefined when there were faults.
 */
export function readAt<T>(reading: Reading, path: readonly PropertyKey[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputFault)) throw error;
    for (const fault of error.faults) {
      if (fault.place.line !== undefined) reading.faults.push(fault);
      else note(reading, path, { found: `${fault.place.file}: ${fault.found}`, allowed: fault.allowed });
    }
    return undefined;
  }
}

export function inputFile(path: string): InputFile {
  const bytes = readFileSync(path);
  return { path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}
