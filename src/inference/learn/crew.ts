import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Samples } from "../forest/samples.js";
import type { ContributionSettings } from "./contribution.js";
import { type Outcome, type Part, type Task, type TaskName, taskDone } from "./task.js";

/** Who grows the forests. All crews give the same bits. */
export interface Crew {
  /**
   * Does one task a part, and gives the outcomes in the order of the parts.
   * @param done is told after each task how many are done.
   * @throws what the first task that fails threw, by its message.
   */
  all<Name extends TaskName>(
    name: Name,
    samples: Samples,
    settings: ContributionSettings,
    parts: readonly Part<Name>[],
    done?: (count: number) => void,
  ): Promise<Outcome<Name>[]>;
  /** Due at the end: threads that wait for tasks keep the program alive. */
  close(): Promise<void>;
}

/** What a thread answers: the outcome, or why there is none. */
export type Answer = { readonly ok: true; readonly outcome: unknown } | { readonly ok: false; readonly reason: string };

/** Everything in this thread, one task after another. */
export const oneThread: Crew = {
  all: async (name, samples, settings, parts, done = () => undefined) =>
    parts.map((part, k) => {
      const outcome = taskDone({ name, samples, settings, part });
      done(k + 1);
      return outcome;
    }),
  close: async () => undefined,
};

/** So many threads beside this one; they start with the first tasks. With one job everything stays in this thread. */
export function crewOf(jobs: number): Crew {
  if (jobs <= 1) return oneThread;
  const threads: Worker[] = [];
  return {
    async all(name, samples, settings, parts, done = () => undefined) {
      while (threads.length < Math.min(jobs, parts.length)) threads.push(started());
      const outcomes = new Array(parts.length);
      let [next, count] = [0, 0];
      const work = async (thread: Worker) => {
        while (next < parts.length) {
          const k = next++;
          outcomes[k] = await answered(thread, { name, samples, settings, part: parts[k] });
          done(++count);
        }
      };
      await Promise.all(threads.map(work));
      return outcomes;
    },
    async close() {
      await Promise.all(threads.splice(0).map((thread) => thread.terminate()));
    },
  };
}

/** One task at a time for each thread. */
function answered(thread: Worker, task: Task): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(new Error(`Growing forests in a thread: ${error.message}.`));
    thread.once("error", fail);
    thread.once("message", (answer: Answer) => {
      thread.off("error", fail);
      if (answer.ok) resolve(answer.outcome);
      else reject(new Error(answer.reason));
    });
    thread.postMessage(task);
  });
}

/** The program of a thread: the built one, or the source through tsx where that is what runs. */
function started(): Worker {
  const built = new URL("./crew-thread.js", import.meta.url);
  if (existsSync(fileURLToPath(built))) return new Worker(built);
  const tsx = new URL(
    "dist/esm/api/index.mjs",
    pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json")),
  );
  const source = built.href.replace(/\.js$/, ".ts");
  const code = `import("${tsx}").then(({ register }) => { register(); return import("${source}"); })`;
  return new Worker(code, { eval: true });
}
