import { readSummary, type Summary } from "../../result/summary.js";
import { type AxisColumns, runColumns, type SweepColumn } from "../../result/sweep-folder.js";
import type { Axis } from "./axis.js";
import { runFolder, runState } from "./job.js";
import type { Sweep, SweepRun } from "./load.js";
import { type Metric, metrics } from "./metric.js";

/** How a run stands, and its summary when it is done. */
export interface RunResult {
  readonly status: "done" | "failed" | "open";
  readonly reason: string;
  readonly summary: Summary | undefined;
  /** Wall-clock seconds over all sittings, and times it was taken up again. */
  readonly seconds: number;
  readonly resumed: number;
}

/**
 * How each run stands, by the folders.
 * @param open by hash, why a run is still open.
 */
export function runResults(sweep: Sweep, folder: string, open: ReadonlyMap<string, string>): readonly RunResult[] {
  const known = new Map<string, RunResult>();
  return sweep.runs.map(({ hash }) => {
    const found = known.get(hash) ?? runResult(folder, hash, open.get(hash) ?? "not computed yet");
    known.set(hash, found);
    return found;
  });
}

function runResult(folder: string, hash: string, open: string): RunResult {
  const { status, manifest } = runState(folder, hash);
  const seconds = Object.values(manifest?.timings ?? {}).reduce((total, each) => total + each, 0);
  const spent = { seconds, resumed: manifest?.resumed ?? 0 };
  if (status !== "done")
    return { status, reason: status === "failed" ? (manifest.message ?? "") : open, summary: undefined, ...spent };
  const summary = readSummary(runFolder(folder, hash));
  return { status, reason: "", summary, ...spent };
}

export function axisColumns(axis: Axis, runs: readonly SweepRun[], index: number): AxisColumns {
  const levels = runs.map((run) => run.levels[index]);
  const unit = levels[0]?.unit ?? "";
  const numeric = levels.every((level) => level.number !== null && level.unit === unit);
  if (!numeric) return { number: null, word: axis.name };
  const listed = levels.some(({ value }) => Array.isArray(value));
  return { number: unit === "" ? axis.name : `${axis.name} [${unit}]`, word: listed ? axis.key : null };
}

/** The metrics that a table holds: those its file names, or all. */
export function tableMetrics({ metrics: named }: Sweep): readonly Metric[] {
  return named === undefined ? metrics : metrics.filter(({ name }) => named.includes(name));
}

/** The table: a row a run in the order of the design, the same bits whatever the order in which runs ended. */
export function sweepTable(sweep: Sweep, results: readonly RunResult[]): readonly SweepColumn[] {
  const { runs } = sweep;
  const inputs = sweep.axes.flatMap((axis, k): SweepColumn[] => {
    const { number, word } = axisColumns(axis, runs, k);
    const levels = runs.map((run) => run.levels[k]);
    const columns: SweepColumn[] = [];
    if (number !== null) columns.push({ name: number, type: "number", cells: levels.map((level) => level.number) });
    if (word !== null) columns.push({ name: word, type: "text", cells: levels.map(({ label }) => label) });
    return columns;
  });
  const outputs = tableMetrics(sweep).map(
    ({ column, of }): SweepColumn => ({
      name: column,
      type: "number",
      cells: results.map(({ summary }) => (summary ? finite(of(summary)) : null)),
    }),
  );
  return [
    { name: runColumns.run, type: "count", cells: runs.map(({ run }) => run) },
    { name: runColumns.replicate, type: "count", cells: runs.map(({ replicate }) => replicate) },
    { name: runColumns.seed, type: "number", cells: runs.map(({ seed }) => seed) },
    ...inputs,
    { name: runColumns.status, type: "text", cells: results.map(({ status }) => status) },
    { name: runColumns.reason, type: "text", cells: results.map(({ reason }) => reason) },
    ...outputs,
    { name: runColumns.scenario, type: "text", cells: runs.map(({ hash }) => hash) },
  ];
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
