import { existsSync } from "node:fs";
import { join } from "node:path";

/** The folder of measured data beside the repository, or wherever `SYNCHRODE_DATA` says. */
export function dataFolder(): string {
  return process.env.SYNCHRODE_DATA ?? join("..", "shared", "data");
}

/** Path of a measured file, or null where the data are absent. */
export function measuredFile(...parts: string[]): string | null {
  const path = join(dataFolder(), ...parts);
  return existsSync(path) ? path : null;
}

/** What a case says when it has nothing to judge. */
export const absent = "skipped: the measured data are absent; set SYNCHRODE_DATA to the folder that holds them";
