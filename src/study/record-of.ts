import type { Frame, Simulation } from "../fem/model/frame.js";
import type { RunRecord } from "../inference/run-record.js";
import { scalesOf } from "../result/clock.js";
import { runRecord } from "../result/record.js";
import { stepsOf } from "../result/steps.js";
import type { Scenario } from "../scenario/scenario.js";

/**
 * What the measures of synchronisation need of a simulation.
 * @param frames all of them, from the start.
 */
export function recordOf(
  scenario: Scenario,
  simulation: Pick<Simulation, "coverage" | "surface" | "volume">,
  frames: Iterable<Frame>,
): RunRecord {
  const coverage = Array.from(simulation.coverage);
  return runRecord(stepsOf(frames, coverage.length, scalesOf(scenario, simulation)), scenario, coverage);
}
