import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { KernelMode } from "../../kernel/device.js";
import type { ModeSolving } from "../model/mode-solver.js";
import { factorTwisted, type RadialShape } from "./radial-solve.js";
import type { RadialTask, Shared } from "./radial-task.js";
import { answerIn, awaited, PENDING, sharedAnswer } from "./waiting.js";

/**
 * Radial systems solved by gpu.js in single precision. gpu.js answers later, and Newton's method cannot wait for a promise: the
 * kernels live in a thread of their own, and this one stands still until they are done.
 */
export interface RadialKernels {
  /** What computes, as gpu.js says after a trial, and why it is not what was asked for. */
  readonly ran: { readonly mode: string; readonly reason?: string };
  /** For one network. */
  readonly solving: ModeSolving;
  close(): void;
}

/** ms */
const [openingLimit, taskLimit] = [60_000, 120_000];

/** @throws Error saying what is missing where gpu.js does not run in this mode. */
export function radialKernels(mode: KernelMode): RadialKernels {
  const buffer = sharedAnswer();
  const answer = answerIn(buffer);
  const thread = started(buffer);
  thread.unref();
  const ask = (task: RadialTask, limit = taskLimit): string => {
    Atomics.store(answer.state, 0, PENDING);
    thread.postMessage(task);
    return awaited(answer, `Kernels on ${mode}, task ${task.kind}`, limit);
  };
  const close = (): void => thread.postMessage({ kind: "close" } satisfies RadialTask);
  const opened = (): RadialKernels["ran"] => {
    try {
      return JSON.parse(ask({ kind: "open", mode }, openingLimit));
    } catch (error) {
      void thread.terminate();
      throw error;
    }
  };
  const ran = opened();
  return { ran, close, solving: solvingBy(ask, ran.mode) };
}

/** @param mode what gpu.js ran in the trial; a change of mind later is an error, not a footnote. */
function solvingBy(ask: (task: RadialTask) => string, mode: string): ModeSolving {
  return (modes) => {
    const { particles, nodes } = modes[0];
    const shape: RadialShape = { nodes, particles, modes: modes.length };
    const shared = sharedArrays(modes.length * nodes * particles);
    ask({ kind: "shape", shape, shared });
    return {
      take: () => {
        modes.forEach(({ matrices }, m) => {
          factorTwisted(shape, m, matrices, shared);
        });
        ask({ kind: "take" });
      },
      solve: (rhs, out) => {
        shared.values.set(rhs);
        const now = ask({ kind: "solve" });
        if (now !== mode)
          throw new Error(`Solving the radial systems: gpu.js went from ${mode} to ${now}. Run with --backend auto.`);
        out.set(shared.values);
      },
    };
  };
}

function sharedArrays(length: number): Shared {
  const array = (): Float32Array => new Float32Array(new SharedArrayBuffer(4 * length));
  return { outward: array(), inward: array(), inverse: array(), values: array() };
}

/** The thread of the kernels: the built program, or the source through tsx where that is what runs. */
function started(workerData: SharedArrayBuffer): Worker {
  const built = new URL("./radial-thread.js", import.meta.url);
  if (existsSync(fileURLToPath(built))) return new Worker(built, { workerData });
  const tsx = new URL(
    "dist/esm/api/index.mjs",
    pathToFileURL(createRequire(import.meta.url).resolve("tsx/package.json")),
  );
  const source = built.href.replace(/\.js$/, ".ts");
  const code = `import("${tsx}").then(({ register }) => { register(); return import("${source}"); })`;
  return new Worker(code, { eval: true, workerData });
}
