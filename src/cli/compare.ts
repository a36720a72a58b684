import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { inFolder } from "../folder/claim-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { jsonText } from "../folder/json-file.js";
import { throwPassing } from "../folder/machine-failure.js";
import { fileText } from "../folder/read-file.js";
import { paced } from "../imaging/steps/steps.js";
import { leastChance } from "../inference/compare/chance.js";
import { type CompareSettings, compareSteps } from "../inference/compare/compare.js";
import { likeColumns } from "../inference/compare/like-columns.js";
import { measuredParticles, type ParticleSettings } from "../inference/compare/measured-particles.js";
import { type CompareRecord, compareRecord, type Provenance } from "../inference/compare/record.js";
import { toSi } from "../quantity/units.js";
import { runColours } from "../report/figure/theme.js";
import { writeComparison } from "../result/compare-folder.js";
import { version } from "../scenario/version.js";
import { CommandFailed } from "./failure.js";
import { cycleOption, isFolder, type ParticleState, readStates, tableFile, tellingFile } from "./particle-states.js";
import { stagesTo, stoppable } from "./stoppable.js";
import { type Terminal, textTable } from "./terminal.js";

interface Options {
  readonly column: string;
  readonly cycle?: readonly number[];
  readonly pixelSize?: number;
  readonly severe: readonly number[];
  readonly permutations: number;
  readonly resamples: number;
  readonly seed: number;
  readonly ranks?: true;
  readonly keepEdge?: true;
  readonly out: string;
  readonly json?: true;
}

const severe = [0.1, 0.05, 0.15];
const shares = [0.1, 0.2, 0.3];

/** Of more particles some are drawn. */
const mostRows = 20_000;

/** Tables have a colour each. */
const mostTables = runColours.length;

/** `synchrode compare`: one column of particle tables, as distributions and in space, and from state to state. */
export function compareCommand(terminal: Terminal): Command {
  return new Command("compare")
    .description("compare particle tables, simulated or measured: distributions, places of severe damage, depth")
    .argument(
      "<tables...>",
      "two or more particle tables (CSV) or results folders; of several states the earliest first",
    )
    .addOption(cycleOption())
    .option("--column <name>", "column to compare; Damage: what each table has of it, like with like", "Damage")
    .addOption(
      new Option("--pixel-size <length>", 'length of a pixel, for tables in pixels, such as "252 nm"').argParser(
        micrometres,
      ),
    )
    .addOption(
      new Option("--severe <numbers>", "above these a particle is severely damaged; the first is tested")
        .argParser(levels)
        .default(severe, severe.join(",")),
    )
    .addOption(new Option("--permutations <number>", "dealings at random").argParser(many).default(999))
    .addOption(new Option("--resamples <number>", "bootstrap resamples").argParser(many).default(2000))
    .addOption(new Option("--seed <number>", "seed of permutations and resamples").argParser(many).default(0))
    .option("--ranks", "compare ranks only, so that tables of different quantities may stand beside each other")
    .option("--keep-edge", "keep particles that the edge of the image cuts")
    .option("--out <folder>", "folder of the results", join("results", "compare"))
    .option("--json", "print compare.json on standard output")
    .addHelpText(
      "after",
      "\nExample:\n  synchrode compare scenarios/tables/planted-early.csv scenarios/tables/planted-late.csv --out results/compare",
    )
    .action((tables: string[], options: Options) => compare(tables, options, terminal));
}

async function compare(paths: readonly string[], options: Options, terminal: Terminal): Promise<void> {
  const settings = settingsOf(options);
  const states = readStates(paths, options.cycle);
  if (states.length < 2 || states.length > mostTables) {
    const allowed = `2 to ${mostTables} particle tables, or a run and --cycle with two cycles or more`;
    throw new CommandFailed(2, `Comparing particle tables: found ${states.length}; give ${allowed}.`);
  }
  const inputs = states.map(({ path }) => tableFile(path));
  const into = () => compareInto(states, paths, settings, options, terminal);
  await inFolder(options.out, folderKinds.compare, { inputs }, into);
}

