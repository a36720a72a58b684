import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { jsonText } from "../folder/json-file.js";
import { leastChance } from "../inference/compare/chance.js";
import type { CompareSettings } from "../inference/compare/compare.js";
import type { ParticleSettings } from "../inference/compare/measured-particles.js";
import type { CompareRecord } from "../inference/compare/record.js";
import { toSi } from "../quantity/units.js";
import { runColours } from "../report/figure/theme.js";
import { compareTables } from "../study/compare.js";
import { readStates } from "../study/particle-states.js";
import { digitsOf } from "../words/numbers.js";
import { cycleOption } from "./cycle-option.js";
import { CommandFailed } from "./failure.js";
import { pageOf } from "./page.js";
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
  const { out: folder, json } = options;
  const record = await stoppable(terminal, (signal) =>
    compareTables({ states, paths, settings, folder, page: pageOf }, signal, stagesTo(terminal)),
  );
  terminal.out(json ? jsonText(record) : `${told(record)}\n\n${join(folder, "report.html")}`);
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

function told({ tests, leftOut, tables, columns, notes }: CompareRecord): string {
  const chance = (p: number) => (p < leastChance ? `< ${leastChance}` : digitsOf(p));
  const heads = tables.map(({ name, particles, estimates }, k) => {
    const [mean, variation] = estimates;
    return `${name}: ${particles} particles, mean ${columns[k]} ${digitsOf(mean.value)}, coefficient of variation ${digitsOf(variation.value)}`;
  });
  const rows = tests.map(({ name, statistic, p, pHolm, effect }) => [
    name,
    digitsOf(statistic),
    chance(p),
    chance(pHolm),
    digitsOf(effect),
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
