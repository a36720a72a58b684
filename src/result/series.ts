import { join } from "node:path";
import type { Frame } from "../fem/model/frame.js";
import type { Scenario } from "../scenario/scenario.js";
import { type KeptPart, readCheckpoint, type SavedPlace } from "./checkpoint.js";
import type { Scales } from "./clock.js";
import { type Columns, columnNames, rowCells } from "./column.js";
import { checkFields } from "./field-files.js";
import { checkKept, type GrowingCsv, growingCsv } from "./growing-csv.js";
import { particleColumnsOf, particleRowsDue } from "./particle-timeseries.js";
import { runFiles } from "./result-files.js";
import { timeseries } from "./timeseries.js";

/**
 * Where a run in a folder can go on: its checkpoint, after the files that belong to it were found as they were.
 * @returns undefined when there is none
 * @throws SyntaxError when the checkpoint is damaged, or does not belong to the files; MachineFailure
 */
export function readPlace(folder: string): SavedPlace | undefined {
  const place = readCheckpoint(join(folder, runFiles.checkpoint));
  if (place === undefined) return undefined;
  for (const name of seriesFiles)
    if (!place.kept[name]?.bytes)
      throw new SyntaxError(`Reading a checkpoint: found no length of ${name}; start the run anew without --resume.`);
  for (const [name, kept] of Object.entries(place.kept)) checkKept(join(folder, name), kept);
  checkFields(folder, place.fields);
  return place;
}

/** The growing files. */
const seriesFiles = [runFiles.timeseries, runFiles.particleTimeseries] as const;

/** The two time series of a run while it grows. */
export interface Series {
  append(frame: Frame, scales: Scales): void;
  /** Brings all rows to the disk; what is in them by file name. */
  flush(): Record<string, KeptPart>;
  close(): void;
}

/** Opens the time series of a folder, anew or cut back to where a run goes on. */
export function openSeries(folder: string, scenario: Scenario, kept: SavedPlace["kept"] = {}): Series {
  const open = (name: (typeof seriesFiles)[number], columns: Columns<never>): GrowingCsv =>
    growingCsv(join(folder, name), columnNames(columns), kept[name]);
  const whole = open(runFiles.timeseries, timeseries);
  const columns = particleColumnsOf(scenario);
  const byParticle = open(runFiles.particleTimeseries, columns);
  const due = particleRowsDue(scenario);
  return {
    append(frame, scales) {
      whole.append(rowCells(timeseries, { frame, scales }));
      if (!due(frame)) return;
      for (let particle = 0; particle < frame.particles.damage.length; particle++)
        byParticle.append(rowCells(columns, { frame, scales, particle }));
    },
    flush: () => ({ [runFiles.timeseries]: whole.flush(), [runFiles.particleTimeseries]: byParticle.flush() }),
    close() {
      try {
        whole.close();
      } finally {
        byParticle.close();
      }
    },
  };
}
