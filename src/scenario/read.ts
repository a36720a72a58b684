import { type Layered, layered, readLayered } from "./base.js";
import { parseText } from "./document.js";
import { InputFault } from "./faults.js";
import type { FileSource } from "./file-source.js";
import { refuseOtherKind } from "./input-kind.js";
import { faultsOf } from "./issues.js";
import type { Reading } from "./reading.js";
import { resolveScenario } from "./resolve.js";
import type { Scenario } from "./scenario.js";
import { scenarioFile } from "./schema.js";

export interface ReadScenario {
  readonly scenario: Scenario;
  /** The files that went into it by their whole names, the scenario's own first. */
  readonly files: readonly string[];
}

/**
 * Reads, checks and resolves a scenario file with all it refers to.
 * @throws InputFault with every fault found.
 */
export function readFrom(source: FileSource, file: string): ReadScenario {
  return resolveLayered(source, readLayered(source, file), file);
}

/**
 * As `readFrom`, of a text or an object with the keys of a scenario file; what it refers to comes from `source`.
 * @param file the name that messages use.
 * @throws InputFault with every fault found; of an object by the keys alone.
 */
export function readGiven(source: FileSource, given: string | object, file: string): ReadScenario {
  const located = typeof given === "string" ? parseText(given, file) : { value: given, places: new Map() };
  return resolveLayered(source, layered(source, located, file), file);
}

/**
 * As `readFrom`, of a file that has been read already.
 * @throws InputFault with every fault found.
 */
export function resolveLayered(source: FileSource, { files, ...located }: Layered, file: string): ReadScenario {
  const reading: Reading = { source, located, file, faults: [], files: [...files] };
  const parsed = scenarioFile.safeParse(located.value);
  if (!parsed.success) {
    refuseOtherKind(located, file, "scenario");
    throw new InputFault(faultsOf(parsed.error, located, file));
  }
  const scenario = resolveScenario(parsed.data, reading);
  return { scenario, files: reading.files };
}
