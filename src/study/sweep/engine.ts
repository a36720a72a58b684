import type { Job } from "./job.js";

/** A program that can be started as a worker: `node …execArgv module …words`. */
export interface WorkerProgram {
  readonly module: string;
  readonly execArgv: readonly string[];
}

/** What an engine tells while it works. */
export interface Watch {
  /** Aborted: stop, keeping what was computed. */
  readonly signal: AbortSignal;
  /** Share of a run that is done, in [0, 1]; 1 when it has ended, whatever the way. */
  readonly share: (hash: string, share: number) => void;
  readonly say: (text: string) => void;
}

/**
 * Sees to it that every job has been computed, or has failed for a reason of its own; the folders of the runs say which.
 * @returns by hash, why a job is still open; empty when none is.
 */
export type Engine = (jobs: readonly Job[], watch: Watch) => Promise<ReadonlyMap<string, string>>;
