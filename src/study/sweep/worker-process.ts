import { fork } from "node:child_process";
import type { WorkerProgram } from "./engine.js";
import type { Ended, Job } from "./job.js";

/** What the sweep tells a worker. */
export type ToWorker = { readonly take: Job } | { readonly stop: true };

/** What a worker tells the sweep. */
export type FromWorker =
  | { readonly ready: true }
  | { readonly hash: string; readonly share: number }
  | { readonly hash: string; readonly ended: Ended };

/** A worker as the sweep sees it: a process that computes one run after another until it is dismissed, or dies. */
export interface WorkerProcess {
  /** Whether it came to life. */
  readonly ready: Promise<boolean>;
  /** One job at a time. `died` says how, when the process ended before the job. */
  compute(job: Job, onShare: (share: number) => void): Promise<Ended | { readonly died: string }>;
  /** Asks it to end its present job at the next step. */
  stop(): void;
  /** Lets it go; it ends by itself. */
  dismiss(): void;
}

export function startWorker({ module, execArgv }: WorkerProgram, folder: string): WorkerProcess {
  const child = fork(module, ["sweep-worker", folder], {
    execArgv: [...execArgv],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const died = new Promise<string>((resolve) => {
    child.on("exit", (code, signal) => resolve(signal ?? `exit status ${code}`));
    child.on("error", (error) => resolve(error.message));
  });
  const hear = <T>(wanted: (message: FromWorker) => T | undefined) =>
    new Promise<T>((resolve) => {
      const listen = (message: FromWorker) => {
        const found = wanted(message);
        if (found === undefined) return;
        child.off("message", listen);
        resolve(found);
      };
      child.on("message", listen);
    });
  const send = (message: ToWorker) => {
    if (child.connected) child.send(message, () => {});
  };
  return {
    ready: Promise.race([hear((message) => ("ready" in message ? true : undefined)), died.then(() => false)]),
    compute(job, onShare) {
      const ended = hear((message) => {
        if ("share" in message && message.hash === job.hash) onShare(message.share);
        return "ended" in message && message.hash === job.hash ? message.ended : undefined;
      });
      send({ take: job });
      return Promise.race([ended, died.then((how) => ({ died: how }))]);
    },
    stop: () => send({ stop: true }),
    dismiss() {
      if (child.connected) child.disconnect();
    },
  };
}
