import { diffusion } from "../src/imaging/filter/diffusion.js";
import { blur } from "../src/imaging/filter/gaussian.js";
import { medians } from "../src/imaging/filter/median.js";
import { nonLocalMeans } from "../src/imaging/filter/non-local-means.js";
import { noiseLeft, noisyCrowd } from "./imaging/noisy-crowd.js";
import type { ValidationCase } from "./validation-case.js";
import { between } from "./verdicts.js";

/** How much noise filters leave in a crowd of balls, edges that they blur counted as noise. */
export const imagingFilters: ValidationCase = {
  name: "imaging-filters",
  title: "Noise that filters leave in a crowd of grey balls, in shares of its mean square",
  slow: false,
  run: async () =>
    ([12, 30] as const).flatMap((noise) => {
      const crowd = noisyCrowd([40, 64, 64], noise);
      const plain = [medians(1), blur(0.5), blur(0.7), blur(1)].map((filter) => noiseLeft(crowd, filter));
      const [median, ...gaussians] = plain as [number, number, number, number];
      const best = Math.min(...gaussians);
      const told = (name: string, value: number, most: number) => between(`noise of ${noise}: ${name}`, value, 0, most);
      return [
        told("median", median, 0.3),
        told("best of three Gaussians", best, 0.2),
        told("diffusion", noiseLeft(crowd, diffusion()), best),
        told("non-local means", noiseLeft(crowd, nonLocalMeans()), best / 1.5),
      ];
    }),
};
