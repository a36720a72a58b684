import type { Wrong } from "../schema/kind.js";
import { readSeparated, type SeparatedTable } from "../table/separated.js";
import { TableFault } from "../table/table-fault.js";
import { type Located, placeOf } from "./document.js";
import { type Fault, InputFault } from "./faults.js";
import type { FileSource } from "./file-source.js";
import { faultAt } from "./issues.js";

/** An input file on its way to what it describes: its values with places, and what has been found wrong so far. */
export interface Reading {
  readonly source: FileSource;
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

/** The choice from what a file says of a family; what does not go together in it is noted. */
export function settledAt<Said, Choice, Given extends readonly unknown[]>(
  reading: Reading,
  path: readonly PropertyKey[],
  family: { settled(said: Said): Choice; faults(choice: Choice, ...given: Given): readonly Wrong[] },
  said: Said,
  ...given: Given
): Choice {
  const choice = family.settled(said);
  for (const wrong of family.faults(choice, ...given)) note(reading, path, wrong);
  return choice;
}

/** A path written in an input file, relative to the file in which it stands. */
export function besides(reading: Reading, path: readonly PropertyKey[], written: string): string {
  return reading.source.beside(placeOf(reading.located.places, path, reading.file).file, written);
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

/**
 * A separated table that a file names; what is wrong with it is noted at the key that names it, with the table's own line.
 * @param largest bytes; larger files are refused.
 * @param header names of the columns, for a file without any.
 */
export function tableAt(
  reading: Reading,
  path: readonly PropertyKey[],
  file: string,
  { largest, header }: { readonly largest: number; readonly header?: readonly string[] | undefined },
): SeparatedTable | undefined {
  const bytes = readAt(reading, path, () => reading.source.bytes(file, largest, "a table"));
  if (bytes === undefined) return undefined;
  reading.files.push(file);
  return noting(reading, path, file, () => readSeparated(bytes, header));
}

/** Runs a reader of a table; its fault is noted at `path`, with the table's own line. */
export function noting<T>(reading: Reading, path: readonly PropertyKey[], file: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TableFault)) throw error;
    const where = error.line === undefined ? file : `${file}, line ${error.line}`;
    note(reading, path, { found: `${error.found} (${where})`, allowed: error.allowed });
    return undefined;
  }
}
