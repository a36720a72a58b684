import { type Layered, readLayered } from "./base.js";
import { InputFault } from "./faults.js";
import { refuseOtherKind } from "./input-kind.js";
import { faultsOf } from "./issues.js";
import { type InputFile, inputFile, type Reading } from "./reading.js";
import { resolveScenario } from "./resolve.js";
import type { Scenario } from "./scenario.js";
import { scenarioFile } from "./schema.js";

export interface LoadedScenario {
  readonly scenario: Scenario;
  /** Every file that went into it, the scenario's own first. */
  readonly inputs: readonly InputFile[];
}

/**
 * Reads, checks and resolves a scenario file with all it refers to.
 * @throws InputFault with every fault found.
 */
export function readScenario(path: string): LoadedScenario {
  return resolveLayered(readLayered(path), path);
}

/**
 * As `readScenario`, of a file that has been read already.
 * @throws InputFault with every fault found.
 */
export function resolveLayered({ files, ...located }: Layered, path: string): LoadedScenario {
  const reading: Reading = { located, file: path, faults: [], files: [...files] };
  const parsed = scenarioFile.safeParse(located.value);
  if (!parsed.success) {
    refuseOtherKind(located, path, "scenario");
    throw new InputFault(faultsOf(parsed.error, located, path));
  }
  const scenario = resolveScenario(parsed.data, reading);
  return { scenario, inputs: reading.files.map(inputFile) };
}

/** As `readScenario`, without the list of inputs. */
export function loadScenario(path: string): Scenario {
  return readScenario(path).scenario;
}
