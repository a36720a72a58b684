import { existsSync } from "node:fs";
import { join } from "node:path";
import { dataFolder } from "../src/scenario/data-folder.js";
import type { ValidationCase, ValidationContext, Verdict } from "./validation-case.js";

/** Path of a measured file, or null where the data are absent. */
export function measuredFile(...parts: readonly string[]): string | null {
  const path = join(dataFolder(), ...parts);
  return existsSync(path) ? path : null;
}

/** What is said when it has nothing to judge. */
const absent = "skipped: the measured data are absent; set SYNCHRODE_DATA to the folder that holds them";

/** Judges measured data where they are there; where they are absent, says so and judges nothing. */
export function onMeasured<Data>(
  find: () => Data | null,
  judge: (data: Data, report: ValidationContext["report"]) => Promise<readonly Verdict[]>,
): ValidationCase["run"] {
  return async ({ report }) => {
    const data = find();
    if (data !== null) return judge(data, report);
    report(absent);
    return [];
  };
}
