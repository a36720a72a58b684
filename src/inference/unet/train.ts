import type * as TensorFlow from "@tensorflow/tfjs";
import { type Draws, draws } from "../../draws/draws.js";
import type { Loaded } from "../autoencoder/tensorflow.js";
import { type Example, paintedExample } from "./example.js";
import { addKernelGradient } from "./kernel-gradient.js";
import { inputChannels, type LayerWeights, type Network, network, randomWeights } from "./network.js";

export interface TrainSettings {
  readonly channels: number;
  /** Batches. */
  readonly batches: number;
  /** Pieces of labelled pictures and of painted ones in a batch. */
  readonly labelled: number;
  readonly painted: number;
  /** Edge of a piece, pixels. */
  readonly edge: number;
  /** Of Adam; falls to a twentieth over the second half. */
  readonly rate: number;
  readonly seed: number;
}

export const usualTraining: TrainSettings = {
  channels: 8,
  batches: 480,
  labelled: 3,
  painted: 1,
  edge: 64,
  rate: 0.004,
  seed: 1,
};

/** Painted pictures that pieces are taken of. */
const paintings = 24;

/**
 * Trains a U-Net on pieces of labelled pictures and of painted ones, turned, mirrored and with other contrast, by the
 * cross entropy of being inside. The same seed gives the same weights on the same backend.
 * @param told share of the work that is done, and the mean loss since it was last told
 * @throws RangeError when a labelled picture is smaller than a piece
 */
export async function train(
  { tf }: Loaded,
  labelled: readonly Example[],
  settings: TrainSettings,
  told: (share: number, loss: number) => void = () => {},
): Promise<LayerWeights[]> {
  addKernelGradient(tf);
  checkExamples(labelled, settings);
  const random = draws(settings.seed, "pieces");
  const painting = draws(settings.seed, "paintings");
  const painted = Array.from({ length: settings.painted > 0 ? paintings : 0 }, () =>
    paintedExample(2 * settings.edge, painting),
  );
  const made = network(tf, randomWeights(settings.channels, draws(settings.seed, "weights")));
  const optimizer = tf.train.adam(settings.rate);
  let loss = 0;
  for (let k = 0; k < settings.batches; k++) {
    const left = 1 - k / settings.batches;
    Object.assign(optimizer, { learningRate: settings.rate * Math.max(0.05, Math.min(1, 1.6 * left)) });
    loss += step(tf, made, optimizer, batch(labelled, painted, settings, random));
    if (k % 10 !== 9) continue;
    told((k + 1) / settings.batches, loss / 10);
    loss = 0;
    await tf.nextFrame();
  }
  const weights = made.weights();
  made.dispose();
  optimizer.dispose();
  return weights;
}

function checkExamples(labelled: readonly Example[], { edge }: TrainSettings): void {
  const small = labelled.find(({ rows, columns }) => Math.min(rows, columns) < edge);
  if (small === undefined) return;
  throw new RangeError(
    `Training: a labelled picture is ${small.rows} × ${small.columns} pixels at the scale of the network; ${edge} × ${edge} or more are due.`,
  );
}

interface Batch {
  readonly pieces: number;
  readonly edge: number;
  readonly channels: Float32Array;
  readonly inside: Float32Array;
}

/** Softplus of the logit less the target times it: the cross entropy. */
function step(
  tf: typeof TensorFlow,
  { forward }: Network,
  optimizer: TensorFlow.Optimizer,
  { pieces, edge, channels, inside }: Batch,
): number {
  return tf.tidy(() => {
    const shown = tf.tensor4d(channels, [pieces, edge, edge, inputChannels]);
    const due = tf.tensor4d(inside, [pieces, edge, edge, 1]);
    const loss = optimizer.minimize(() => {
      const logits = forward(shown);
      return tf.softplus(logits).sub(logits.mul(due)).mean().asScalar();
    }, true)!;
    return loss.dataSync()[0];
  });
}

function batch(
  labelled: readonly Example[],
  painted: readonly Example[],
  { labelled: some, painted: others, edge }: TrainSettings,
  random: Draws,
): Batch {
  const pieces = some + others;
  const channels = new Float32Array(pieces * edge * edge * inputChannels);
  const inside = new Float32Array(pieces * edge * edge);
  for (let k = 0; k < pieces; k++) {
    const from = k < some ? labelled : painted;
    piece(from[Math.floor(random.uniform() * from.length)], edge, k, channels, inside, random);
  }
  return { pieces, edge, channels, inside };
}

/** Copies a piece in one of its eight positions, brighter or darker, with more or less contrast and some noise. */
function piece(
  from: Example,
  edge: number,
  k: number,
  channels: Float32Array,
  inside: Float32Array,
  random: Draws,
): void {
  const place = (count: number) => Math.floor(random.uniform() * (count - edge + 1));
  const [top, left] = [place(from.rows), place(from.columns)];
  const position = Math.floor(8 * random.uniform());
  const gain = 0.8 + 0.4 * random.uniform();
  const shift = 0.2 * (random.uniform() - 0.5);
  const noise = 0.03 * random.uniform();
  for (let row = 0; row < edge; row++) {
    for (let column = 0; column < edge; column++) {
      const down = position & 1 ? edge - 1 - row : row;
      const right = position & 2 ? edge - 1 - column : column;
      const [r, c] = position & 4 ? [right, down] : [down, right];
      const i = (top + r) * from.columns + left + c;
      const to = (k * edge + row) * edge + column;
      channels[2 * to] = gain * from.channels[2 * i] + shift + noise * random.normal();
      channels[2 * to + 1] = gain * from.channels[2 * i + 1] + shift;
      inside[to] = from.inside[i];
    }
  }
}
