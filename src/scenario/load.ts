import { disk } from "./disk.js";
import { type InputFile, inputFile } from "./input-file.js";
import { type ReadScenario, readFrom } from "./read.js";
import type { Scenario } from "./scenario.js";

/** A scenario of this machine with the files that went into it. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** Every file that went into it, the scenario's own first. */
  readonly inputs: readonly InputFile[];
}

/**
 * Reads, checks and resolves a scenario file of this machine with all it refers to.
 * @throws InputFault with every fault found.
 */
export function readScenario(path: string): LoadedScenario {
  return withInputs(readFrom(disk, path));
}

/** A scenario read from the disk with the sizes and hashes of its files. */
export function withInputs({ scenario, files }: ReadScenario): LoadedScenario {
  return { scenario, inputs: files.map(inputFile) };
}

/** As `readScenario`, without the list of inputs. */
export function loadScenario(path: string): Scenario {
  return readScenario(path).scenario;
}
