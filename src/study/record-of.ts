import type { Frame, Simulation } from "../fem/model/frame.js";
import type { RunRecord } from "../inference/run-record.js";
import { runRecord } from "../result/record.js";
import { rowOf } from "../result/row.js";
import type { Scenario } from "../scenario/scenario.js";

/**
 * What the measures of synchronisation need of a simulation.
 * @param frames all of them, from the start.
 */
export function recordOf(
  scenario: Scenario,
  simulation: Pick<Simulation, "coverage" | "volume">,
  frames: Iterable<Frame>,
): RunRecord {
  const volume = simulation.volume.reduce((sum, own) => sum + own, 0);
  const rows = Array.from(frames, (frame) => rowOf(frame, volume));
  return runRecord(rows, scenario, Array.from(simulation.coverage));
}
