import { writeAtomically } from "./atomic-file.js";
import { throwPassing } from "./machine-failure.js";
import { fileText } from "./read-file.js";

/**
 * The object in a JSON file of the program's own; undefined where there is none, or another thing.
 * @throws MachineFailure where the machine cannot read it at present, so that nobody takes it for absent.
 */
export function jsonObjectIn(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const found: unknown = JSON.parse(fileText(path));
    return typeof found === "object" && found !== null ? (found as Record<string, unknown>) : undefined;
  } catch (error) {
    throwPassing("Reading", path, error);
    return undefined;
  }
}

/** A record as every JSON file of results is spelled, and as commands print it; typed arrays as lists. */
export function jsonText(record: unknown): string {
  const listed = (_: string, value: unknown) => (value instanceof Float64Array ? Array.from(value) : value);
  return JSON.stringify(record, listed, 2);
}

/** Writes a record, whole or not at all. @throws MachineFailure */
export function writeJson(path: string, record: unknown): void {
  writeAtomically(path, `${jsonText(record)}\n`);
}
