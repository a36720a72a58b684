import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { jsonText } from "../folder/json-file.js";
import type { ElementOrder } from "../inference/vegard/free-particle.js";
import type { VegardRecord } from "../inference/vegard/record.js";
import { readStack } from "../scenario/vegard/load.js";
import { asInput } from "../study/input-refused.js";
import { inferLaw } from "../study/vegard/infer-law.js";
import { saveStack } from "../study/vegard/save-stack.js";
import { digitsOf } from "../words/numbers.js";
import { pageOf } from "./page.js";
import { stagesTo, stoppable } from "./stoppable.js";
import { type Terminal, textTable } from "./terminal.js";

interface Options {
  readonly heldOut?: string;
  readonly degree: number;
  readonly order: ElementOrder;
  readonly margin: number;
  readonly block: number;
  readonly seed: number;
  readonly saveStack?: string;
  readonly out: string;
  readonly json?: true;
}

/** `synchrode vegard`: the law between composition and eigenstrain, from correlated pictures of particles. */
export function vegardCommand(terminal: Terminal): Command {
  return new Command("vegard")
    .description("infer the composition-strain law of a material from aligned composition and strain maps of particles")
    .argument(
      "<stack>",
      "YAML file that says which pictures show what, a folder with stack.yaml, or a picture beside one",
    )
    .option("--held-out <name>", "particle that the law is tested on (default: of the file, else the first)")
    .addOption(new Option("--degree <number>", "highest power of composition tried").argParser(power).default(3))
    .addOption(new Option("--order <number>", "of the finite elements: 1 quick, 2 exact").argParser(order).default(2))
    .addOption(new Option("--margin <pixels>", "pixels at a particle's edge not used").argParser(whole).default(1))
    .addOption(
      new Option("--block <pixels>", "edge of the squares whose errors go together").argParser(edge).default(8),
    )
    .addOption(new Option("--seed <number>", "seed of the noise that corrects for noise").argParser(whole).default(0))
    .option("--save-stack <folder>", "write made-up maps as pictures with their stack.yaml")
    .option("--out <folder>", "folder of the results", join("results", "vegard"))
    .option("--json", "print vegard.json on standard output")
    .addHelpText("after", "\nExample:\n  synchrode vegard scenarios/stacks/lfp-like.yaml --out results/vegard")
    .action((path: string, options: Options) => vegard(path, options, terminal));
}

async function vegard(path: string, options: Options, terminal: Terminal): Promise<void> {
  const stack = await asInput(() => readStack(path, terminal.err));
  if (options.saveStack !== undefined) await saveStack(options.saveStack, stack);
  const { order, margin, block, seed, degree, heldOut, out: folder, json } = options;
  const settings = {
    ...stack.settings,
    ...{ order, margin, block, seed, mostDegree: degree },
    ...(heldOut !== undefined && { heldOut }),
  };
  const record = await stoppable(terminal, (signal) =>
    inferLaw({ stack, settings, folder, page: pageOf }, signal, stagesTo(terminal)),
  );
  terminal.out(json ? jsonText(record) : `${told(record)}\n\n${join(folder, "report.html")}`);
}

function told({ degree, coefficients, heldOut, pixelwise, rmse }: VegardRecord): string {
  const rows = coefficients.map(({ component, order, value, interval }) => {
    const pixel = pixelwise.find((each) => each.component === component && each.order === order);
    return [
      `${component}, order ${order}`,
      digitsOf(value),
      `${digitsOf(interval[0])} … ${digitsOf(interval[1])}`,
      pixel ? `${digitsOf(pixel.value)} (${(100 * pixel.difference).toFixed(1)} %)` : "",
    ];
  });
  const errors = heldOut.errors.map(
    ({ degree: of, rmse: error }) => `${of}: ${error === null ? "–" : digitsOf(error)}`,
  );
  return [
    `degree ${degree}, chosen on ${heldOut.particle} (error by degree ${errors.join(", ")}); residual ${digitsOf(rmse)}`,
    textTable([["Strain along", "Law", "95 %", "Pixel by pixel"], ...rows]),
  ].join("\n\n");
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("a whole number from 0.");
  return Number(text);
}

function edge(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError("a whole number from 1.");
  return Number(text);
}

function power(text: string): number {
  if (!/^[1-3]$/.test(text)) throw new InvalidArgumentError("1, 2 or 3.");
  return Number(text);
}

function order(text: string): ElementOrder {
  if (text !== "1" && text !== "2") throw new InvalidArgumentError("1 or 2.");
  return text === "1" ? 1 : 2;
}
