import { Command } from "commander";
import { jsonText } from "../folder/json-file.js";
import { checkFile, fileKinds, writeOutput } from "../folder/output-file.js";
import { readPicture } from "../imaging/volume/files.js";
import { labelledExamples, pixelFor } from "../inference/unet/example.js";
import { modelText } from "../inference/unet/model.js";
import { train, usualTraining } from "../inference/unet/train.js";
import { cardFileOf, readDataset } from "./dataset.js";
import { CommandFailed } from "./failure.js";
import { countOption } from "./given-value.js";
import { asInput, voxelSizeOption } from "./imaging-options.js";
import {
  askedOfLabels,
  type LabelOptions,
  labelReading,
  type PictureOptions,
  pictureReading,
  withLabelOptions,
  withPictureOptions,
} from "./picture-options.js";
import { stoppable, tellingUntil } from "./stoppable.js";
import type { Terminal } from "./terminal.js";

interface Options extends PictureOptions, LabelOptions {
  readonly voxelSize?: string;
  readonly card?: string;
  readonly batches: string;
  readonly seed: string;
  readonly out: string;
  readonly json?: true;
}

/** `synchrode train`: labelled slices to a network that finds particles in others of their kind. */
export function trainCommand(terminal: Terminal): Command {
  return withLabelOptions(withPictureOptions(new Command("train")))
    .description("train a small U-Net on labelled slices and on painted ones, for segment --model")
    .argument("<volume>", "grey slice or stack of slices")
    .argument("<labels>", "its particles, whole numbers above 0, cracks and voids included; 0 elsewhere")
    .option("--voxel-size <lengths>", 'edge of a voxel, such as "398 nm", or three for z, y, x')
    .option("--card <file>", "dataset card (default: NAME.card.yaml or card.yaml beside the volume)")
    .option("--batches <count>", "batches of four pieces of 64 × 64 pixels", String(usualTraining.batches))
    .option("--seed <number>", "the same seed gives the same network", String(usualTraining.seed))
    .option("--out <file>", "file for the network", "model.json")
    .option("--json", "print what was trained as JSON")
    .addHelpText(
      "after",
      [
        "\nExample:",
        "  synchrode phantom --out phantom",
        "  synchrode train phantom/cathode.tif phantom/labels.tif --batches 20 --out model.json",
        "  synchrode segment phantom/cathode.tif --model model.json --out segmented",
      ].join("\n"),
    )
    .action((path: string, labelPath: string, options: Options) => run(path, labelPath, options, terminal));
}

async function run(path: string, labelPath: string, options: Options, terminal: Terminal): Promise<void> {
  const size = options.voxelSize === undefined ? undefined : voxelSizeOption(options.voxelSize);
  const settings = {
    ...usualTraining,
    batches: countOption(options.batches, "--batches"),
    seed: countOption(options.seed, "--seed"),
  };
  const inputs = [path, labelPath, ...cardFileOf(path, options.card)];
  checkFile(options.out, fileKinds.model, inputs);
  const { volume } = await readDataset(path, size, options.card, pictureReading(options));
  const labels = await asInput(() => askedOfLabels(() => readPicture(labelPath, labelReading(options))));
  if (labels.shape.some((count, axis) => count !== volume.shape[axis])) {
    const [found, due] = [labels.shape.join(" × "), volume.shape.join(" × ")];
    throw new CommandFailed(
      2,
      `Reading ${labelPath}: found ${found} voxels; the slices have ${due}. Both are one picture.`,
    );
  }
  const pixel = await asInput(() => pixelFor(volume, labels.data));
  const examples = labelledExamples(volume, labels.data, pixel);
  const { loadTensorFlow } = await import("../inference/autoencoder/tensorflow.js");
  const loaded = await loadTensorFlow();
  let last = Number.NaN;
  const weights = await stoppable(terminal, (signal) => {
    const tell = tellingUntil(signal, terminal.err);
    const told = (share: number, loss: number) => {
      last = loss;
      tell(`training ${Math.round(100 * share)} %, cross entropy ${loss.toFixed(3)}`);
    };
    return asInput(() => train(loaded, examples, settings, told));
  });
  const { channels } = settings;
  const provenance = [...volume.provenance, ...labels.provenance, `trained on ${loaded.backend}`];
  writeOutput(options.out, fileKinds.model, inputs, modelText({ pixel, channels, weights, provenance }));
  const summary = { model: options.out, pixel, slices: examples.length, settings, loss: last, backend: loaded.backend };
  if (options.json) terminal.out(jsonText(summary));
  else terminal.out(`${options.out}: trained on ${examples.length} slices at ${pixel.toPrecision(3)} µm a pixel`);
}
