import { besides, note, type Reading } from "./reading.js";

/** Begins the path of a measured file, which is not shipped: each machine keeps them where it likes. */
const mark = "$SYNCHRODE_DATA/";

/** A file that another names: measured, or beside that other. Measured data that are absent are noted at `path`. */
export function namedFile(reading: Reading, path: readonly PropertyKey[], written: string): string | undefined {
  if (!written.startsWith(mark)) return besides(reading, path, written);
  const found = reading.source.measured(written.slice(mark.length));
  if ("name" in found) return found.name;
  note(reading, path, {
    found: found.absent,
    allowed:
      "measured data, which do not ship: set SYNCHRODE_DATA to the folder that holds them, or put them into ../shared/data beside this project",
  });
  return undefined;
}
