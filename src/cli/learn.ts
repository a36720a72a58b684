import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { jsonText } from "../folder/json-file.js";
import { type PresetName, presets } from "../inference/forest/settings.js";
import { type Group, groups } from "../inference/learn/attribute.js";
import { type ValueFunctionName, valueFunctions } from "../inference/learn/contribution.js";
import { headline } from "../inference/learn/headline.js";
import type { LearnSettings } from "../inference/learn/learn.js";
import type { LearnRecord, TableRecord } from "../inference/learn/record.js";
import { learnFromTables } from "../study/learn.js";
import { readStates } from "../study/particle-states.js";
import { digitsOf } from "../words/numbers.js";
import { cycleOption } from "./cycle-option.js";
import { pageOf } from "./page.js";
import { stoppable, tellingUntil } from "./stoppable.js";
import { type Terminal, textTable } from "./terminal.js";

interface Options {
  readonly target: string;
  readonly preset: PresetName;
  readonly shap: ValueFunctionName;
  readonly runs: number;
  readonly subsample: number;
  readonly rows: number;
  readonly seed: number;
  readonly latent: number;
  readonly group: Readonly<Record<string, Group>>;
  readonly leaveOut: readonly string[];
  readonly ranks?: true;
  readonly keepEdge?: true;
  readonly cycle?: readonly number[];
  readonly jobs: number;
  readonly out: string;
  readonly json?: true;
}

/** `synchrode learn`: which attributes of the particles drive their damage, state by state. */
export function learnCommand(terminal: Terminal): Command {
  return new Command("learn")
    .description("learn which attributes drive damage: random forest, SHAP values, audit for leaks, controls")
    .argument("<tables...>", "particle tables (CSV), or results folders; the earliest state first")
    .addOption(cycleOption())
    .option("--target <column>", "column to be explained; Damage: what the tables have of it", "Damage")
    .addOption(new Option("--preset <name>", "how the forest grows").choices(Object.keys(presets)).default("default"))
    .addOption(
      new Option("--shap <name>", "what SHAP values are measured against")
        .choices(Object.keys(valueFunctions))
        .default("path-dependent"),
    )
    .addOption(new Option("--runs <number>", "seeds, and subsamples as many").argParser(whole).default(10))
    .addOption(new Option("--subsample <rows>", "rows of a subsample").argParser(whole).default(500))
    .addOption(new Option("--rows <number>", "of more rows so many are drawn").argParser(whole).default(5000))
    .addOption(new Option("--seed <number>", "first seed").argParser(whole).default(0))
    .addOption(
      new Option("--latent <number>", "latent numbers of the autoencoder; 0: none").argParser(whole).default(2),
    )
    .addOption(
      new Option("--group <column=group>", `group of a column: ${groups.join(", ")}`)
        .argParser(assignment)
        .default({}, "by the columns' names"),
    )
    .addOption(new Option("--leave-out <column>", "no attribute").argParser(collected).default([], "none"))
    .option("--ranks", "explain the target's ranks, so that states may hold different quantities")
    .option("--keep-edge", "keep particles that the edge of the image cuts")
    .addOption(
      new Option("--jobs <number>", "threads that grow forests; the results are the same for any number")
        .argParser(whole)
        .default(availableParallelism(), "the cores of this machine"),
    )
    .option("--out <folder>", "folder of the results", join("results", "learn"))
    .option("--json", "print learn.json on standard output")
    .addHelpText(
      "after",
      "\nExample:\n  synchrode learn scenarios/tables/planted-early.csv scenarios/tables/planted-late.csv --out results/learn",
    )
    .action((tables: string[], options: Options) => learn(tables, options, terminal));
}

async function learn(paths: readonly string[], options: Options, terminal: Terminal): Promise<void> {
  const { preset, latent, jobs, out: folder, json } = options;
  const settings = settingsOf(options);
  const states = readStates(paths, options.cycle);
  const asked = { states, paths, settings, preset, latent, jobs, folder, page: pageOf };
  const record = await stoppable(terminal, (signal) =>
    learnFromTables(asked, { signal, tell: tellingUntil(signal, terminal.err), say: terminal.err }),
  );
  terminal.out(json ? jsonText(record) : told(record));
  if (!json) terminal.out(`\n${join(folder, "report.html")}`);
}

function settingsOf(options: Options): LearnSettings {
  return {
    target: options.target,
    groups: options.group,
    leaveOut: options.leaveOut,
    keepEdge: options.keepEdge ?? false,
    mostRows: options.rows,
    ranks: options.ranks ?? false,
    forest: presets[options.preset],
    shap: options.shap,
    seed: options.seed,
    seeds: Math.max(1, options.runs),
    subsamples: options.runs,
    subsampleRows: options.subsample,
  };
}

function told({ tables, target }: LearnRecord): string {
  return tables.map((table) => toldTable(table, target)).join("\n\n");
}

function toldTable(table: TableRecord, target: string): string {
  const { scores, leakage, left, leakFree } = table;
  const head = `${table.name}: ${table.rows} particles, R² ${digitsOf(scores.r2)}, MAE ${digitsOf(scores.mae)}, out-of-bag R² ${digitsOf(scores.outOfBagR2)}`;
  const of = (out: boolean) =>
    leakage
      .filter(({ leftOut }) => leftOut === out)
      .map(({ attribute, rho, reason }) => `${attribute} (ρ ${digitsOf(rho)}: ${reason})`);
  const list = (name: string, entries: readonly string[]) =>
    entries.length === 0 ? [] : [`${name}: ${entries.join("; ")}`];
  return [
    head,
    ...(table.refusal === null ? [ranked(table)] : [`no ranking: ${table.refusal}`]),
    ...list("leaks", of(true)),
    ...list(`tied to ${target}, kept`, of(false)),
    ...(leakFree ? [`without leaks: R² ${digitsOf(leakFree.scores.r2)}`] : []),
    ...list(
      "no attributes",
      left.map(({ name, reason }) => `${name} (${reason})`),
    ),
    headline(table, target),
  ].join("\n");
}

function ranked({ attributes }: TableRecord): string {
  const first = [...attributes].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0)).slice(0, 8);
  const rows = first.map(({ name, group, meanAbsShap, sd }) => [
    name,
    group,
    digitsOf(meanAbsShap),
    `± ${digitsOf(sd)}`,
  ]);
  return textTable([["Attribute", "Group", "Mean |SHAP|", ""], ...rows]);
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("a whole number from 0.");
  return Number(text);
}

function assignment(text: string, before: Readonly<Record<string, Group>>): Record<string, Group> {
  const [, name, group] = /^(.+)=(\w+)$/.exec(text) ?? [];
  if (name === undefined || !groups.includes(group as Group))
    throw new InvalidArgumentError(`column=group, with one of ${groups.join(", ")}.`);
  return { ...before, [name]: group as Group };
}

function collected(text: string, before: readonly string[]): string[] {
  return [...before, text];
}
