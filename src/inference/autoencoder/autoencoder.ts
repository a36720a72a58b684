import type * as TensorFlow from "@tensorflow/tfjs";
import { draws, shuffled } from "../../draws/draws.js";
import { pearson } from "../../statistics/correlation.js";
import { mean, populationDeviation } from "../../statistics/mean.js";
import type { Samples } from "../forest/samples.js";
import { attributeOf } from "../forest/samples.js";
import { principalComponents } from "./principal-components.js";
import type { Loaded } from "./tensorflow.js";

export interface AutoencoderSettings {
  /** Numbers that a particle is squeezed into. */
  readonly latent: number;
  /** Units of the hidden layer of encoder and decoder. */
  readonly hidden: number;
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  /** Penalty on squared weights of the bent parts. */
  readonly penalty: number;
  readonly seed: number;
}

export const autoencoderDefaults: AutoencoderSettings = {
  latent: 2,
  hidden: 16,
  epochs: 100,
  batch: 64,
  rate: 0.005,
  penalty: 1e-5,
  seed: 0,
};

export interface Encoded {
  readonly names: readonly string[];
  readonly latent: number;
  /** 1 − squared error over the sum of squares of the standardised attributes, all rows. */
  readonly r2: number;
  /** The same of as many principal components. */
  readonly principalR2: number;
  /** Pearson's r of each latent number with each attribute. [latent][attribute] */
  readonly correlations: readonly (readonly number[])[];
  /** Pearson's r of each latent number with the target. [latent] */
  readonly targetCorrelations: readonly number[];
  /** [row][latent] */
  readonly codes: readonly (readonly number[])[];
  readonly backend: string;
}

type Tensor = TensorFlow.Tensor2D;

/**
 * A regularised autoencoder of the attributes (the target is left out). Encoder and decoder are each a straight part and a
 * bent one, x W + elu(x A + a) B. The straight parts start at the principal components and B at nothing, so that training
 * starts from principal component analysis and adds what is curved; the best epoch is kept. A seed gives the same numbers
 * on the same backend.
 */
export async function encode(
  { tf, backend }: Loaded,
  samples: Samples,
  settings: AutoencoderSettings,
): Promise<Encoded> {
  const rows = standardisedRows(samples);
  const principal = principalComponents(rows, settings.latent);
  const network = makeNetwork(tf, samples.names.length, principal.directions, settings);
  const data = tf.tensor2d(rows as number[][]);
  const sum = rows.flat().reduce((total, value) => total + value * value, 0);
  const scoreOf = () =>
    tf.tidy(() => 1 - network.decode(network.encode(data)).sub(data).square().sum().dataSync()[0] / sum);
  let best = { r2: scoreOf(), weights: network.copy() };
  const optimizer = tf.train.adam(settings.rate);
  const random = draws(settings.seed, "autoencoder batches");
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    trainEpoch(tf, network, optimizer, rows, shuffled(rows.length, random), settings);
    const r2 = scoreOf();
    if (r2 > best.r2) best = { r2, weights: network.copy() };
    if (epoch % 10 === 9) await tf.nextFrame();
  }
  network.restore(best.weights);
  const codes = tf.tidy(() => network.encode(data).arraySync());
  data.dispose();
  network.dispose();
  optimizer.dispose();
  return { ...described(samples, codes), latent: settings.latent, r2: best.r2, principalR2: principal.r2, backend };
}

function trainEpoch(
  tf: typeof TensorFlow,
  network: ReturnType<typeof makeNetwork>,
  optimizer: TensorFlow.Optimizer,
  rows: readonly (readonly number[])[],
  order: Int32Array,
  { batch, penalty }: AutoencoderSettings,
): void {
  for (let from = 0; from < order.length; from += batch)
    tf.tidy(() => {
      const chosen = tf.tensor2d(Array.from(order.subarray(from, from + batch), (row) => rows[row] as number[]));
      optimizer.minimize(() => {
        const error = network.decode(network.encode(chosen)).sub(chosen).square().mean();
        return error
          .add(network.bent.reduce((sum, part) => sum.add(part.square().sum()), tf.scalar(0)).mul(penalty))
          .asScalar();
      });
    });
}

function makeNetwork(
  tf: typeof TensorFlow,
  attributes: number,
  directions: readonly (readonly number[])[],
  { latent, hidden, seed }: AutoencoderSettings,
) {
  const random = draws(seed, "autoencoder weights");
  const part = (inputs: number, outputs: number, straight: Tensor) => {
    const spread = Math.sqrt(2 / (inputs + hidden));
    const first = Array.from({ length: inputs }, () => Array.from({ length: hidden }, () => spread * random.normal()));
    return {
      straight: tf.variable(straight),
      first: tf.variable(tf.tensor2d(first)),
      offset: tf.variable(tf.zeros([1, hidden]) as Tensor),
      second: tf.variable(tf.zeros([hidden, outputs]) as Tensor),
    };
  };
  const into = tf.tensor2d(directions as number[][]);
  const [encoder, decoder] = [part(attributes, latent, into), part(latent, attributes, into.transpose() as Tensor)];
  const weights = [encoder, decoder].flatMap((each) => Object.values(each));
  const run = (each: typeof encoder, x: Tensor) =>
    x.matMul(each.straight as Tensor).add(
      x
        .matMul(each.first as Tensor)
        .add(each.offset)
        .elu()
        .matMul(each.second as Tensor),
    ) as Tensor;
  return {
    bent: [encoder.first, encoder.second, decoder.first, decoder.second],
    encode: (x: Tensor) => run(encoder, x),
    decode: (z: Tensor) => run(decoder, z),
    copy: () => weights.map((each) => each.dataSync().slice()),
    restore: (values: readonly (Float32Array | Int32Array | Uint8Array)[]) => {
      for (const [k, each] of weights.entries()) each.assign(tf.tensor(values[k], each.shape) as never);
    },
    dispose: () => {
      into.dispose();
      for (const each of weights) each.dispose();
    },
  };
}

function described(samples: Samples, codes: readonly (readonly number[])[]) {
  const latents = codes[0].map((_, k) => Float64Array.from(codes, (code) => code[k]));
  return {
    names: samples.names,
    codes,
    correlations: latents.map((z) => samples.names.map((name) => pearson(z, attributeOf(samples, name)) || 0)),
    targetCorrelations: latents.map((z) => pearson(z, samples.target)),
  };
}

/** Each attribute less its mean, over its standard deviation. [row][attribute] */
function standardisedRows(samples: Samples): number[][] {
  const columns = samples.names.map((name) => {
    const values = attributeOf(samples, name);
    const [centre, sd] = [mean(values), populationDeviation(values)];
    return values.map((value) => (sd === 0 ? 0 : (value - centre) / sd));
  });
  return Array.from({ length: samples.rows }, (_, row) => columns.map((column) => column[row]));
}
