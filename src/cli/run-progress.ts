import type { Frame } from "../fem/model/frame.js";
import { scenarioHash } from "../result/manifest.js";
import type { Scenario } from "../scenario/scenario.js";
import type { PlannedControl } from "../study/controls/plan.js";
import { costOf } from "../study/cost.js";
import { progress, shareDone } from "./progress.js";
import { sweepProgress } from "./sweep-progress.js";
import type { Terminal } from "./terminal.js";

/** Shows how far a run and its controls have come. */
export interface RunProgress {
  readonly frame: (frame: Frame) => void;
  readonly control: (hash: string, share: number) => void;
  readonly end: () => void;
}

/** A run alone by its cycles and voltage; with controls all of them, by what they cost. */
export function runProgress(
  scenario: Scenario,
  controls: readonly PlannedControl[] | undefined,
  terminal: Terminal,
): RunProgress {
  if (controls === undefined) return { ...progress(scenario, terminal), control: () => {} };
  const own = scenarioHash(scenario);
  const { steps, unknowns } = costOf(scenario);
  const weights = controls.map(({ job, cost }) => [job.hash, cost.steps * cost.unknowns] as const);
  const shown = sweepProgress(new Map([[own, steps * unknowns], ...weights]), terminal);
  const share = shareDone(scenario);
  return { frame: (frame) => shown.run(own, share(frame)), control: shown.run, end: shown.end };
}
