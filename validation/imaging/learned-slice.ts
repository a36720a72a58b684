import { particlesOfProbabilities } from "../../src/imaging/fusion/particles-of-views.js";
import { viewNamed } from "../../src/imaging/fusion/view.js";
import { type Matching, matching } from "../../src/imaging/segmentation/matching.js";
import { segment, usualSegment } from "../../src/imaging/segmentation/segment.js";
import { readVolume } from "../../src/imaging/volume/files.js";
import { crop, type Volume } from "../../src/imaging/volume/volume.js";
import { loadTensorFlow } from "../../src/inference/autoencoder/tensorflow.js";
import { labelledExamples, pixelFor } from "../../src/inference/unet/example.js";
import type { Model } from "../../src/inference/unet/model.js";
import { probabilities } from "../../src/inference/unet/predict.js";
import { type TrainSettings, train } from "../../src/inference/unet/train.js";
import { type LabelledSlice, pixel } from "./slice.js";

/** Half of a labelled slice, without the bars of constant grey above and below it. */
export interface HalfSlice {
  readonly grey: Volume;
  readonly labels: Volume;
}

const [firstRow, rows] = [14, 764];

/** The left and the right half. */
export async function halves({ picture, labels }: LabelledSlice): Promise<readonly [HalfSlice, HalfSlice]> {
  const size = [pixel, pixel, pixel] as const;
  const [grey, truth] = [await readVolume(picture, size), await readVolume(labels, size)];
  const width = grey.shape[2] / 2;
  const half = (from: number): HalfSlice => {
    const part = (of: Volume) => crop(of, [0, firstRow, from], [1, rows, width]);
    return { grey: part(grey), labels: part(truth) };
  };
  return [half(0), half(width)];
}

/** A network trained on one half, and on painted slices. */
export async function trained({ grey, labels }: HalfSlice, settings: TrainSettings): Promise<Model> {
  const loaded = await loadTensorFlow();
  const seen = pixelFor(grey, labels.data);
  const weights = await train(loaded, labelledExamples(grey, labels.data, seen), settings);
  return { pixel: seen, channels: settings.channels, weights, provenance: [] };
}

export function classicalScore({ grey, labels }: HalfSlice): Matching {
  return matching(labels.data, segment(grey, usualSegment).labels.data)[0];
}

/** The same half as `segment --model` finds it. */
export async function learnedScore({ grey, labels }: HalfSlice, model: Model): Promise<Matching> {
  const stack = await probabilities(await loadTensorFlow(), grey, model);
  const settings = { fusion: "mean", clusters: 2, connected: false } as const;
  const found = particlesOfProbabilities(grey, [{ view: viewNamed("xy"), stack }], settings, usualSegment);
  return matching(labels.data, found.labels.data)[0];
}
