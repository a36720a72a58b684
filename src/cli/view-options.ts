import { join } from "node:path";
import { type Command, Option } from "commander";
import {
  particlesOfOutlines,
  particlesOfProbabilities,
  type ViewedParticles,
  type ViewStack,
} from "../imaging/fusion/particles-of-views.js";
import { type Fusion, usualClusters } from "../imaging/fusion/probability.js";
import { cutAlong, viewNamed } from "../imaging/fusion/view.js";
import type { SegmentSettings } from "../imaging/segmentation/segment.js";
import { readPicture } from "../imaging/volume/files.js";
import type { Reading } from "../imaging/volume/format.js";
import { writeTiff } from "../imaging/volume/tiff-writer.js";
import type { Volume } from "../imaging/volume/volume.js";
import { CommandFailed } from "./failure.js";
import { countOption } from "./given-value.js";
import { modelStacks } from "./model-options.js";

/** Words of the command line about views of a volume that a network has seen. */
export interface ViewOptions {
  readonly reslice?: string;
  readonly probabilities: readonly string[];
  readonly outlines: readonly string[];
  readonly model?: string;
  readonly views?: string;
  readonly fusion: Fusion;
  readonly clusters?: string;
  readonly connected?: true;
  readonly quorum?: string;
}

export function withViewOptions(command: Command): Command {
  const collected = (value: string, all: readonly string[]) => [...all, value];
  return command
    .option("--reslice <views>", "write the volume cut along xy, xz, yz, x+z, x-z, y+z, y-z, x+y, x-y, and stop")
    .option(
      "--probabilities <view=file>",
      "what a network says of the slices of a view; once for each view",
      collected,
      [],
    )
    .option(
      "--outlines <view=file>",
      "labelled slices of a view, numbered in any way; once for each view",
      collected,
      [],
    )
    .option("--model <file>", "let a network that synchrode train wrote say what is inside particles, slice by slice")
    .option("--views <names>", "views that it looks along (default: xy, xz, yz; of a single slice xy)")
    .addOption(
      new Option("--fusion <way>", "how probabilities of views become one").choices(["mean", "median"]).default("mean"),
    )
    .option(
      "--clusters <count>",
      "clusters of fused probabilities; all but the lower half are particles (default: 5; with --model 2)",
    )
    .option("--connected", "connected parts of fused probabilities are particles; nothing is cut at necks")
    .option("--quorum <views>", "views that have to agree on a particle by its outlines (default: more than half)");
}

/** Whether a command cuts or fuses views. */
export function usesViews({ reslice, probabilities, outlines, model }: ViewOptions): boolean {
  return reslice !== undefined || probabilities.length > 0 || outlines.length > 0 || model !== undefined;
}

/** The files that they name. */
export function viewFiles({ probabilities, outlines, model }: ViewOptions): readonly string[] {
  const stacks = [...probabilities, ...outlines].map((word) => word.slice(word.indexOf("=") + 1));
  return model === undefined ? stacks : [...stacks, model];
}

/** Writes a volume as stacks of slices along views, `xy.tif` and so on. */
export function writeViews(volume: Volume, names: string, folder: string): string[] {
  const chosen = names.split(",").map((name) => viewNamed(name.trim()));
  return chosen.map((view) => {
    const path = join(folder, `${view.name}.tif`);
    writeTiff(path, cutAlong(view, volume));
    return path;
  });
}

/** Particles by the views that are given; null when there are none. */
export async function particlesOfViews(
  volume: Volume,
  options: ViewOptions,
  settings: SegmentSettings,
): Promise<ViewedParticles | null> {
  const { probabilities, outlines, model, fusion } = options;
  if (probabilities.length > 0 && outlines.length > 0)
    throw new CommandFailed(2, "--probabilities, --outlines: found both; give one kind.");
  if (model !== undefined && probabilities.length + outlines.length > 0)
    throw new CommandFailed(2, "--model: found it with --probabilities or --outlines; give one kind.");
  if (model !== undefined || probabilities.length > 0) {
    const usual = model === undefined ? usualClusters.clusters : 2;
    const clusters = options.clusters === undefined ? usual : countOption(options.clusters, "--clusters");
    const chosen = { fusion, clusters, connected: options.connected === true };
    const stacks =
      model === undefined
        ? await stacksOf(probabilities, "--probabilities")
        : await modelStacks(volume, model, options.views);
    return particlesOfProbabilities(volume, stacks, chosen, settings);
  }
  if (outlines.length === 0) return null;
  const quorum = options.quorum === undefined ? undefined : countOption(options.quorum, "--quorum");
  return particlesOfOutlines(volume, await stacksOf(outlines, "--outlines", { levels: "stored" }), quorum);
}

/** `xz=file.tif` each. @throws CommandFailed with status 2 */
async function stacksOf(words: readonly string[], option: string, levels: Partial<Reading> = {}): Promise<ViewStack[]> {
  const stacks: ViewStack[] = [];
  for (const word of words) {
    const at = word.indexOf("=");
    if (at < 1) throw new CommandFailed(2, `${option}: found ${word}; allowed: a view and a file, such as xz=xz.tif.`);
    const view = viewNamed(word.slice(0, at).trim());
    if (stacks.some((other) => other.view === view))
      throw new CommandFailed(2, `${option}: found the view ${view.name} twice; give each once.`);
    stacks.push({ view, stack: await readPicture(word.slice(at + 1), levels) });
  }
  return stacks;
}
