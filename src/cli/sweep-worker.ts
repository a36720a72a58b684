import { Command } from "commander";
import type { Frame } from "../fem/model/frame.js";
import { fileText } from "../folder/read-file.js";
import type { Scenario } from "../scenario/scenario.js";
import { chooseBackend } from "../study/backend.js";
import { type Ended, type Job, runState, takeJob, type Work } from "../study/sweep/job.js";
import type { FromWorker, ToWorker } from "../study/sweep/worker-process.js";
import type { Collaborators } from "./collaborators.js";
import { CommandFailed } from "./failure.js";
import { shareDone } from "./progress.js";
import type { Terminal } from "./terminal.js";

interface Options {
  readonly jobs?: string;
  readonly task?: string;
  readonly of?: string;
}

/**
 * `synchrode sweep-worker`: computes runs of a sweep. Started by the engines of `synchrode sweep`, not by people: with
 * a channel to its parent it takes what it is sent; with `--jobs` it takes its share of a file of jobs.
 */
export function sweepWorkerCommand(terminal: Terminal, collaborators: Collaborators): Command {
  const work: Work = { ...collaborators, backend: chooseBackend("auto") };
  return new Command("sweep-worker")
    .description("compute runs of a sweep (started by synchrode sweep)")
    .argument("<folder>", "folder of the sweep")
    .option("--jobs <file>", "file with jobs, a list in JSON")
    .option("--task <number>", "which share of the jobs, from 0", "0")
    .option("--of <number>", "number of shares", "1")
    .action((folder: string, options: Options) =>
      options.jobs === undefined ? serve(folder, work) : takeShare(folder, options, work, terminal),
    );
}

/** Takes jobs from the parent until it hangs up; a hang-up in the middle of a job ends the process there and then. */
function serve(folder: string, work: Work): Promise<void> {
  if (!process.send) throw new CommandFailed(2, "A sweep worker is started by synchrode sweep, or with --jobs.");
  // A parent that is gone cannot be told; `disconnect` ends this process.
  const tell = (message: FromWorker) => process.send!(message, undefined, undefined, () => {});
  let controller = new AbortController();
  let busy = false;
  // Ctrl-C reaches the whole group of processes; the parent says when to stop.
  process.on("SIGINT", () => {});
  return new Promise((resolve) => {
    process.on("disconnect", () => (busy ? process.exit(1) : resolve()));
    process.on("message", async (message: ToWorker) => {
      if ("stop" in message) return controller.abort();
      [busy, controller] = [true, new AbortController()];
      const { hash } = message.take;
      const onFrame = occasionally((share) => tell({ hash, share }));
      const ended = await attempt(message.take, folder, work, { signal: controller.signal, onFrame });
      busy = false;
      if (process.connected) tell({ hash, ended });
    });
    tell({ ready: true });
  });
}

/** A job of which not even a manifest could be written is refused rather than thrown. */
async function attempt(job: Job, folder: string, work: Work, watch: Parameters<typeof takeJob>[3]): Promise<Ended> {
  try {
    return await takeJob(job, folder, work, watch);
  } catch (error) {
    return { status: "refused", message: (error as Error).message };
  }
}

/** Tells the share done at most once a second. */
function occasionally(tell: (share: number) => void): (scenario: Scenario, frame: Frame) => void {
  let last = performance.now();
  let share: ((frame: Frame) => number) | undefined;
  return (scenario, frame) => {
    share ??= shareDone(scenario);
    const now = share(frame);
    if (performance.now() - last < 1000) return;
    last = performance.now();
    tell(now);
  };
}

/** Every `of`-th job of the file, beginning with the `task`-th; SIGTERM stops at the next step, a second one at once. */
async function takeShare(folder: string, { jobs, task, of }: Options, work: Work, terminal: Terminal): Promise<void> {
  const all = JSON.parse(fileText(jobs!)) as readonly Job[];
  const own = all.filter((_, index) => index % Number(of) === Number(task));
  const controller = new AbortController();
  process.once("SIGTERM", () => controller.abort());
  for (const job of own) {
    if (controller.signal.aborted || runState(folder, job.hash).status !== "open") continue;
    const { status, message } = await attempt(
      job,
      folder,
      { ...work, othersEnded: true },
      { signal: controller.signal },
    );
    terminal.err(`${job.hash}: ${status}${message === undefined ? "" : `: ${message}`}`);
  }
  if (controller.signal.aborted) throw new CommandFailed(1, "Stopped on request.");
}
