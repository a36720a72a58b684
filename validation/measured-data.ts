import { existsSync } from "node:fs";
import { join } from "node:path";
import { dataFolder } from "../src/scenario/data-folder.js";

/** Path of a measured file, or null where the data are absent. */
export function measuredFile(...parts: readonly string[]): string | null {
  const path = join(dataFolder(), ...parts);
  return existsSync(path) ? path : null;
}

/** What a case says when it has nothing to judge. */
export const absent = "skipped: the measured data are absent; set SYNCHRODE_DATA to the folder that holds them";
