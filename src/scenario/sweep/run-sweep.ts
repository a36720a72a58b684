import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Engine, Watch } from "./engine.js";
import { gather, type SweepRecord } from "./gather.js";
import { type Job, jobOf, runState } from "./job.js";
import type { Sweep } from "./load.js";
import { releaseLock, takeLock } from "./lock.js";

export interface SweepOptions {
  readonly sweep: Sweep;
  readonly folder: string;
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
 * @throws Error when another process is at work on the same folder.
 */
export async function runSweep({ sweep, folder, engine, weights, watch }: SweepOptions): Promise<SweepRecord> {
  mkdirSync(join(folder, "runs"), { recursive: true });
  const lock = join(folder, "sweep.lock");
  const holder = takeLock(lock);
  if (holder)
    throw new Error(
      `Beginning a sweep in ${folder}: process ${holder.pid} is at work there; wait for it, or give another --out.`,
    );
  try {
    const jobs = openJobs(sweep, folder, weights);
    const open = jobs.length === 0 ? new Map<string, string>() : await engine(jobs, watch);
    return gather(sweep, folder, open);
  } finally {
    releaseLock(lock);
  }
}
