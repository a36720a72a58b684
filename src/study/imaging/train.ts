import { checkFile, fileKinds, writeOutput } from "../../folder/output-file.js";
import { readPicture } from "../../imaging/volume/files.js";
import type { Reading } from "../../imaging/volume/format.js";
import { labelledExamples, pixelFor } from "../../inference/unet/example.js";
import { modelText } from "../../inference/unet/model.js";
import { type TrainSettings, train } from "../../inference/unet/train.js";
import { asInput } from "../input-refused.js";
import { askedOfLabels, cardFileOf, checkSameVoxels, type PictureAsked, readDataset } from "./dataset.js";

/** Labelled slices that a network is to learn from. */
export interface Training {
  readonly picture: PictureAsked;
  /** Its particles, whole numbers above 0, cracks and voids included; 0 elsewhere. */
  readonly labels: { readonly path: string; readonly which: Partial<Reading> };
  readonly settings: TrainSettings;
  /** File for the network. */
  readonly out: string;
}

/** How training goes: the share that is done, and the cross entropy. What it throws ends the training. */
export type TrainingTold = (share: number, loss: number) => void;

/**
 * Trains a small U-Net on labelled slices and on painted ones, into a file.
 * @throws InputRefused, InputFault, OutputRefused; MissingPackage without TensorFlow.js; MachineFailure
 */
export async function trainNetwork({ picture, labels: labelled, settings, out }: Training, told: TrainingTold) {
  const inputs = [picture.path, labelled.path, ...cardFileOf(picture.path, picture.card)];
  checkFile(out, fileKinds.model, inputs);
  const { volume } = await readDataset(picture);
  const labels = await asInput(() => askedOfLabels(() => readPicture(labelled.path, labelled.which)));
  checkSameVoxels(labelled.path, labels.shape, volume.shape, "the slices have");
  const pixel = await asInput(() => pixelFor(volume, labels.data));
  const examples = labelledExamples(volume, labels.data, pixel);
  const { loadTensorFlow } = await import("../../inference/autoencoder/tensorflow.js");
  const loaded = await loadTensorFlow();
  let last = Number.NaN;
  const noted: TrainingTold = (share, loss) => {
    last = loss;
    told(share, loss);
  };
  const weights = await asInput(() => train(loaded, examples, settings, noted));
  const { channels } = settings;
  const provenance = [...volume.provenance, ...labels.provenance, `trained on ${loaded.backend}`];
  writeOutput(out, fileKinds.model, inputs, modelText({ pixel, channels, weights, provenance }));
  return { model: out, pixel, slices: examples.length, settings, loss: last, backend: loaded.backend };
}
