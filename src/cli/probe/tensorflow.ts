import { loadTensorFlow } from "../../inference/autoencoder/tensorflow.js";
import type { Probe } from "./probe.js";

const size = 32;

/** TensorFlow.js on the best of its backends that loads: a product of matrices against double precision. */
export const tensorFlow: Probe = {
  name: "TensorFlow.js",
  run: async () => {
    const { tf, backend } = await loadTensorFlow();
    const [a, b] = [1, 2].map((seed) => Float32Array.from({ length: size * size }, (_, k) => Math.sin(seed * (k + 1))));
    const found = await tf.matMul(tf.tensor2d(a, [size, size]), tf.tensor2d(b, [size, size])).data();
    let error = 0;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        let exact = 0;
        for (let k = 0; k < size; k++) exact += a[i * size + k] * b[k * size + j];
        error = Math.max(error, Math.abs(found[i * size + j] - exact));
      }
    if (!(error < 1e-4)) throw new Error(`a product of ${size} × ${size} matrices is off by ${error}`);
    return `${size} × ${size} product within ${error.toExponential(1)} of double precision, ran as ${backend}`;
  },
};
