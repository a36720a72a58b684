import { join, resolve } from "node:path";
import { packageFolder } from "./version.js";

/** Folder of measured data: `$SYNCHRODE_DATA`, else the one beside this program's. */
export function dataFolder(): string {
  return resolve(process.env.SYNCHRODE_DATA ?? join(packageFolder(), "..", "shared", "data"));
}
