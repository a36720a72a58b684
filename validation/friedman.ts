import { assembleForest, growTrees, trainForest } from "../src/inference/forest/forest.js";
import { rankSamples } from "../src/inference/forest/grow.js";
import { crossValidate, rSquared } from "../src/inference/forest/score.js";
import { presets } from "../src/inference/forest/settings.js";
import { mean } from "../src/statistics/mean.js";
import { friedman1 } from "./learning/friedman.js";
import type { ValidationCase } from "./validation-case.js";
import { between } from "./verdicts.js";

/**
 * Friedman's first test function on the numbers of scikit-learn's `make_friedman1(1000, 10, noise=1, random_state=0)`
 * with its default forest of 200 trees: scikit-learn 1.2.1 reaches R² 0.849 ± 0.001 in five folds, 0.858 ± 0.001 out of bag.
 */
export const friedman: ValidationCase = {
  name: "random-forest",
  title: "random forest on Friedman's first function against scikit-learn; the same bits whoever grows the trees",
  slow: true,
  run: async ({ report }) => {
    const samples = friedman1();
    const seeds = [0, 1, 2, 3, 4];
    const folds = seeds.map((seed) => {
      report(`  cross-validating with seed ${seed}`);
      return mean(crossValidate(samples, presets.full, seed).r2ByFold);
    });
    const forests = seeds.map((seed) => trainForest(samples, presets.full, seed));
    const outOfBag = forests.map((forest) => rSquared(samples.target, forest.outOfBag));
    const { full } = presets;
    const ranked = rankSamples(samples);
    const second = growTrees(ranked, full, 0, 77, full.trees);
    const apart = assembleForest(samples, full, 0, [...growTrees(ranked, full, 0, 0, 77), ...second]);
    const same = JSON.stringify(apart.trees) === JSON.stringify(forests[0].trees);
    return [
      between("R² in five folds, mean of five seeds", mean(folds), 0.839, 0.859),
      between("R² out of bag, mean of five seeds", mean(outOfBag), 0.848, 0.868),
      {
        name: "trees grown in two parts, the second first",
        value: same ? "same" : "other",
        band: "same bits",
        holds: same,
      },
    ];
  },
};
