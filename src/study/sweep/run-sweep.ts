import { join } from "node:path";
import { inFolder } from "../../folder/claim-folder.js";
import { folderKinds } from "../../folder/folder-kind.js";
import { makeFolder } from "../../folder/make-folder.js";
import type { SweepRecord } from "../../result/sweep-folder.js";
import type { Engine, Watch } from "./engine.js";
import { gather } from "./gather.js";
import { type Job, jobOf, runState } from "./job.js";
import type { Sweep } from "./load.js";

export interface SweepOptions {
  readonly sweep: Sweep;
  readonly folder: string;
  /** Files that the sweep was read from. */
  readonly inputs?: readonly string[];
  readonly engine: Engine;
  /** By hash, what a run costs in any unit: the dearest go first, so that no worker is left alone with one at the end. */
  readonly weights: ReadonlyMap<string, number>;
  readonly watch: Watch;
}

/** The scenarios of a sweep that are still to be computed, dearest first. */
export function openJobs({ runs, scenarioFile }: Sweep, folder: string, weights: ReadonlyMap<string, number>): Job[] {
  const jobs = new Map<string, Job>();
  for (const run of runs)
    if (!jobs.has(run.hash) && runState(folder, run.hash).status === "open")
      jobs.set(run.hash, jobOf(run, scenarioFile));
  const weight = ({ hash }: Job) => weights.get(hash) ?? 0;
  return [...jobs.values()].sort((a, b) => weight(b) - weight(a));
}

/**
 * Computes what is open of a sweep and gathers its table. Runs that are done or have failed are kept as they are.
 * @throws OutputRefused when the folder is another's, or another process is at work in it.
 */
export async function runSweep({ sweep, folder, engine, weights, watch, inputs }: SweepOptions): Promise<SweepRecord> {
  return inFolder(folder, folderKinds.sweep, { ...(inputs && { inputs }) }, async () => {
    makeFolder(join(folder, "runs"));
    const jobs = openJobs(sweep, folder, weights);
    const open = jobs.length === 0 ? new Map<string, string>() : await engine(jobs, watch);
    return gather(sweep, folder, open);
  });
}
