import { join } from "node:path";
import { olderNames } from "../table/damage-name.js";
import { hasColumn, readNumberColumns } from "../table/number-columns.js";
import { columnCells, columnNumbers } from "../table/separated.js";
import { columnName } from "./column.js";
import { crackedTimeseries, particleValues } from "./particle-timeseries.js";
import { runFiles } from "./result-files.js";
import { naming, resultTable } from "./result-text.js";
import { type Steps, wholeSteps } from "./steps.js";
import { timeseries } from "./timeseries.js";

/**
 * The steps of a run, from its two time series. A run that was killed may have written more rows of particles than of steps:
 * those are left out.
 * @throws RangeError when a column is not there, or the particles' rows are not those of steps, each whole; MachineFailure
 */
export function readSteps(folder: string, particles: number): Steps {
  const path = join(folder, runFiles.timeseries);
  const table = resultTable(path);
  const title = (key: keyof typeof timeseries) => columnName(timeseries[key]);
  const whole = naming(path, () =>
    wholeSteps(
      (key) => columnNumbers(table, title(key)),
      (key) => columnCells(table, title(key)),
      table.cells.has(title("smallest")),
    ),
  );
  const byParticle = join(folder, runFiles.particleTimeseries);
  const cracked = hasColumn(byParticle, columnName(crackedTimeseries.crackShare));
  const keys = [...particleValues, ...(cracked ? (["crackShare"] as const) : [])];
  const names = [crackedTimeseries.time, ...keys.map((key) => crackedTimeseries[key])].map(columnName);
  const [time, ...columns] = Object.values(readNumberColumns(byParticle, names, olderNames));
  let rows = 0;
  const kept = Int32Array.from(whole.time, (at) => (time[rows * particles] === at ? rows++ : -1));
  const torn = whole.ended.some((ended, step) => ended !== "" && kept[step] < 0);
  const later = time.subarray(rows * particles).every((at) => at > (whole.time.at(-1) ?? 0));
  if (torn || !later) throw unfit(folder, time.length, particles, rows, kept.length);
  const values = Object.fromEntries(
    keys.map((key, k) => [key, columns[k].subarray(0, rows * particles)]),
  ) as Steps["values"];
  return { ...whole, particles, kept, values };
}

function unfit(folder: string, found: number, particles: number, rows: number, steps: number): RangeError {
  const rowsFound = `${found} rows of ${particles} particles, of which ${rows * particles} belong to the ${steps} steps`;
  return new RangeError(
    `Reading the results in ${folder}: found ${rowsFound}; a step has one row a particle, or none if it ends no instruction.`,
  );
}
