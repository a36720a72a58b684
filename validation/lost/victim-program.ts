import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { WorkerProgram } from "../../src/study/sweep/engine.js";

/** Variables of the environment: the fault in JSON, and the file that takes the number of calls it might have met. */
export const [faultVariable, countVariable] = ["SYNCHRODE_FAULT", "SYNCHRODE_FAULT_CALLS"] as const;

/** A program of this folder: the built one, or the source through tsx where that is what runs. */
function programOf(name: "victim" | "lane"): WorkerProgram {
  const built = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  if (existsSync(built)) return { module: built, execArgv: [] };
  return { module: built.replace(/\.js$/, ".ts"), execArgv: ["--import", import.meta.resolve("tsx")] };
}

export const victimProgram = (): WorkerProgram => programOf("victim");
export const laneProgram = (): WorkerProgram => programOf("lane");
