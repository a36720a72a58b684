import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DesignRule } from "../../inference/design-rule.js";
import type { MainEffect } from "../../inference/main-effects.js";
import { resultJson, resultText } from "../result-file.js";
import { numbers, parseTable, type Table, words } from "../table.js";

/** The parts of `sweep.json` that a report needs. */
export interface SweepFile {
  readonly version: string;
  readonly title: string;
  readonly status: string;
  readonly sweepFile: string;
  readonly scenarioFile: string;
  readonly design: string;
  readonly samples: number | null;
  readonly replicates: number;
  readonly axes: readonly {
    readonly key: string;
    readonly name: string;
    readonly columns: { readonly number: string | null; readonly word: string | null };
    readonly drawn: boolean;
  }[];
  readonly metrics: readonly { readonly name: string; readonly column: string }[];
  readonly runs: {
    readonly total: number;
    readonly scenarios: number;
    readonly done: number;
    readonly failed: number;
    readonly open: number;
  };
  readonly effects: readonly {
    readonly metric: string;
    readonly column: string;
    readonly known: number;
    readonly effects: readonly MainEffect[];
  }[];
  readonly rule: DesignRule | null;
  readonly failures: readonly { readonly run: number; readonly scenario: string; readonly reason: string }[];
}

/** An axis with its value in each run. */
export interface SweepAxis {
  readonly name: string;
  /** With the unit in brackets, where it has one. */
  readonly title: string;
  readonly numeric: boolean;
  readonly drawn: boolean;
  readonly cells: readonly (number | string)[];
  /** Different values. */
  readonly count: number;
}

/** A sweep read back from its folder. */
export interface SweepResult {
  readonly file: SweepFile;
  readonly table: Table;
  readonly axes: readonly SweepAxis[];
}

export function isSweepFolder(folder: string): boolean {
  return existsSync(join(folder, "sweep.json"));
}

/** @throws Error, RangeError when files are missing or do not fit together. */
export async function readSweepResult(folder: string): Promise<SweepResult> {
  const file = await resultJson<SweepFile>(join(folder, "sweep.json"));
  const table = parseTable(await resultText(join(folder, "runs.csv")));
  const axes = file.axes.map(({ name, columns, drawn }): SweepAxis => {
    const { number, word } = columns;
    const cells: readonly (number | string)[] = number === null ? words(table, word!) : [...numbers(table, number)];
    const title = bracketed(number ?? word!);
    return { name, title, numeric: number !== null, drawn, cells, count: new Set<number | string>(cells).size };
  });
  return { file, table, axes };
}

/** `Rate [C]` → `Rate (C)`, as figures write units; `ohm m^2` becomes `Ω m²`. */
export function bracketed(column: string): string {
  return column.replace(/\[([^\]]+)\]$/, (_, unit: string) => `(${spelled(unit)})`);
}

/** A unit as it was typed, in the signs that print has for it. */
function spelled(unit: string): string {
  return unit
    .replace(/\bohm\b/g, "Ω")
    .replace(/\^?([23])\b/g, (_, power: string) => (power === "2" ? "²" : "³"))
    .replace(/\bum\b/g, "µm");
}
