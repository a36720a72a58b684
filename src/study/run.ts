import { join } from "node:path";
import { setImmediate as breath } from "node:timers/promises";
import {
  type Checkpoint,
  CheckpointMisfit,
  type Ending,
  type Frame,
  isMeshed,
  type Simulation,
} from "../fem/model/frame.js";
import { clearFolder } from "../folder/clear-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { isPassing } from "../folder/machine-failure.js";
import { OutputRefused } from "../folder/refused.js";
import { type SavedPlace, sameState, writeCheckpoint } from "../result/checkpoint.js";
import { scalesOf } from "../result/clock.js";
import { type FieldEncoder, fieldDue, fieldFiles } from "../result/field-files.js";
import { type Backend, extensibleHash, readManifest, type Status, scenarioHash } from "../result/manifest.js";
import { readSteps } from "../result/read-steps.js";
import { runFiles } from "../result/result-files.js";
import { writeParticles } from "../result/run-particles.js";
import { openSeries, type Series } from "../result/series.js";
import { openSession, type Session } from "../result/session.js";
import { type Summary, summarise, writeSummary } from "../result/summary.js";
import type { InputFile } from "../scenario/input-file.js";
import type { Scenario } from "../scenario/scenario.js";
import { version } from "../scenario/version.js";
import type { Given } from "./simulation.js";

/**
 * Prepares a simulation; with a checkpoint, one that goes on from there in the same bits. A network's radial systems are
 * solved as given, and laws may be given as values.
 */
export type Start = (scenario: Scenario, from?: Checkpoint, given?: Given) => Simulation;

export interface RunOptions {
  readonly scenario: Scenario;
  readonly scenarioFile: string;
  readonly inputs: readonly InputFile[];
  readonly folder: string;
  readonly start: Start;
  readonly encodeFields: FieldEncoder;
  readonly backend: Backend;
  /** Where to go on; without it, results in the folder are replaced. */
  readonly from?: SavedPlace;
  /** Stops the run at the next frame. */
  readonly signal?: AbortSignal;
  readonly onPrepared?: (simulation: Simulation) => void;
  /** When the simulation stands and earlier results are gone, before the first step. */
  readonly onBegun?: () => void;
  readonly onFrame?: (frame: Frame) => void;
}

export interface RunOutcome {
  readonly status: Exclude<Status, "running">;
  readonly message?: string;
  readonly summary: Summary;
}

/**
 * Runs a scenario into a results folder. What was computed is kept however the run ends, and the manifest says how:
 * `ended-by-limit` where the cell can pass no more, `failed` for a numerical failure or an error while stepping, `stopped`
 * for the signal and for a machine that has no room.
 *
 * The order: the simulation is prepared; the manifest says `running`; the old checkpoint goes, and is gone for good before
 * the other old results go; then come the steps. So a folder never holds a checkpoint beside series it does not belong to.
 * @param options with a folder that is claimed
 * @throws whatever `start` throws, with the manifest marked `failed` unless that would hide earlier results.
 */
export async function runScenario(options: RunOptions): Promise<RunOutcome> {
  const { folder, from } = options;
  const session = openSession({ ...options, resumes: from !== undefined });
  const simulation = prepared(options, session);
  options.onPrepared?.(simulation);
  session.mark("running");
  if (!from) clearFolder(folder, folderKinds.run, runFiles.checkpoint, [runFiles.manifest]);
  options.onBegun?.();
  try {
    const ended = await follow(simulation, options, session);
    return conclude(ended, simulation, options, session);
  } catch (error) {
    markIfPossible(session, statusAfter(error), (error as Error).message);
    throw error;
  }
}

/**
 * Nothing of earlier results is touched before the simulation stands; a failure is recorded where it does not hide any.
 * @throws OutputRefused when a checkpoint does not fit the simulation
 */
