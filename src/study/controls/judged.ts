import { gathered } from "../../inference/controls.js";
import { judge } from "../../inference/criteria.js";
import { measureSynchronisation, type Synchronisation } from "../../inference/synchronisation.js";
import { absentControls, type ControlStanding, finishedControls } from "../../result/control-runs.js";
import { readRunFolder, recordedRun } from "../../result/run-folder.js";
import { type Summary, writeSummary } from "../../result/summary.js";

/** Judges a run by its controls as well, and writes its summary with them. @returns that summary */
export function judgedWithControls(folder: string, summary: Summary, controls: readonly ControlStanding[]): Summary {
  const own = measured(folder);
  const runs = finishedControls(folder, controls).flatMap(({ name, folder: path }) => {
    const found = measured(path);
    return found === null ? [] : [{ name, measured: found }];
  });
  const criteria = own === null ? [] : judge(own, gathered(runs), absentControls(controls));
  const judged = { ...summary, criteria, controls };
  writeSummary(folder, judged);
  return judged;
}

/** Null until the first charge has ended. */
function measured(folder: string): Synchronisation | null {
  const record = recordedRun(readRunFolder(folder));
  return record.cycles.length === 0 ? null : measureSynchronisation(record);
}
