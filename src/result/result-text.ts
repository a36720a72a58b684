import { MachineFailure, throwPassing } from "../folder/machine-failure.js";
import { fileText } from "../folder/read-file.js";
import { readSeparated, type SeparatedTable } from "../table/separated.js";
import { TableFault } from "../table/table-fault.js";

/**
 * Files of results folders may come from anybody. Whatever a page does with their texts, none of them can open an element: where
 * a `<` would begin one it is told as `‹`. (Pages escape texts besides; numbers are not always numbers in other people's files.)
 */
export function inert(text: string): string {
  return text.replace(/<(?=[A-Za-z/!?])/g, "‹");
}

/**
 * The text of a file of results.
 * @throws MachineFailure for what passes, such as a failing disk; Error that names the file when there is none
 */
export function resultText(path: string): string {
  return inert(resultBytes(path, () => fileText(path)));
}

/** What is read of a file of results. @throws MachineFailure for what passes; Error that names the file */
export function resultBytes<Read>(path: string, read: () => Read): Read {
  try {
    return read();
  } catch (cause) {
    throwPassing("Reading", path, cause);
    if (!(cause instanceof MachineFailure)) throw cause;
    const why = cause.code === "ENOENT" ? "there is no such file" : cause.found;
    throw new Error(`Reading results: ${path}: ${why}.`, { cause });
  }
}

/**
 * A record of results: a mapping.
 * @throws Error that names the file when it cannot be read, is no JSON or no mapping
 */
export function resultJson<Shape>(path: string): Shape {
  const found = jsonOf(resultText(path), path);
  if (typeof found === "object" && found !== null && !Array.isArray(found)) return found as Shape;
  throw new Error(`Reading results: ${path} holds no mapping of keys to values; was it written by synchrode?`);
}

/** Texts that JSON spells with escapes are made inert once they are texts. */
function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (key === "__proto__") return undefined;
      return typeof value === "string" ? inert(value) : value;
    });
  } catch (cause) {
    throw new Error(`Reading results: ${path} is not JSON; was the run that wrote it cut off?`, { cause });
  }
}

/** A table of results: cells by column name. @throws as `resultText`; TableFault that names the file */
export function resultTable(path: string): SeparatedTable {
  return naming(path, () => readSeparated(resultText(path)));
}

/** What is taken of a table, its faults with the name of its file. @throws TableFault */
export function naming<Taken>(path: string, take: () => Taken): Taken {
  try {
    return take();
  } catch (error) {
    if (!(error instanceof TableFault)) throw error;
    throw new TableFault(`${error.found} in ${path}`, error.allowed, error.line);
  }
}