function prepared({ scenario, folder, from, start }: RunOptions, session: Session): Simulation {
  try {
    const simulation = session.timed("prepare", () => start(scenario, from?.state));
    if (from && !sameState(from.state, simulation.checkpoint()))
      throw new CheckpointMisfit("other numbers than it would save");
    return simulation;
  } catch (error) {
    if (error instanceof CheckpointMisfit) throw new OutputRefused(folder, `a checkpoint with ${error.found}`, anew);
    const earlier = readManifest(folder);
    const hides = from !== undefined || (earlier && earlier.scenarioSha256 !== scenarioHash(scenario));
    if (!hides && earlier?.status !== "done") markIfPossible(session, statusAfter(error), (error as Error).message);
    throw error;
  }
}

const anew = "start the run anew without --resume";

/** A machine without room or with a broken disk is no fault of the run: it can go on when that is mended. */
function statusAfter(error: unknown): "stopped" | "failed" {
  return isPassing(error) ? "stopped" : "failed";
}

/** On a full disk the manifest stays as it was: `running`, which counts as open. */
function markIfPossible(session: Session, status: Status, message: string): void {
  try {
    session.mark(status, message);
  } catch {
    // What went wrong first is what a person should read.
  }
}

interface Ended {
  readonly status: RunOutcome["status"];
  readonly message?: string;
}

/** Steps to the end, writing every frame; a checkpoint after every instruction of the protocol. */
async function follow(simulation: Simulation, options: RunOptions, session: Session): Promise<Ended> {
  const { scenario, folder, from } = options;
  const scales = scalesOf(scenario, simulation);
  const series = openSeries(folder, scenario, from?.kept);
  const fields = fieldFiles(folder, options.encodeFields, from?.fields ?? []);
  const due = fieldDue(scenario);
  const identity = {
    scenarioSha256: scenarioHash(scenario),
    extensibleSha256: extensibleHash(scenario),
    repeat: scenario.protocol.repeat,
    version: version(),
  };
  const keep = (frame: Frame) => {
    series.append(frame, scales);
    const file = due(frame);
    if (file !== null && isMeshed(simulation)) fields.write(file, frame.time, simulation.mesh, simulation.fields());
    if (frame.ended === null) return;
    const kept = series.flush();
    const { time, cycle } = frame;
    const place = {
      ...identity,
      kept,
      fields: fields.written,
      cycle,
      time,
    };
    writeCheckpoint(join(folder, runFiles.checkpoint), { ...place, state: simulation.checkpoint() });
  };
  try {
    for (;;) {
      await breath();
      if (options.signal?.aborted) return { status: "stopped", message: "stopped on request" };
      const next = session.timed("solve", () => simulation.advance());
      if ("ok" in next) return endedSo(next);
      session.timed("write", () => keep(next));
      options.onFrame?.(next);
    }
  } catch (error) {
    // No summary can be made, and none could be written, where the machine has no room.
    if (isPassing(error)) throw error;
    return { status: "failed", message: (error as Error).message };
  } finally {
    closeIfPossible(series);
  }
}

/** On a full disk the rows since the checkpoint are lost; they are computed again. */
function closeIfPossible(series: Series): void {
  try {
    series.close();
  } catch {
    // What went wrong before is what a person should read.
  }
}

function endedSo(ending: Ending): Ended {
  if (ending.ok) return { status: "done" };
  const { reason, time, step, cycle } = ending;
  const where = `in cycle ${cycle} at ${time} s after ${step} steps: ${reason}`;
  return ending.limit
    ? { status: "ended-by-limit", message: `The cell came to its limit ${where}` }
    : { status: "failed", message: `The solver gave up ${where}` };
}

/** Writes what is made of the time series as a whole, and the manifest last. */
function conclude(ended: Ended, simulation: Simulation, options: RunOptions, session: Session): RunOutcome {
  const { scenario, folder, backend } = options;
  const unknowns = { ...simulation.unknowns };
  const coverage = [...simulation.coverage];
  const summary = session.timed("summarise", () => {
    const steps = readSteps(folder, coverage.length);
    writeParticles(folder, scenario, simulation, steps);
    return summarise(steps, { scenario, coverage, backend, unknowns, seconds: session.seconds(), ending: ended });
  });
  writeSummary(folder, summary);
  session.mark(ended.status, ended.message);
  return { ...ended, summary };
}
