import { checkNames, type Forest, predict } from "../forest/forest.js";
import type { Samples } from "../forest/samples.js";
import type { Tree } from "../forest/tree.js";
import { fillPatterns, type LeafPath, leafPaths } from "./leaf-path.js";
import type { PathGame, ValueFunction } from "./path-game.js";
import { patternSlots } from "./pattern-slots.js";

/** What each attribute adds to each row's prediction. */
export interface Explanation {
  readonly names: readonly string[];
  readonly rows: number;
  /** Prediction when no attribute is known. */
  readonly base: number;
  /** [row][attribute] */
  readonly values: Float64Array;
  /** Largest |base + values − prediction| over a row, relative to the larger of |base| and |prediction|. */
  readonly additivityError: number;
}

/** An explanation with what pairs of attributes add together. */
export interface PairExplanation extends Explanation {
  /** [row][attribute][attribute], symmetric; a row of it sums to the attribute's value, its diagonal being what is its own. */
  readonly pairs: Float64Array;
}

/** Relative error of the sum above which values are wrong rather than rounded. */
const mostError = 1e-9;

/**
 * SHAP values of all rows, exact for the value function chosen: each leaf is looked at once for each pattern that rows
 * make on its path, so that the time grows with rows × leaves × depth.
 * @throws RangeError when attributes do not match, or trees ask about more than 30 attributes on one way.
 * @throws Error when base and values do not add up to the prediction within 1e-9.
 */
export function explain(forest: Forest, samples: Samples, valueFunction: ValueFunction): Explanation {
  checkNames(forest, samples);
  const values = new Float64Array(samples.rows * samples.names.length);
  const base = addLeaves(forest, samples, valueFunction, (game, path) => ({
    size: path.attributes.length,
    compute: game.effects,
    add: (row, effects, at) => addEffects(path, row * samples.names.length, effects, at, values),
  }));
  return finished(forest, samples, base, values);
}

/** SHAP values and interaction values of all rows; memory for rows × attributes² numbers. Throws as `explain` does. */
export function explainPairs(forest: Forest, samples: Samples, valueFunction: ValueFunction): PairExplanation {
  const explanation = explain(forest, samples, valueFunction);
  const many = samples.names.length;
  const pairs = new Float64Array(samples.rows * many * many);
  addLeaves(forest, samples, valueFunction, (game, path) => ({
    size: (path.attributes.length * (path.attributes.length - 1)) / 2,
    compute: game.pairs,
    add: (row, found, at) => addPairs(path, row * many * many, many, found, at, pairs),
  }));
  for (let i = 0; i < pairs.length; i++) pairs[i] /= forest.trees.length;
  for (let row = 0; row < samples.rows; row++)
    for (let k = 0; k < many; k++) {
      const line = (row * many + k) * many;
      let own = explanation.values[row * many + k];
      for (let j = 0; j < many; j++) if (j !== k) own -= pairs[line + j];
      pairs[line + k] = own;
    }
  return { ...explanation, pairs };
}

/** What is computed once for a pattern, and added for each row that has it. */
interface Task {
  readonly size: number;
  readonly compute: PathGame["effects"];
  readonly add: (row: number, found: Float64Array, at: number) => void;
}

/** Runs a task over all leaves and rows; gives the forest's base. */
function addLeaves(
  forest: Forest,
  samples: Samples,
  valueFunction: ValueFunction,
  taskOf: (game: PathGame, path: LeafPath) => Task,
): number {
  const { rows } = samples;
  const patterns = new Int32Array(rows);
  let table = new Float64Array(0);
  let base = 0;
  for (const path of forest.trees.flatMap((tree: Tree) => leafPaths(tree))) {
    const game = valueFunction(path);
    const { size, compute, add } = taskOf(game, path);
    base += game.base;
    fillPatterns(path, samples, patterns);
    const { slots, found } = patternSlots(patterns, rows, path.attributes.length);
    if (table.length < found.length * size) table = new Float64Array(2 * found.length * size);
    for (let slot = 0; slot < found.length; slot++) compute(found[slot], table, slot * size);
    for (let row = 0; row < rows; row++) add(row, table, slots[row] * size);
  }
  return base / forest.trees.length;
}

function addEffects(path: LeafPath, line: number, effects: Float64Array, at: number, values: Float64Array): void {
  const { attributes } = path;
  for (let k = 0; k < attributes.length; k++) values[line + attributes[k]] += effects[at + k];
}

function addPairs(
  path: LeafPath,
  block: number,
  many: number,
  found: Float64Array,
  at: number,
  pairs: Float64Array,
): void {
  const { attributes } = path;
  for (let k = 1, place = at; k < attributes.length; k++)
    for (let j = 0; j < k; j++, place++) {
      pairs[block + attributes[k] * many + attributes[j]] += found[place];
      pairs[block + attributes[j] * many + attributes[k]] += found[place];
    }
}

function finished(forest: Forest, samples: Samples, base: number, values: Float64Array): Explanation {
  const { names, rows } = samples;
  for (let i = 0; i < values.length; i++) values[i] /= forest.trees.length;
  const predicted = predict(forest, samples);
  let additivityError = 0;
  for (let row = 0; row < rows; row++) {
    let sum = base;
    for (let k = 0; k < names.length; k++) sum += values[row * names.length + k];
    const scale = Math.max(Math.abs(base), Math.abs(predicted[row]), Number.MIN_VALUE);
    additivityError = Math.max(additivityError, Math.abs(sum - predicted[row]) / scale);
  }
  if (!(additivityError <= mostError))
    throw new Error(
      `Explaining a forest: base and SHAP values miss a prediction by ${additivityError.toExponential(1)} of it; at most ${mostError} is rounding.`,
    );
  return { names, rows, base, values, additivityError };
}

/** Mean |value| over the rows. [attribute] */
export function meanAbsolute({ values, rows, names }: Explanation): Float64Array {
  const mean = new Float64Array(names.length);
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < names.length; k++) mean[k] += Math.abs(values[row * names.length + k]) / rows;
  return mean;
}
