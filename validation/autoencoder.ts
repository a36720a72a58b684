import { autoencoderDefaults, encode } from "../src/inference/autoencoder/autoencoder.js";
import { loadTensorFlow } from "../src/inference/autoencoder/tensorflow.js";
import { curvedSurface, straightMixture } from "./learning/manifolds.js";
import type { ValidationCase } from "./validation-case.js";
import { between } from "./verdicts.js";

/** Reconstruction beside principal components of the same number, on straight mixtures and on a curved surface. */
export const autoencoder: ValidationCase = {
  name: "autoencoder",
  title: "autoencoder against principal components, on straight and on curved data; the same numbers for a seed",
  slow: true,
  run: async () => {
    const loaded = await loadTensorFlow();
    const straight = await encode(loaded, straightMixture(1000), { ...autoencoderDefaults, latent: 3, epochs: 50 });
    const curved = await encode(loaded, curvedSurface(1000), autoencoderDefaults);
    const short = { ...autoencoderDefaults, epochs: 5 };
    const [first, again] = [
      await encode(loaded, curvedSurface(300), short),
      await encode(loaded, curvedSurface(300), short),
    ];
    const same = JSON.stringify(first) === JSON.stringify(again);
    return [
      between("straight: R² less that of principal components", straight.r2 - straight.principalR2, -0.01, 1),
      between("curved: R² less that of principal components", curved.r2 - curved.principalR2, 0.01, 1),
      { name: `same seed twice, on ${loaded.backend}`, value: same ? "same" : "other", band: "same bits", holds: same },
    ];
  },
};
