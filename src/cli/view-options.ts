import { type Command, Option } from "commander";
import type { Fusion } from "../imaging/fusion/probability.js";
import { viewNamed } from "../imaging/fusion/view.js";
import type { ProbabilityFusion, ViewFile, ViewsSeen } from "../study/imaging/views.js";
import { CommandFailed } from "./failure.js";
import { countOption } from "./given-value.js";

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

/** What says which voxels of views are inside particles; null where no word does. @throws CommandFailed with status 2 */
export function viewsSeen(options: ViewOptions): ViewsSeen | null {
  const { probabilities, outlines, model, views } = options;
  if (probabilities.length > 0 && outlines.length > 0)
    throw new CommandFailed(2, "--probabilities, --outlines: found both; give one kind.");
  if (model !== undefined && probabilities.length + outlines.length > 0)
    throw new CommandFailed(2, "--model: found it with --probabilities or --outlines; give one kind.");
  const named = views?.split(",").map((name) => name.trim());
  if (model !== undefined) return { by: "model", file: model, views: named, fused: fusionOf(options) };
  if (probabilities.length > 0)
    return { by: "probabilities", stacks: viewFiles(probabilities, "--probabilities"), fused: fusionOf(options) };
  if (outlines.length === 0) return null;
  return { by: "outlines", stacks: viewFiles(outlines, "--outlines"), quorum: countGiven(options.quorum, "--quorum") };
}

function fusionOf({ fusion, clusters, connected }: ViewOptions): ProbabilityFusion {
  return { fusion, clusters: countGiven(clusters, "--clusters"), connected: connected === true };
}

function countGiven(text: string | undefined, option: string): number | undefined {
  return text === undefined ? undefined : countOption(text, option);
}

/** `xz=file.tif` each. @throws CommandFailed with status 2 */
function viewFiles(words: readonly string[], option: string): ViewFile[] {
  const files: ViewFile[] = [];
  for (const word of words) {
    const at = word.indexOf("=");
    if (at < 1) throw new CommandFailed(2, `${option}: found ${word}; allowed: a view and a file, such as xz=xz.tif.`);
    const view = viewOption(word.slice(0, at).trim());
    if (files.some((other) => other.view === view))
      throw new CommandFailed(2, `${option}: found the view ${view} twice; give each once.`);
    files.push({ view, file: word.slice(at + 1) });
  }
  return files;
}

/** @throws CommandFailed with status 2 */
function viewOption(name: string): string {
  try {
    return viewNamed(name).name;
  } catch (error) {
    throw new CommandFailed(2, (error as Error).message);
  }
}
