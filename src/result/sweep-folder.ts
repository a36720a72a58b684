import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { writeAtomically } from "../folder/atomic-file.js";
import { writeJson } from "../folder/json-file.js";
import type { DesignRule } from "../inference/design-rule.js";
import type { MainEffect } from "../inference/main-effects.js";
import { version } from "../scenario/version.js";
import { csvRow } from "../table/csv-row.js";
import { columnCells, columnNumbers, type SeparatedTable } from "../table/separated.js";
import { sweepFiles } from "./result-files.js";
import { naming, resultJson, resultTable } from "./result-text.js";

/** Columns of the table of runs that every sweep has, beside its axes and metrics. */
export const runColumns = {
  run: "Run",
  replicate: "Replicate",
  seed: "Seed",
  status: "Status",
  reason: "Reason",
  scenario: "Scenario SHA-256",
} as const;

/** How many runs stand how. */
export interface Standing {
  readonly total: number;
  /** Different scenarios among them. */
  readonly scenarios: number;
  readonly done: number;
  readonly failed: number;
  readonly open: number;
}

/** The effects of all axes on one metric. */
export interface MetricEffects {
  readonly metric: string;
  readonly column: string;
  /** Runs that have the metric. */
  readonly known: number;
  readonly effects: readonly MainEffect[];
}

/** What a sweep says beyond its table. */
export interface Findings {
  readonly effects: readonly MetricEffects[];
  /** Null when too few runs are done. */
  readonly rule: DesignRule | null;
}

/** The names of an axis's columns: its numbers (none when it has no numbers), and its values as words unless they are the numbers. */
export interface AxisColumns {
  readonly number: string | null;
  readonly word: string | null;
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
    readonly columns: AxisColumns;
    readonly drawn: boolean;
  }[];
  readonly metrics: readonly { readonly name: string; readonly column: string }[];
  /** Keys of the axes of the map of regimes; null, or absent in results of earlier versions, where none is asked for. */
  readonly regimes?: { readonly across: string; readonly up: string } | null;
  readonly runs: Standing;
  readonly failures: readonly { readonly run: number; readonly scenario: string; readonly reason: string }[];
}

/** A column of the table of a sweep, a cell a run. */
export type SweepColumn =
  | { readonly name: string; readonly type: "count"; readonly cells: readonly number[] }
  /** Null where there is none. */
  | { readonly name: string; readonly type: "number"; readonly cells: readonly (number | null)[] }
  | { readonly name: string; readonly type: "text"; readonly cells: readonly string[] };

/** What a run took, over all sessions. */
export interface RunTiming {
  readonly run: number;
  readonly scenario: string;
  /** s */
  readonly seconds: number;
  readonly resumed: number;
}

/** Only `timings.csv` depends on when and how often something was computed. @throws MachineFailure */
export function writeSweep(
  folder: string,
  record: SweepRecord,
  table: readonly SweepColumn[],
  timings: readonly RunTiming[],
): void {
  const at = (name: keyof typeof sweepFiles) => join(folder, sweepFiles[name]);
  writeAtomically(at("runs"), csvText(table));
  writeAtomically(at("parquet"), parquetBytes(table));
  writeAtomically(at("timings"), timingsText(timings));
  writeJson(at("record"), record);
}

function csvText(table: readonly SweepColumn[]): string {
  const rows = Array.from({ length: table[0].cells.length }, (_, row) => table.map(({ cells }) => cells[row] ?? ""));
  return [table.map(({ name }) => name), ...rows].map(csvRow).join("");
}

const parquetTypes = {
  count: { type: "INT32", nullable: false },
  number: { type: "DOUBLE", nullable: true },
  text: { type: "STRING", nullable: false },
} as const;

function parquetBytes(table: readonly SweepColumn[]): Uint8Array {
  const columnData = table.map(({ name, type, cells }) => ({ name, data: [...cells], ...parquetTypes[type] }));
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: `synchrode ${version()}` }));
}

function timingsText(timings: readonly RunTiming[]): string {
  const rows = timings.map(({ run, scenario, seconds, resumed }) => [run, scenario, seconds, resumed]);
  const head = [runColumns.run, runColumns.scenario, "Wall-clock time [s]", "Times taken up again"];
  return [head, ...rows].map(csvRow).join("");
}

/** An axis with its value in each run. */
export interface SweepAxis extends Pick<SweepRecord["axes"][number], "key" | "name" | "drawn"> {
  /** Of the column, with the unit in brackets where it has one. */
  readonly column: string;
  readonly numeric: boolean;
  readonly cells: readonly (number | string)[];
  /** Different values. */
  readonly count: number;
}

/** A sweep read back from its folder. */
export interface SweepFolder {
  readonly record: SweepRecord;
  readonly table: SeparatedTable;
  readonly axes: readonly SweepAxis[];
}

/** @throws Error, TableFault when files are missing or do not fit together; MachineFailure for what passes */
export function readSweep(folder: string): SweepFolder {
  const record = resultJson<SweepRecord>(join(folder, sweepFiles.record));
  const path = join(folder, sweepFiles.runs);
  const table = resultTable(path);
  const axes = record.axes.map(({ key, name, columns: { number, word }, drawn }): SweepAxis => {
    const column = number ?? word ?? name;
    const cells = naming(path, () =>
      number === null ? columnCells(table, column) : [...columnNumbers(table, number)],
    );
    const count = new Set<number | string>(cells).size;
    return { key, name, column, numeric: number !== null, drawn, cells, count };
  });
  return { record, table, axes };
}
