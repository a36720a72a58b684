import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { WorkerProgram } from "../study/sweep/engine.js";

/** This program as a worker: the built one, or the source through tsx where that is what runs. */
export function ownProgram(): WorkerProgram {
  const built = fileURLToPath(new URL("./main.js", import.meta.url));
  if (existsSync(built)) return { module: built, execArgv: [] };
  return { module: built.replace(/\.js$/, ".ts"), execArgv: ["--import", import.meta.resolve("tsx")] };
}
