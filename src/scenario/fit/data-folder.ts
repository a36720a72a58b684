import { join } from "node:path";
import { packageFolder } from "../version.js";

/** Begins the path of a measured file that is not shipped. */
const mark = "$SYNCHRODE_DATA";

/** Folder of measured data: `$SYNCHRODE_DATA`, else the one beside this program's. */
export function dataFolder(): string {
  return process.env.SYNCHRODE_DATA ?? join(packageFolder(), "..", "shared", "data");
}

/** A path as written, with the folder of measured data put in. */
export function withDataFolder(path: string): string {
  return path === mark || path.startsWith(`${mark}/`) ? join(dataFolder(), path.slice(mark.length)) : path;
}
