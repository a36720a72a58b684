import { parentPort, workerData } from "node:worker_threads";
import { type KernelDevice, openDevice } from "../../kernel/device.js";
import { type RadialShape, type RadialSolve, radialSolve, twistedFactors } from "./radial-solve.js";
import type { RadialTask, Shared } from "./radial-task.js";
import { answerIn, DONE, end, FAILED } from "./waiting.js";

/** The program of the thread in which gpu.js solves the radial systems: takes tasks, one at a time, and answers each. */
const answer = answerIn(workerData as SharedArrayBuffer);
let device: KernelDevice | null = null;
let radial: { readonly shared: Shared; readonly solve: RadialSolve } | null = null;

parentPort!.on("message", async (task: RadialTask) => {
  try {
    end(answer, DONE, await done(task));
  } catch (error) {
    end(answer, FAILED, (error as Error).message);
  }
});

async function done(task: RadialTask): Promise<string> {
  switch (task.kind) {
    case "open":
      device = await openDevice(task.mode);
      return JSON.stringify(await tried(device));
    case "shape":
      radial = { shared: task.shared, solve: radialSolve(device!, task.shape) };
      return "";
    case "take":
      await radial!.solve.take(radial!.shared);
      return "";
    case "solve":
      await radial!.solve.solve(radial!.shared.values, radial!.shared.values);
      return radial!.solve.ran().mode;
    case "close":
      await device?.close();
      parentPort!.close();
      return "";
  }
}

/** What really runs: one identity solved, big enough to be shared out among threads, and what gpu.js says of it. */
async function tried(opened: KernelDevice): Promise<ReturnType<RadialSolve["ran"]>> {
  const shape: RadialShape = { nodes: 2, particles: 4096, modes: 1 };
  const factors = twistedFactors(shape);
  factors.inverse.fill(1);
  const values = new Float32Array(factors.inverse.length).map((_, i) => i);
  const found = new Float32Array(values.length);
  const trial = radialSolve(opened, shape);
  await trial.take(factors);
  await trial.solve(values, found);
  const wrong = found.findIndex((value, i) => value !== values[i]);
  if (wrong >= 0)
    throw new Error(`gpu.js on ${opened.mode} gave ${found[wrong]} for ${values[wrong]} in a first trial`);
  return trial.ran();
}
