import { join } from "node:path";
import type { ControlStanding } from "../../result/control-runs.js";
import type { RunOutcome } from "../run.js";
import type { Watch, WorkerProgram } from "../sweep/engine.js";
import { stateIn } from "../sweep/job.js";
import { localEngine } from "../sweep/local.js";
import { judgedWithControls } from "./judged.js";
import type { ControlPlan, PlannedControl } from "./plan.js";

export interface BesideOptions {
  readonly plan: ControlPlan;
  /** Of the run, claimed. */
  readonly folder: string;
  readonly program: WorkerProgram;
  /** Controls at a time while the run goes on; one more when it has ended. */
  readonly workers: number;
  readonly watch: Watch;
}

/**
 * The controls that are still to be computed, the dearest first, so that no worker is left alone with one at the end.
 * @param folder of the run; undefined where it begins anew.
 */
export function openControls({ runs }: ControlPlan, folder: string | undefined): readonly PlannedControl[] {
  const isOpen = ({ job }: PlannedControl) =>
    folder === undefined || stateIn(join(folder, job.place), job.hash).status === "open";
  const open = runs.filter(isOpen);
  const weight = ({ cost }: PlannedControl) => cost.steps * cost.unknowns;
  return [...open].sort((a, b) => weight(b) - weight(a));
}

/**
 * Runs a scenario and beside it its controls, each into its own folder in that of the run, and judges the run by those that came to
 * their end. A control that fails leaves the run as it is. A run that does not come to its end stops its controls, which can go on
 * with it later.
 * @param run is told what to call when its folder is cleared of earlier results
 * @throws what `run` throws, when the controls have stopped
 */
export async function runBeside(
  options: BesideOptions,
  run: (begun: () => void) => Promise<RunOutcome>,
): Promise<RunOutcome> {
  const { plan, folder, program, workers, watch } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([watch.signal, stop.signal]);
  let controls: Promise<ReadonlyMap<string, string>> = Promise.resolve(new Map<string, string>());
  let ended: (outcome: RunOutcome | undefined) => void = () => {};
  const beside = new Promise<RunOutcome | undefined>((resolve) => {
    ended = resolve;
  });
  const begin = () => {
    const jobs = openControls(plan, folder).map(({ job }) => job);
    if (jobs.length > 0) controls = localEngine({ program, folder, workers, beside })(jobs, { ...watch, signal });
    // A failure is told when the run has ended.
    controls.catch(() => {});
  };
  let outcome: RunOutcome | undefined;
  try {
    outcome = await run(begin);
  } finally {
    if (outcome?.status !== "done" && outcome?.status !== "ended-by-limit") stop.abort();
    ended(outcome);
    if (outcome === undefined) await controls.catch(() => {});
  }
  const open = await controls.catch((error: Error) => new Map(plan.runs.map(({ job }) => [job.hash, error.message])));
  const standings = standingsOf(plan, folder, open, signal.aborted);
  return { ...outcome, summary: judgedWithControls(folder, outcome.summary, standings) };
}

/** In the order of the plan, whatever the order in which they ended. */
function standingsOf(
  { runs, absent }: ControlPlan,
  folder: string,
  open: ReadonlyMap<string, string>,
  stopped: boolean,
): ControlStanding[] {
  const ran = runs.map(({ name, job: { place, hash } }): ControlStanding => {
    const { status, manifest } = stateIn(join(folder, place), hash);
    const own = { name, folder: place, scenarioSha256: hash };
    if (status !== "open") return { ...own, status: manifest.status as "done", ...messageOf(manifest.message) };
    return { ...own, status: stopped ? "stopped" : "failed", ...messageOf(open.get(hash)) };
  });
  const none = absent.map(({ name, reason }): ControlStanding => {
    return { name, folder: null, scenarioSha256: null, status: "absent", message: reason };
  });
  return [...ran, ...none];
}

function messageOf(message: string | undefined): { readonly message?: string } {
  return message === undefined ? {} : { message };
}
