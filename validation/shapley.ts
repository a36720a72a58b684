import { trainForest } from "../src/inference/forest/forest.js";
import { presets } from "../src/inference/forest/settings.js";
import { explain } from "../src/inference/shap/explain.js";
import { interventional } from "../src/inference/shap/interventional.js";
import { pathDependent } from "../src/inference/shap/path-dependent.js";
import { largestError, valueFunctions } from "./learning/against-definition.js";
import { andTree } from "./learning/and-tree.js";
import { friedman1 } from "./learning/friedman.js";
import { samplesOf } from "./learning/random-trees.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost } from "./verdicts.js";

/** The four rows of two binary attributes; the last has both. */
export const binaryRows = samplesOf([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]);

/** SHAP values and interactions against Shapley's definition over all coalitions, hand cases, and adding up. */
export const shapleyValues: ValidationCase = {
  name: "shapley",
  title: "SHAP values of trees against Shapley's definition, hand cases, and adding up to the prediction",
  slow: false,
  run: async () => {
    const verdicts: Verdict[] = valueFunctions.map((kind) =>
      atMost(`${kind}, 200 random forests with interactions: largest error`, largestError(kind, 200, 1), 1e-10),
    );
    for (const [extra, wanted] of [
      [0, [30, 30]],
      [10, [30, 35]],
    ] as const) {
      const forest = { names: ["a0", "a1"], trees: [andTree(extra)] };
      for (const [name, of] of [
        ["path-dependent", pathDependent()],
        ["interventional", interventional(binaryRows)],
      ] as const) {
        const { values } = explain(forest, binaryRows, of);
        const error = Math.max(...wanted.map((value, k) => Math.abs(values[6 + k] - value)));
        verdicts.push(atMost(`80 A B + ${extra} B gives (${wanted}), ${name}`, error, 1e-12));
      }
    }
    const samples = friedman1();
    for (const preset of ["li2022", "default"] as const) {
      const { additivityError } = explain(trainForest(samples, presets[preset], 0), samples, pathDependent());
      verdicts.push(atMost(`adding up on 1000 rows, preset ${preset}`, additivityError, 1e-9));
    }
    return verdicts;
  },
};
