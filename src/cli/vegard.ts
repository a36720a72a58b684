import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { writeAtomically } from "../folder/atomic-file.js";
import { inFolder } from "../folder/claim-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { jsonText } from "../folder/json-file.js";
import { paced } from "../imaging/steps/steps.js";
import { writeTiff } from "../imaging/volume/tiff-writer.js";
import { Unreadable } from "../imaging/volume/unreadable.js";
import { volume } from "../imaging/volume/volume.js";
import type { ElementOrder } from "../inference/vegard/free-particle.js";
import { inferSteps, modelStrain, type VegardSettings } from "../inference/vegard/infer.js";
import { type VegardRecord, vegardRecord } from "../inference/vegard/record.js";
import { writeLaw } from "../result/vegard-folder.js";
import { readStack, type Stack } from "../scenario/vegard/load.js";
import { stackText } from "../scenario/vegard/stack-text.js";
import { version } from "../scenario/version.js";
import { CommandFailed } from "./failure.js";
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
  const stack = await asStack(() => readStack(path, terminal.err));
  const inputs = stack.inputs;
  if (options.saveStack !== undefined) await saveStack(options.saveStack, stack);
  await inFolder(options.out, folderKinds.vegard, { inputs }, () => vegardInto(stack, options, terminal));
}

async function vegardInto(stack: Stack, options: Options, terminal: Terminal): Promise<void> {
  const { order, margin, block, seed, degree } = options;
  const settings: VegardSettings = {
    ...stack.settings,
    ...{ order, margin, block, seed, mostDegree: degree },
    ...(options.heldOut !== undefined && { heldOut: options.heldOut }),
  };
  const inferred = await asStack(() =>
    stoppable(terminal, (signal) => paced(inferSteps(stack.maps, settings), signal, stagesTo(terminal))),
  );
  const models = inferred.particles.map((particle) => modelStrain(particle, inferred.law, settings));
  const { title, pixelSize, alignments, synthetic } = stack;
  const truth = synthetic?.settings.law ?? null;
  const record = vegardRecord(inferred, models, { version: version(), title, pixelSize, alignments, truth, settings });
  const maps = inferred.particles.map((particle) => particle.maps);
  writeLaw(options.out, record, maps, models);
  const report = join(options.out, "report.html");
  const { buildVegardReport } = await import("../report/vegard/vegard-report.js");
  await buildVegardReport(options.out, report);
  terminal.out(options.json ? jsonText(record) : `${told(record)}\n\n${report}`);
}

/** Pictures and settings that cannot be used are bad input. */
async function asStack<T>(work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError) throw new CommandFailed(2, error.message);
    throw error;
  }
}

/** One stack a particle, a second one where the composition is displaced, and the description. */
async function saveStack(folder: string, stack: Stack): Promise<void> {
  const { synthetic } = stack;
  if (!synthetic) throw new CommandFailed(2, "--save-stack: found pictures in the stack; it writes made-up maps.");
  await inFolder(folder, folderKinds.stack, { inputs: stack.inputs }, () => writeStack(folder, stack, synthetic));
}

function writeStack(folder: string, stack: Stack, synthetic: NonNullable<Stack["synthetic"]>): void {
  const size = stack.pixelSize ?? 1;
  const write = (
    name: string,
    pages: readonly (Float64Array | Uint8Array)[],
    [width, height]: readonly [number, number],
  ) => {
    const data = new Float32Array(pages.length * width * height);
    for (const [k, page] of pages.entries()) data.set(page, k * width * height);
    writeTiff(join(folder, name), volume(data, [pages.length, height, width], [size, size, size]));
  };
  const apart = synthetic.settings.displaced;
  const displaced = apart.x !== 0 || apart.y !== 0 || apart.angle !== 0;
  for (const { maps, displaced: other } of synthetic.particles) {
    const { width, height } = maps.grid;
    const page = (c: number) => maps.strain.subarray(c * width * height, (c + 1) * width * height);
    const own = displaced ? [] : [maps.composition];
    write(`${maps.name}.tif`, [...own, page(0), page(1), page(2), maps.mask], [width, height]);
    if (displaced) write(`${maps.name}-composition.tif`, [other.composition, other.mask], [width, height]);
  }
  writeAtomically(join(folder, "stack.yaml"), stackText(stack, displaced));
}

function told({ degree, coefficients, heldOut, pixelwise, rmse }: VegardRecord): string {
  const number = (value: number) => String(Number(value.toPrecision(3)));
  const rows = coefficients.map(({ component, order, value, interval }) => {
    const pixel = pixelwise.find((each) => each.component === component && each.order === order);
    return [
      `${component}, order ${order}`,
      number(value),
      `${number(interval[0])} … ${number(interval[1])}`,
      pixel ? `${number(pixel.value)} (${(100 * pixel.difference).toFixed(1)} %)` : "",
    ];
  });
  const errors = heldOut.errors.map(({ degree: of, rmse: error }) => `${of}: ${error === null ? "–" : number(error)}`);
  return [
    `degree ${degree}, chosen on ${heldOut.particle} (error by degree ${errors.join(", ")}); residual ${number(rmse)}`,
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
