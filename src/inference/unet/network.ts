import type * as TensorFlow from "@tensorflow/tfjs";
import type { Draws } from "../../draws/draws.js";

type Picture = TensorFlow.Tensor4D;

/** Weights of one convolution. */
export interface LayerWeights {
  readonly name: string;
  /** Height, width, channels in, channels out. */
  readonly shape: readonly [number, number, number, number];
  readonly kernel: Float32Array;
  readonly offset: Float32Array;
}

/** Channels that a picture goes in with: its grey levels, and the same blurred. */
export const inputChannels = 2;

/** Pictures are whole multiples of this along both axes: they are halved twice. */
export const multiple = 4;

/** The convolutions by name: down a, b, d, up e, f, and the last one. */
function layers(channels: number): readonly (readonly [string, number, number, number])[] {
  const [c, wide] = [channels, 2 * channels];
  return [
    ["a1", 3, inputChannels, c],
    ["a2", 3, c, c],
    ["b1", 3, c, wide],
    ["b2", 3, wide, wide],
    ["d1", 3, wide, wide],
    ["d2", 3, wide, wide],
    ["e", 3, 2 * wide, wide],
    ["f", 3, wide + c, c],
    ["out", 1, c, 1],
  ];
}

/** Random weights whose outputs vary as their inputs do (He et al., ICCV 2015). */
export function randomWeights(channels: number, random: Draws): LayerWeights[] {
  return layers(channels).map(([name, size, from, to]) => {
    const spread = Math.sqrt(2 / (size * size * from));
    const kernel = Float32Array.from({ length: size * size * from * to }, () => spread * random.normal());
    return { name, shape: [size, size, from, to], kernel, offset: new Float32Array(to) };
  });
}

/** Whether weights are those of a network of so many channels. */
export function fits(weights: readonly LayerWeights[], channels: number): boolean {
  const due = layers(channels);
  return (
    due.length === weights.length &&
    due.every(([name, size, from, to], k) => {
      const { name: found, shape, kernel, offset } = weights[k];
      const same = shape.join() === [size, size, from, to].join() && kernel.length === size * size * from * to;
      return found === name && same && offset.length === to;
    })
  );
}

/** A network ready to run and to be trained. */
export interface Network {
  /** `[picture][row][column][channel]` to `[picture][row][column][1]`: the logarithm of the odds of being inside. */
  forward(pictures: Picture): Picture;
  weights(): LayerWeights[];
  dispose(): void;
}

/**
 * A U-Net of three levels (Ronneberger et al., MICCAI 2015): two convolutions of 3 × 3 a level on the way down, one on the
 * way up beside what came down. Means instead of maxima: in TensorFlow.js 4.22 the gradient of max pooling is wrong on
 * WebAssembly for several channels.
 */
export function network(tf: typeof TensorFlow, given: readonly LayerWeights[]): Network {
  const kernels = new Map(
    given.map(({ name, shape, kernel }) => [name, tf.variable(tf.tensor4d(kernel, [...shape]))] as const),
  );
  const offsets = new Map(given.map(({ name, offset }) => [name, tf.variable(tf.tensor1d(offset))] as const));
  const convolved = (x: Picture, name: string): Picture =>
    tf.add(tf.conv2d(x, kernels.get(name)! as Picture, 1, "same"), offsets.get(name)!);
  const bent = (x: Picture, name: string): Picture => tf.relu(convolved(x, name));
  const half = (x: Picture): Picture => tf.avgPool(x, 2, 2, "valid");
  return {
    forward: (pictures) => {
      const fine = bent(bent(pictures, "a1"), "a2");
      const middle = bent(bent(half(fine), "b1"), "b2");
      const coarse = bent(bent(half(middle), "d1"), "d2");
      const up = bent(tf.concat([twice(tf, coarse), middle], 3), "e");
      return convolved(bent(tf.concat([twice(tf, up), fine], 3), "f"), "out");
    },
    weights: () =>
      given.map(({ name, shape }) => ({
        name,
        shape,
        kernel: Float32Array.from(kernels.get(name)!.dataSync()),
        offset: Float32Array.from(offsets.get(name)!.dataSync()),
      })),
    dispose: () => {
      for (const variable of [...kernels.values(), ...offsets.values()]) variable.dispose();
    },
  };
}

/** Each pixel four times. Not by resizing: its gradient is wrong on the plain JavaScript backend for several channels. */
function twice(tf: typeof TensorFlow, x: Picture): Picture {
  const [pictures, rows, columns, channels] = x.shape;
  const wide = tf.reshape(tf.concat([x, x], 3), [pictures, rows, 1, 2 * columns * channels]);
  return tf.reshape(tf.concat([wide, wide], 2), [pictures, 2 * rows, 2 * columns, channels]);
}
