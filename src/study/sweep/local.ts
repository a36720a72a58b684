import type { Engine, Watch, WorkerProgram } from "./engine.js";
import type { Ended, Job } from "./job.js";
import { startWorker, type WorkerProcess } from "./worker-process.js";

export interface LocalOptions {
  readonly program: WorkerProgram;
  /** Folder of the sweep. */
  readonly folder: string;
  /** Workers at a time. */
  readonly workers: number;
  /** Work beside the workers: where it ends, its place is one more worker's. */
  readonly beside?: Promise<unknown>;
}

/** Times that a run is taken before the sweep goes on without it, as it may be what kills the workers. */
const mostTries = 5;

interface Queue {
  readonly waiting: Job[];
  readonly tries: Map<string, number>;
  /** By hash, why a job is still open. */
  readonly open: Map<string, string>;
  /** Workers in a row that ended before they were ready. */
  stillborn: number;
}

/**
 * A pool of child processes on this machine. Processes rather than threads: one that runs out of memory or is killed
 * takes nothing with it but its present run, which is taken again from its checkpoint.
 */
export function localEngine(options: LocalOptions): Engine {
  return async (jobs, watch) => {
    const queue: Queue = { waiting: [...jobs], tries: new Map(), open: new Map(), stillborn: 0 };
    const broken = new AbortController();
    const signal = AbortSignal.any([watch.signal, broken.signal]);
    const place = () =>
      employ(queue, options, { ...watch, signal }).catch((error: unknown) => {
        broken.abort();
        throw error;
      });
    const places = Array.from({ length: Math.min(options.workers, jobs.length) }, place);
    if (options.beside) places.push(options.beside.then(place, place));
    for (const end of await Promise.allSettled(places)) if (end.status === "rejected") throw end.reason;
    for (const { hash } of queue.waiting) queue.open.set(hash, "stopped on request");
    return queue.open;
  };
}

/** One place of the pool: a worker after another until no job is waiting. */
async function employ(queue: Queue, { program, folder }: LocalOptions, watch: Watch): Promise<void> {
  while (queue.waiting.length > 0 && !watch.signal.aborted) {
    const worker = startWorker(program, folder);
    const stop = () => worker.stop();
    watch.signal.addEventListener("abort", stop);
    try {
      queue.stillborn = (await worker.ready) ? 0 : queue.stillborn + 1;
      if (queue.stillborn >= mostTries) throw new Error(stillbornMessage(program));
      if (queue.stillborn === 0) await workOff(queue, worker, watch);
    } finally {
      watch.signal.removeEventListener("abort", stop);
      worker.dismiss();
    }
  }
}

function stillbornMessage({ module }: WorkerProgram): string {
  return `Starting workers of a sweep: ${mostTries} in a row ended before they were ready; see whether "node ${module} --version" works.`;
}

/** Hands a worker jobs until none is waiting or it dies. */
async function workOff(queue: Queue, worker: WorkerProcess, watch: Watch): Promise<void> {
  for (;;) {
    const job = watch.signal.aborted ? undefined : queue.waiting.shift();
    if (!job) return;
    const answer = await worker.compute(job, (share) => watch.share(job.hash, share));
    if ("died" in answer) return bury(queue, job, answer.died, watch);
    conclude(queue, job, answer, watch);
  }
}

function conclude(queue: Queue, job: Job, { status, message }: Ended, watch: Watch): void {
  const { hash } = job;
  if (status === "stopped" || status === "refused") queue.open.set(hash, message ?? status);
  const byMachine = status === "stopped" && !watch.signal.aborted;
  if (status === "refused" || status === "failed" || byMachine) watch.say(`${called(job)} ${status}: ${message}`);
  if (status !== "stopped") watch.share(hash, 1);
}

function called({ hash, name }: Job): string {
  return `Run ${name ?? hash.slice(0, 12)}`;
}

/** A run whose worker died is the next to be taken, unless it has had its tries. */
function bury(queue: Queue, job: Job, how: string, watch: Watch): void {
  const tries = (queue.tries.get(job.hash) ?? 0) + 1;
  queue.tries.set(job.hash, tries);
  const what = `The worker at ${called(job).replace(/^R/, "r")} ended by ${how}`;
  if (watch.signal.aborted) queue.open.set(job.hash, "stopped on request");
  else if (tries < mostTries) {
    watch.say(`${what}; the run is taken again.`);
    queue.waiting.unshift(job);
  } else {
    watch.say(`${what}, the ${tries}th time; going on without it.`);
    queue.open.set(job.hash, `its workers ended ${tries} times, last by ${how}`);
    watch.share(job.hash, 1);
  }
}
