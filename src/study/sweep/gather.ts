import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { writeAtomically } from "../../folder/atomic-file.js";
import { version } from "../../scenario/version.js";
import { csvRow } from "../../table/csv-row.js";
import { type Findings, findingsOf } from "./findings.js";
import type { Sweep } from "./load.js";
import { axisColumns, type Column, type RunResult, runResults, sweepTable, tableMetrics } from "./table.js";

/** How many runs stand how. */
export interface Standing {
  readonly total: number;
  /** Different scenarios among them. */
  readonly scenarios: number;
  readonly done: number;
  readonly failed: number;
  readonly open: number;
}

/** What `sweep.json` holds. */
export interface SweepRecord extends Findings {
  readonly program: "synchrode";
  readonly version: string;
  readonly title: string;
  readonly status: "done" | "partial";
  readonly sweepFile: string;
  readonly sweepSha256: string;
  readonly scenarioFile: string;
  readonly design: string;
  readonly samples: number | null;
  readonly seed: number | null;
  readonly replicates: number;
  readonly axes: readonly {
    readonly key: string;
    readonly name: string;
    readonly columns: { readonly number: string | null; readonly word: string | null };
    readonly drawn: boolean;
  }[];
  readonly metrics: readonly { readonly name: string; readonly column: string }[];
  readonly runs: Standing;
  readonly failures: readonly { readonly run: number; readonly scenario: string; readonly reason: string }[];
}

/**
 * Writes `runs.csv`, `runs.parquet`, `sweep.json` and `timings.csv` from the folders of the runs. Only the last depends
 * on when and how often something was computed.
 * @param open by hash, why a run is still open.
 */
export function gather(sweep: Sweep, folder: string, open: ReadonlyMap<string, string>): SweepRecord {
  const results = runResults(sweep, folder, open);
  const table = sweepTable(sweep, results);
  const record = recordOf(sweep, results);
  writeAtomically(join(folder, "runs.csv"), csvText(table));
  writeAtomically(join(folder, "runs.parquet"), parquetBytes(table));
  writeAtomically(join(folder, "timings.csv"), timingsText(sweep, results));
  writeAtomically(join(folder, "sweep.json"), `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

function csvText(table: readonly Column[]): string {
  const rows = Array.from({ length: table[0].cells.length }, (_, row) => table.map(({ cells }) => cells[row] ?? ""));
  return [table.map(({ name }) => name), ...rows].map(csvRow).join("");
}

const parquetTypes = {
  count: { type: "INT32", nullable: false },
  number: { type: "DOUBLE", nullable: true },
  text: { type: "STRING", nullable: false },
} as const;

function parquetBytes(table: readonly Column[]): Uint8Array {
  const columnData = table.map(({ name, type, cells }) => ({ name, data: [...cells], ...parquetTypes[type] }));
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: `synchrode ${version()}` }));
}

function timingsText(sweep: Sweep, results: readonly RunResult[]): string {
  const rows = sweep.runs.map(({ run, hash }, k) => [run, hash, results[k].seconds, results[k].resumed]);
  return [["Run", "Scenario SHA-256", "Wall-clock time [s]", "Times taken up again"], ...rows].map(csvRow).join("");
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
