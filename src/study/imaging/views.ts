import { join } from "node:path";
import { throwPassing } from "../../folder/machine-failure.js";
import { fileText } from "../../folder/read-file.js";
import {
  particlesOfOutlines,
  particlesOfProbabilities,
  type ViewedParticles,
  type ViewStack,
} from "../../imaging/fusion/particles-of-views.js";
import { type Fusion, usualClusters } from "../../imaging/fusion/probability.js";
import { cutAlong, viewNamed } from "../../imaging/fusion/view.js";
import type { SegmentSettings } from "../../imaging/segmentation/segment.js";
import { readPicture } from "../../imaging/volume/files.js";
import type { Reading } from "../../imaging/volume/format.js";
import { writeTiff } from "../../imaging/volume/tiff-writer.js";
import type { Volume } from "../../imaging/volume/volume.js";
import { type Model, modelOf } from "../../inference/unet/model.js";
import { InputRefused } from "../input-refused.js";

/** The slices of a view, in a file. */
export interface ViewFile {
  /** Such as xz. */
  readonly view: string;
  readonly file: string;
}

/** What says which voxels of views are inside particles. */
export type ViewsSeen =
  | { readonly by: "probabilities"; readonly stacks: readonly ViewFile[]; readonly fused: ProbabilityFusion }
  /** A network that `train` wrote, and the names of the views that it looks along: xy, xz and yz; of a single slice xy. */
  | {
      readonly by: "model";
      readonly file: string;
      readonly views: readonly string[] | undefined;
      readonly fused: ProbabilityFusion;
    }
  /** Labelled slices. `quorum`: views that have to agree on a particle; more than half unless it is given. */
  | { readonly by: "outlines"; readonly stacks: readonly ViewFile[]; readonly quorum: number | undefined };

/** How probabilities of views become particles. */
export interface ProbabilityFusion {
  readonly fusion: Fusion;
  /** Of fused probabilities; all but the lower half are particles. 5 unless it is given, of a model 2. */
  readonly clusters: number | undefined;
  /** Connected parts are particles; nothing is cut at necks. */
  readonly connected: boolean;
}

/** The files that are read. */
export function filesOfViews(seen: ViewsSeen): readonly string[] {
  return seen.by === "model" ? [seen.file] : seen.stacks.map(({ file }) => file);
}

/** Writes a volume as stacks of slices along views, `xy.tif` and so on. @throws RangeError for the name of no view */
export function writeViews(volume: Volume, names: readonly string[], folder: string): string[] {
  const chosen = names.map(viewNamed);
  return chosen.map((view) => {
    const path = join(folder, `${view.name}.tif`);
    writeTiff(path, cutAlong(view, volume));
    return path;
  });
}

/** Particles by the views that were seen. */
export async function particlesOfViews(
  volume: Volume,
  seen: ViewsSeen,
  settings: SegmentSettings,
): Promise<ViewedParticles> {
  if (seen.by === "outlines")
    return particlesOfOutlines(volume, await stacksOf(seen.stacks, { levels: "stored" }), seen.quorum);
  const { clusters = seen.by === "model" ? 2 : usualClusters.clusters } = seen.fused;
  const stacks = seen.by === "model" ? await modelStacks(volume, seen.file, seen.views) : await stacksOf(seen.stacks);
  return particlesOfProbabilities(volume, stacks, { ...seen.fused, clusters }, settings);
}

async function stacksOf(files: readonly ViewFile[], levels: Partial<Reading> = {}): Promise<ViewStack[]> {
  const stacks: ViewStack[] = [];
  for (const { view, file } of files) stacks.push({ view: viewNamed(view), stack: await readPicture(file, levels) });
  return stacks;
}

/** What a network says of the slices of views: of those named, or of xy, xz and yz; of a single slice of itself. */
async function modelStacks(volume: Volume, file: string, names: readonly string[] | undefined): Promise<ViewStack[]> {
  const model = readModel(file);
  const usual = volume.shape[0] === 1 ? ["xy"] : ["xy", "xz", "yz"];
  const { loadTensorFlow } = await import("../../inference/autoencoder/tensorflow.js");
  const { probabilities } = await import("../../inference/unet/predict.js");
  const loaded = await loadTensorFlow();
  const stacks: ViewStack[] = [];
  for (const name of names ?? usual) {
    const view = viewNamed(name);
    stacks.push({ view, stack: await probabilities(loaded, cutAlong(view, volume), model) });
  }
  return stacks;
}

/** A network that `train` wrote. @throws InputRefused, RangeError when it is none */
function readModel(path: string): Model {
  let text: string;
  try {
    text = fileText(path);
  } catch (error) {
    throwPassing("Reading", path, error);
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw new InputRefused(`--model: ${path} cannot be opened (${reason}); give a file that synchrode train wrote.`);
  }
  return modelOf(text);
}