async function compareInto(
  states: readonly ParticleState[],
  paths: readonly string[],
  settings: CompareSettings & ParticleSettings,
  options: Options,
  terminal: Terminal,
): Promise<void> {
  const like = tellingFile(paths.join(", "), () => likeColumns(states, options.column, options.ranks ?? false));
  const particles = states.map(({ name, path, table }, k) => {
    const { name: column, factor } = like.columns[k];
    return tellingFile(path, () => measuredParticles(name, table, { ...settings, column, factor }));
  });
  const comparison = await stoppable(terminal, (signal) =>
    paced(compareSteps(particles, settings), signal, stagesTo(terminal)),
  );
  const provenance = states.map(({ path }) => provenanceOf(path));
  const named = new Set(like.columns.map(({ name }) => name)).size === 1;
  const shown = named ? { ...settings, column: like.columns[0].name } : settings;
  const record = compareRecord(comparison, particles, provenance, shown, version(), like);
  writeComparison(options.out, record);
  const report = join(options.out, "report.html");
  const { buildCompareReport } = await import("../report/compare/compare-report.js");
  await buildCompareReport(options.out, report);
  terminal.out(options.json ? jsonText(record) : `${told(record)}\n\n${report}`);
}

function settingsOf(options: Options): CompareSettings & ParticleSettings {
  const { column, permutations, resamples, seed } = options;
  const pixel = options.pixelSize ?? null;
  return {
    column,
    permutations,
    resamples,
    seed,
    pixel,
    keepEdge: options.keepEdge ?? false,
    ranks: options.ranks ?? false,
    mostRows,
    thresholds: options.ranks ? [] : options.severe,
    shares,
    slice: 10,
  };
}

/** How a table was measured, from the `summary.json` in its folder; nothing where there is none. */
function provenanceOf(path: string): Provenance {
  const folder = isFolder(path) ? path : dirname(path);
  const file = join(folder, "summary.json");
  if (!existsSync(file)) return { voxelSize: null, closing: null };
  try {
    const summary = JSON.parse(fileText(file)) as Record<string, unknown>;
    const settings = (summary.settings ?? {}) as Record<string, unknown>;
    const shown = (value: unknown) =>
      value === undefined ? null : typeof value === "string" ? value : JSON.stringify(value);
    return { voxelSize: shown(summary.voxelSize), closing: shown(settings.closing ?? settings.closingRadius) };
  } catch (error) {
    throwPassing("Reading", file, error);
    return { voxelSize: `unreadable: ${file}`, closing: null };
  }
}

function told({ tests, leftOut, tables, columns, notes }: CompareRecord): string {
  const number = (value: number) => (Number.isFinite(value) ? String(Number(value.toPrecision(3))) : "–");
  const chance = (p: number) => (p < leastChance ? `< ${leastChance}` : number(p));
  const heads = tables.map(({ name, particles, estimates }, k) => {
    const [mean, variation] = estimates;
    return `${name}: ${particles} particles, mean ${columns[k]} ${number(mean.value)}, coefficient of variation ${number(variation.value)}`;
  });
  const rows = tests.map(({ name, statistic, p, pHolm, effect }) => [
    name,
    number(statistic),
    chance(p),
    chance(pHolm),
    number(effect),
  ]);
  const table = textTable([["Test", "Statistic", "p", "p (Holm)", "Effect"], ...rows]);
  return [[...heads, ...notes].join("\n"), table, ...(leftOut.length > 0 ? [leftOut.join("\n")] : [])].join("\n\n");
}

function micrometres(text: string): number {
  const length = toSi(text, "length");
  if (!length.ok) throw new InvalidArgumentError(`${length.reason}; give a length such as "252 nm".`);
  if (!(length.value > 0)) throw new InvalidArgumentError("a length above 0.");
  return length.value * 1e6;
}

function many(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("a whole number from 0 to 999999.");
  return Number(text);
}

function levels(text: string): number[] {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (!numbers.every(Number.isFinite))
    throw new InvalidArgumentError("numbers with commas between them, such as 0.1,0.3.");
  return numbers;
}
