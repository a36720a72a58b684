import { type Standing, type SweepRecord, writeSweep } from "../../result/sweep-folder.js";
import { version } from "../../scenario/version.js";
import { findingsOf } from "./findings.js";
import type { Sweep } from "./load.js";
import { axisColumns, type RunResult, runResults, sweepTable, tableMetrics } from "./table.js";

/**
 * Writes the table and the record of a sweep from the folders of its runs.
 * @param open by hash, why a run is still open.
 */
export function gather(sweep: Sweep, folder: string, open: ReadonlyMap<string, string>): SweepRecord {
  const results = runResults(sweep, folder, open);
  const record = recordOf(sweep, results);
  const timings = sweep.runs.map(({ run, hash }, k) => {
    const { seconds, resumed } = results[k];
    return { run, scenario: hash, seconds, resumed };
  });
  writeSweep(folder, record, sweepTable(sweep, results), timings);
  return record;
}

function recordOf(sweep: Sweep, results: readonly RunResult[]): SweepRecord {
  const standing = standingOf(sweep, results);
  const drawn = sweep.design === "sobol" || sweep.design === "latin-hypercube";
  return {
    program: "synchrode",
    version: version(),
    title: sweep.title,
    status: standing.open === 0 ? "done" : "partial",
    sweepFile: sweep.file,
    sweepSha256: sweep.sha256,
    scenarioFile: sweep.scenarioFile,
    design: sweep.design,
    samples: sweep.samples ?? null,
    seed: sweep.seed ?? null,
    replicates: sweep.replicates,
    axes: sweep.axes.map((axis, k) => ({
      key: axis.key,
      name: axis.name,
      columns: axisColumns(axis, sweep.runs, k),
      drawn: drawn && axis.levels === null,
    })),
    regimes: sweep.regimes ?? null,
    metrics: tableMetrics(sweep).map(({ name, column }) => ({ name, column })),
    runs: standing,
    ...findingsOf(sweep, results),
    failures: sweep.runs.flatMap(({ run, hash }, k) => {
      const { status, reason } = results[k];
      return status === "failed" ? [{ run, scenario: hash, reason }] : [];
    }),
  };
}

function standingOf({ runs }: Sweep, results: readonly RunResult[]): Standing {
  const count = (status: RunResult["status"]) => results.filter((result) => result.status === status).length;
  const scenarios = new Set(runs.map(({ hash }) => hash)).size;
  return { total: runs.length, scenarios, done: count("done"), failed: count("failed"), open: count("open") };
}
