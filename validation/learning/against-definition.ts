import { draws } from "../../src/draws/draws.js";
import { explainPairs } from "../../src/inference/shap/explain.js";
import { interventional } from "../../src/inference/shap/interventional.js";
import { pathDependent } from "../../src/inference/shap/path-dependent.js";
import { allWorths, interventionalWorth, pathDependentWorth, shapley, shapleyPair, type Worth } from "./coalitions.js";
import { randomForest, randomRows } from "./random-trees.js";

export const valueFunctions = ["path-dependent", "interventional"] as const;

/**
 * Largest |found − definition| / max(1, |definition|) of SHAP values and interaction values over random forests of two
 * trees up to 8 deep and two rows each, with 2 to 12 attributes, coarse values that tie, and attributes asked twice.
 */
export function largestError(kind: (typeof valueFunctions)[number], forests: number, seed: number): number {
  const random = draws(seed, kind);
  let largest = 0;
  const note = (found: number, wanted: number) => {
    largest = Math.max(largest, Math.abs(found - wanted) / Math.max(1, Math.abs(wanted)));
  };
  for (let trial = 0; trial < forests; trial++) {
    const count = 2 + (trial % 11);
    const forest = randomForest(count, 8, 2, random);
    const { list, samples } = randomRows(count, 2, random);
    const background = randomRows(count, 5, random);
    const valueFunction = kind === "interventional" ? interventional(background.samples) : pathDependent();
    const { values, pairs } = explainPairs(forest, samples, valueFunction);
    for (const [row, attributes] of list.entries()) {
      const worth: Worth =
        kind === "interventional"
          ? interventionalWorth(forest.trees, attributes, background.list)
          : pathDependentWorth(forest.trees, attributes);
      const worths = allWorths(worth, count);
      const wanted = shapley(worths, count);
      for (let k = 0; k < count; k++) {
        const j = (k + 1) % count;
        note(values[row * count + k], wanted[k]);
        note(pairs[(row * count + k) * count + j], shapleyPair(worths, count, k, j));
      }
    }
  }
  return largest;
}
