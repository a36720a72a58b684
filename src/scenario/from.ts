import type * as z from "zod";
import type { FileSource } from "./file-source.js";
import { readGiven } from "./read.js";
import type { Scenario } from "./scenario.js";
import type { scenarioFile } from "./schema.js";
import { texts } from "./texts.js";

/** A scenario with the keys and units of a scenario file, as an object: `{ geometry: { lattice: { radius: "5 um", … } }, … }`. */
export type ScenarioInput = z.input<typeof scenarioFile>;

/** Files that a scenario refers to: a base, tables, BPX. */
export type GivenFiles = FileSource | Readonly<Record<string, string | Uint8Array>>;

/**
 * A scenario from a text (YAML or JSON) or an object, checked as a scenario file is, every default filled in, in SI units.
 * @param files that it refers to, texts by their names or a source of files; none unless given.
 * @throws InputFault with every fault found, each with its key and, in a text, its line.
 */
export function scenarioFrom(given: string | ScenarioInput, files: GivenFiles = {}): Scenario {
  const source = typeof files.bytes === "function" ? (files as FileSource) : texts(files as Record<string, string>);
  return readGiven(source, given, "scenario").scenario;
}
