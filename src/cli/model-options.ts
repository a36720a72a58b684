import { throwPassing } from "../folder/machine-failure.js";
import { fileText } from "../folder/read-file.js";
import type { ViewStack } from "../imaging/fusion/particles-of-views.js";
import { cutAlong, viewNamed } from "../imaging/fusion/view.js";
import type { Volume } from "../imaging/volume/volume.js";
import { type Model, modelOf } from "../inference/unet/model.js";
import { CommandFailed } from "./failure.js";

/** A network that `train` wrote. @throws CommandFailed with status 2, RangeError when it is none */
function readModel(path: string): Model {
  let text: string;
  try {
    text = fileText(path);
  } catch (error) {
    throwPassing("Reading", path, error);
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw new CommandFailed(
      2,
      `--model: ${path} cannot be opened (${reason}); give a file that synchrode train wrote.`,
    );
  }
  return modelOf(text);
}

/**
 * What a network says of the slices of views: of those named, or of xy, xz and yz; of a single slice of itself.
 */
export async function modelStacks(volume: Volume, path: string, names: string | undefined): Promise<ViewStack[]> {
  const model = readModel(path);
  const usual = volume.shape[0] === 1 ? "xy" : "xy, xz, yz";
  const { loadTensorFlow } = await import("../inference/autoencoder/tensorflow.js");
  const { probabilities } = await import("../inference/unet/predict.js");
  const loaded = await loadTensorFlow();
  const stacks: ViewStack[] = [];
  for (const name of (names ?? usual).split(",")) {
    const view = viewNamed(name.trim());
    stacks.push({ view, stack: await probabilities(loaded, cutAlong(view, volume), model) });
  }
  return stacks;
}
