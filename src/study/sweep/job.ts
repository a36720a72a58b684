import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Frame } from "../../fem/model/frame.js";
import { claimFolder, type FolderClaim } from "../../folder/claim-folder.js";
import { folderKinds } from "../../folder/folder-kind.js";
import { isPassing } from "../../folder/machine-failure.js";
import { FolderBusy } from "../../folder/refused.js";
import type { SavedPlace } from "../../result/checkpoint.js";
import { type Backend, type Manifest, readManifest, scenarioHash } from "../../result/manifest.js";
import { readPlace } from "../../result/series.js";
import { readLayered } from "../../scenario/base.js";
import { disk } from "../../scenario/disk.js";
import { withInputs } from "../../scenario/load.js";
import { resolveLayered } from "../../scenario/read.js";
import type { Scenario } from "../../scenario/scenario.js";
import { version } from "../../scenario/version.js";
import { type RunOptions, runScenario } from "../run.js";
import type { SweepRun } from "./load.js";
import { type PlainSetting, placedSetting, plainSetting, withSettings } from "./setting.js";

/** A scenario to be run, as it travels to another process. */
export interface Job {
  readonly hash: string;
  readonly scenarioFile: string;
  readonly settings: readonly PlainSetting[];
  /** Where its results are kept in the folder of the study; `runs/HASH` unless given. */
  readonly place?: string;
  /** What messages call it; its hash unless given. */
  readonly name?: string;
}

/** Where the results of a job are kept. */
export function jobFolder(folder: string, { hash, place }: Pick<Job, "hash" | "place">): string {
  return place === undefined ? runFolder(folder, hash) : join(folder, place);
}

export function jobOf({ hash, settings }: Pick<SweepRun, "hash" | "settings">, scenarioFile: string): Job {
  return { hash, scenarioFile, settings: settings.map(plainSetting) };
}

/** Where the results of a scenario are kept in the folder of a sweep. */
export function runFolder(folder: string, hash: string): string {
  return join(folder, "runs", hash);
}

/** What is known of a run: finished, failed for a reason of its own, or still to be computed. */
export type RunState =
  | { readonly status: "done" | "failed"; readonly manifest: Manifest }
  | { readonly status: "open"; readonly manifest: Manifest | undefined };

/** The state of a run by its manifest; one that was stopped or killed is open. */
export function runState(folder: string, hash: string): RunState {
  return stateIn(runFolder(folder, hash), hash);
}

/** As `runState`, of the folder of a run itself. */
export function stateIn(folder: string, hash: string): RunState {
  const manifest = readManifest(folder);
  if (manifest?.scenarioSha256 !== hash) return { status: "open", manifest: undefined };
  const { status } = manifest;
  if (status === "ended-by-limit") return { status: "failed", manifest };
  return status === "done" || status === "failed" ? { status, manifest } : { status: "open", manifest };
}

/** What computes a run. */
export interface Work extends Pick<RunOptions, "start" | "encodeFields"> {
  readonly backend: Backend;
  /** A queue has seen to it that whoever computed the run on another machine has ended. */
  readonly othersEnded?: boolean;
}

export interface Ended {
  /** `refused`: it could not even begin, and nothing was written. */
  readonly status: "done" | "failed" | "stopped" | "refused";
  readonly message?: string;
}

/**
 * Computes a run into its folder, from its checkpoint when there is one. Failures are recorded in its manifest.
 * @param folder of the sweep.
 */
export async function takeJob(
  job: Job,
  folder: string,
  work: Work,
  watch: { readonly signal: AbortSignal; readonly onFrame?: (scenario: Scenario, frame: Frame) => void },
): Promise<Ended> {
  const layered = withSettings(readLayered(disk, job.scenarioFile), job.settings.map(placedSetting));
  const loaded = withInputs(resolveLayered(disk, layered, job.scenarioFile));
  const { scenario } = loaded;
  if (scenarioHash(scenario) !== job.hash)
    return { status: "refused", message: `${job.scenarioFile} has changed since it was read` };
  const own = jobFolder(folder, job);
  const claim = await free(own, work.othersEnded ?? false);
  if (typeof claim === "string") return { status: "refused", message: claim };
  const { signal, onFrame } = watch;
  try {
    const from = savedPlace(own, job.hash);
    const { status, message } = await runScenario({
      ...loaded,
      ...work,
      scenarioFile: job.scenarioFile,
      folder: own,
      signal,
      ...(onFrame ? { onFrame: (frame: Frame) => onFrame(scenario, frame) } : {}),
      ...(from ? { from } : {}),
    });
    // What is swept is compared over whole protocols: a run that could not pass its own is left out, with its reason.
    return {
      status: status === "ended-by-limit" ? "failed" : status,
      ...(message === undefined ? {} : { message }),
    };
  } catch (error) {
    return { status: isPassing(error) ? "stopped" : "failed", message: (error as Error).message };
  } finally {
    claim.release();
  }
}

/** Waits for a worker of an earlier sweep to see that it is alone; why it cannot be taken if it does not. */
async function free(folder: string, othersEnded: boolean, patience = 30): Promise<FolderClaim | string> {
  for (let waited = 0; ; waited += 0.1) {
    try {
      return claimFolder(folder, folderKinds.run, { othersEnded });
    } catch (error) {
      if (!(error instanceof FolderBusy)) throw error;
      if (waited > patience) return error.message;
    }
    await pause(100);
  }
}

/**
 * A checkpoint that is damaged or of another scenario counts as none: the run begins anew. One that the machine cannot
 * read at present stays.
 */
function savedPlace(folder: string, hash: string): SavedPlace | undefined {
  try {
    const place = readPlace(folder);
    return place?.scenarioSha256 === hash && place.version === version() ? place : undefined;
  } catch (error) {
    if (isPassing(error)) throw error;
    return undefined;
  }
}
