import { parentPort } from "node:worker_threads";
import type { Answer } from "./crew.js";
import { type Task, taskDone } from "./task.js";

/** The program of a thread that grows forests: takes tasks, one at a time, and answers each. */
parentPort!.on("message", (task: Task) => parentPort!.postMessage(answerTo(task)));

function answerTo(task: Task): Answer {
  try {
    return { ok: true, outcome: taskDone(task) };
  } catch (error) {
    return { ok: false, reason: (error as Error).message };
  }
}
