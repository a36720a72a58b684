import { type Coordinates, coordinatesOf, sections } from "../fem/coordinates/coordinates.js";
import type { Charging } from "../inference/charging.js";
import type { RunRecord } from "../inference/run-record.js";
import { measureSynchronisation, type Synchronisation } from "../inference/synchronisation.js";
import { chargesOf } from "../result/record.js";
import { type ReadScenario, type RunFolder, recordedRun } from "../result/run-folder.js";
import type { Steps } from "../result/steps.js";

/** A result with what the figures are drawn from. */
export interface Run {
  readonly result: RunFolder;
  readonly label: string;
  readonly particles: number;
  readonly measured: Synchronisation;
  readonly record: RunRecord;
  /** s */
  readonly tau: number;
  readonly steps: Steps;
  /** One a cycle. */
  readonly charges: readonly Charging[];
}

/** Measures a result. Throws a `RangeError` when no charge was finished. */
export function measureRun(result: RunFolder): Run {
  const { scenario, steps, name } = result;
  const record = recordedRun(result);
  return {
    result,
    label: scenario.title || name,
    particles: record.coverage.length,
    measured: measureSynchronisation(record),
    record,
    tau: scenario.protocol.tau,
    steps,
    charges: chargesOf(steps, scenario),
  };
}

/** How the sections of a reported geometry are held; results of versions without a choice are in plane strain. */
export function coordinatesOfReport({ kind, stressState }: ReadScenario["geometry"]): Coordinates {
  return coordinatesOf(sections[kind].revolved ? null : (stressState ?? "plane-strain"));
}

/** Name of a particle where colours are explained: number and measured coverage. */
export function particleName(run: Run, k: number): string {
  return `${k + 1} (${(100 * run.measured.coverage[k]).toFixed(0)} %)`;
}
