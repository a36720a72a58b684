import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import type { WorkerProgram } from "../src/study/sweep/engine.js";

/** A program in a process of its own, and what it said on standard error. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly said: () => string;
}

/** Starts a program with words of its command line. */
export function started(
  { execArgv, module }: Pick<WorkerProgram, "execArgv" | "module">,
  words: readonly string[],
): Started {
  const child = spawn(process.execPath, [...execArgv, module, ...words], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (more) => {
    said += more;
  });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  return { child, ended, said: () => said };
}

/** Waits until something holds. @throws Error after a minute */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited > 60_000) throw new Error(`waited a minute for ${what}`);
    await pause(20);
  }
}
