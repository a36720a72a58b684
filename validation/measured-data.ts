import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../src/scenario/version.js";

/** A file of measured data: in `$SYNCHRODE_DATA`, or in the folder beside this project; undefined when it is absent. */
export function measuredData(...path: readonly string[]): string | undefined {
  const file = join(process.env.SYNCHRODE_DATA ?? join(packageFolder(), "..", "shared", "data"), ...path);
  return existsSync(file) ? file : undefined;
}
