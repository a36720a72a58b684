import { draws } from "../../draws/draws.js";
import { growTree, type RankedSamples, rankSamples } from "./grow.js";
import type { Samples } from "./samples.js";
import { checkSettings, type ForestSettings } from "./settings.js";
import { leafOf, type Tree } from "./tree.js";

/** Trees whose mean is the prediction. */
export interface Forest {
  /** Attributes by name, as numbered in the trees. */
  readonly names: readonly string[];
  readonly trees: readonly Tree[];
}

/** A forest and how well it predicts rows that it has not seen. */
export interface TrainedForest extends Forest {
  /** Prediction of each training row by the trees that did not see it; NaN where all did. [row] */
  readonly outOfBag: Float64Array;
}

/**
 * A random forest (Breiman, Machine Learning 45, 5 (2001)). The same samples, settings and seed give the same bits.
 * @throws RangeError for settings that no tree can follow, fewer than two rows, or a seed that is no whole number.
 */
export function trainForest(samples: Samples, settings: ForestSettings, seed: number): TrainedForest {
  checkSettings(settings);
  if (samples.rows < 2)
    throw new RangeError(`Training a forest: found ${samples.rows} row; learning takes at least two.`);
  return assembleForest(samples, settings, seed, growTrees(rankSamples(samples), settings, seed, 0, settings.trees));
}

/**
 * Trees `from … to − 1` of a forest. Each has random numbers of its own, so that it does not matter who grows it.
 */
export function growTrees(
  samples: RankedSamples,
  settings: ForestSettings,
  seed: number,
  from: number,
  to: number,
): Tree[] {
  return Array.from({ length: to - from }, (_, k) => {
    const weight = drawRows(samples.rows, settings, seed, from + k);
    return growTree(samples, weight, settings, draws(seed, `attributes of tree ${from + k}`));
  });
}

/** A forest from all its trees in order, with its predictions out of bag. */
export function assembleForest(
  samples: Samples,
  settings: ForestSettings,
  seed: number,
  trees: readonly Tree[],
): TrainedForest {
  const { rows, attributes, names } = samples;
  const [sum, count] = [new Float64Array(rows), new Float64Array(rows)];
  if (settings.bootstrap)
    for (const [t, tree] of trees.entries()) {
      const weight = drawRows(rows, settings, seed, t);
      for (let row = 0; row < rows; row++) {
        if (weight[row] > 0) continue;
        sum[row] += tree.value[leafOf(tree, attributes, rows, row)];
        count[row]++;
      }
    }
  return { names, trees, outOfBag: sum.map((total, row) => total / count[row]) };
}

/** Mean of the trees for every row. [row] @throws RangeError when the samples have other attributes than the forest. */
export function predict(forest: Forest, samples: Samples): Float64Array {
  checkNames(forest, samples);
  const { rows, attributes } = samples;
  const sum = new Float64Array(rows);
  for (const tree of forest.trees)
    for (let row = 0; row < rows; row++) sum[row] += tree.value[leafOf(tree, attributes, rows, row)];
  return sum.map((total) => total / forest.trees.length);
}

/** @throws RangeError when samples have other attributes than the forest was trained on, or in another order. */
export function checkNames(forest: Forest, { names }: Samples): void {
  if (names.length === forest.names.length && names.every((name, k) => name === forest.names[k])) return;
  throw new RangeError(
    `Applying a forest: it was trained on ${forest.names.join(", ")}; the samples have ${names.join(", ")}.`,
  );
}

/** How often each row is drawn for a tree. [row] */
function drawRows(rows: number, { bootstrap }: ForestSettings, seed: number, tree: number): Float64Array {
  const weight = new Float64Array(rows);
  if (!bootstrap) return weight.fill(1);
  const random = draws(seed, `rows of tree ${tree}`);
  for (let k = 0; k < rows; k++) weight[Math.floor(random.uniform() * rows)]++;
  return weight;
}
