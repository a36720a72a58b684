import { execFile } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { writeAtomically } from "../../folder/atomic-file.js";
import { makeFolder } from "../../folder/make-folder.js";
import { fileBytesIfThere } from "../../folder/read-file.js";
import type { Engine, Watch, WorkerProgram } from "./engine.js";
import { type Job, runState } from "./job.js";

export interface SlurmOptions {
  readonly program: WorkerProgram;
  /** Folder of the sweep; the nodes of the cluster must see it under the same path. */
  readonly folder: string;
  /** Most tasks at a time; undefined leaves it to the cluster. */
  readonly workers?: number;
  /** s between two looks at the queue. */
  readonly interval: number;
}

/** Submissions of what is left before the sweep goes on without it. */
const mostTries = 5;

/** Tasks of one array: Slurm's usual limit is 1001. Further jobs are shared out among them. */
const mostTasks = 1000;

/** Looks in a row that the queue may leave unanswered. */
const mostSilence = 60;

const execute = promisify(execFile);

/**
 * A job array on a Slurm cluster, one task a run. Its end is seen in the queue and in the folders of the runs, so that no
 * accounting is needed. Tasks that were killed, or ended by a limit of time, leave open runs: these are submitted again
 * and go on from their checkpoints. Partition, account and limits come from sbatch's own environment (SBATCH_PARTITION …).
 */
export function slurmEngine(options: SlurmOptions): Engine {
  return async (jobs, watch) => {
    const { folder } = options;
    makeFolder(join(folder, "slurm"));
    let array = submitted(folder);
    if (array !== undefined) watch.say(`Following job ${array}, submitted by an earlier sweep.`);
    for (let tries = 0; ; tries++) {
      if (array !== undefined) await follow(array, jobs, options, watch);
      const left = jobs.filter(({ hash }) => runState(folder, hash).status === "open");
      if (watch.signal.aborted) return stopped(left, array, watch);
      rmSync(join(folder, "slurm", "job"), { force: true });
      if (left.length === 0) return new Map();
      if (tries === mostTries) return new Map(left.map(({ hash }) => [hash, `still open after ${tries} job arrays`]));
      array = await submit(left, options);
      watch.say(`Submitted job ${array}: ${left.length} runs.`);
    }
  };
}

function stopped(left: readonly Job[], array: string | undefined, watch: Watch): ReadonlyMap<string, string> {
  if (left.length > 0 && array !== undefined)
    watch.say(`Job ${array} goes on in the queue; --resume follows it again, scancel ${array} ends it.`);
  return new Map(left.map(({ hash }) => [hash, "in the queue"]));
}

/** The job of an earlier sitting, undefined when it had seen the end of it. */
function submitted(folder: string): string | undefined {
  return fileBytesIfThere(join(folder, "slurm", "job"))
    ?.toString("utf8")
    .trim();
}

async function submit(jobs: readonly Job[], options: SlurmOptions): Promise<string> {
  const own = join(options.folder, "slurm");
  const [file, script] = freshNames(own);
  writeAtomically(file, `${JSON.stringify(jobs, null, 1)}\n`);
  writeAtomically(script, arrayScript(jobs.length, file, options));
  try {
    const { stdout } = await execute("sbatch", ["--parsable", script]);
    const array = stdout.trim().split(";")[0];
    if (!/^\d+$/.test(array)) throw new Error(`it answered ${stdout.trim() || "nothing"}`);
    writeAtomically(join(own, "job"), `${array}\n`);
    return array;
  } catch (error) {
    throw new Error(`Submitting ${script} by sbatch: ${reasonOf(error)}`);
  }
}

/** An array that the queue starts again must find its own jobs, so that each submission has its own files. */
function freshNames(own: string): [file: string, script: string] {
  let count = 1;
  while (existsSync(join(own, `jobs-${count}.json`))) count += 1;
  return [join(own, `jobs-${count}.json`), join(own, `array-${count}.sh`)];
}

/** The batch script: task k of n takes jobs k, k + n, … of the file. */
export function arrayScript(jobs: number, file: string, { program, folder, workers }: SlurmOptions): string {
  const tasks = Math.min(jobs, mostTasks);
  const own = resolve(folder, "slurm");
  const words = [process.execPath, ...program.execArgv, resolve(program.module), "sweep-worker", resolve(folder)];
  const throttle = workers === undefined ? "" : `%${workers}`;
  return [
    "#!/bin/bash",
    "#SBATCH --job-name=synchrode-sweep",
    `#SBATCH --array=0-${tasks - 1}${throttle}`,
    "#SBATCH --ntasks=1",
    "#SBATCH --cpus-per-task=1",
    `#SBATCH --chdir=${process.cwd()}`,
    `#SBATCH --output=${own}/%A_%a.log`,
    // SIGTERM a minute before a limit of time, to the worker itself: it stops at the next step.
    "#SBATCH --signal=B:TERM@60",
    `exec ${[...words, "--jobs", resolve(file)].map(quoted).join(" ")} --task "$SLURM_ARRAY_TASK_ID" --of ${tasks}`,
    "",
  ].join("\n");
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Waits until no task of the array is in the queue, or for the signal. */
async function follow(array: string, jobs: readonly Job[], options: SlurmOptions, watch: Watch): Promise<void> {
  const ended = new Set<string>();
  for (let silent = 0; !watch.signal.aborted; ) {
    const queue = await tasksInQueue(array);
    silent = queue.answered ? 0 : silent + 1;
    if (!queue.answered && silent > mostSilence) throw new Error(`Following job ${array} by squeue: ${queue.reason}`);
    for (const { hash } of jobs) {
      if (ended.has(hash)) continue;
      const { status, manifest } = runState(options.folder, hash);
      if (status === "open") continue;
      ended.add(hash);
      if (status === "failed") watch.say(`Run ${hash.slice(0, 12)} failed: ${manifest?.message}`);
      watch.share(hash, 1);
    }
    if (queue.answered && queue.tasks === 0) return;
    await pause(1000 * options.interval, undefined, { signal: watch.signal }).catch(() => {});
  }
}

type Queue =
  | { readonly answered: true; readonly tasks: number }
  | { readonly answered: false; readonly reason: string };

/** Slurm forgets jobs some minutes after their end, and then calls their number invalid. */
async function tasksInQueue(array: string): Promise<Queue> {
  try {
    const { stdout } = await execute("squeue", ["--noheader", "--array", "--format=%i", `--jobs=${array}`]);
    return { answered: true, tasks: stdout.split("\n").filter((line) => line.trim() !== "").length };
  } catch (error) {
    const reason = reasonOf(error);
    return /invalid job id/i.test(reason) ? { answered: true, tasks: 0 } : { answered: false, reason };
  }
}

function reasonOf(error: unknown): string {
  const { stderr, code, message } = error as { stderr?: string; code?: unknown; message: string };
  if (code === "ENOENT") return "no such command; is Slurm installed here?";
  return stderr?.trim() || message;
}
