import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { besides, note, type Reading } from "./reading.js";
import { packageFolder } from "./version.js";

/** Begins the path of a measured file, which is not shipped: each machine keeps them where it likes. */
const mark = "$SYNCHRODE_DATA/";

/** Folder of measured data: `$SYNCHRODE_DATA`, else the one beside this program's. */
export function dataFolder(): string {
  return resolve(process.env.SYNCHRODE_DATA ?? join(packageFolder(), "..", "shared", "data"));
}

/** A file that another names: measured, or beside that other. Measured data that are absent are noted at `path`. */
export function namedFile(reading: Reading, path: readonly PropertyKey[], written: string): string | undefined {
  if (!written.startsWith(mark)) return besides(reading, path, written);
  const file = join(dataFolder(), written.slice(mark.length));
  if (existsSync(file)) return file;
  note(reading, path, {
    found: `${file}: no such file`,
    allowed:
      "measured data, which do not ship: set SYNCHRODE_DATA to the folder that holds them, or put them into ../shared/data beside this project",
  });
  return undefined;
}
