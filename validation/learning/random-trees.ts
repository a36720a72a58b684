import type { Draws } from "../../src/draws/draws.js";
import type { Forest } from "../../src/inference/forest/forest.js";
import { makeSamples, type Samples } from "../../src/inference/forest/samples.js";
import { type Tree, treeOf } from "../../src/inference/forest/tree.js";

/** Coarse values, so that rows, background and thresholds tie. */
const coarse = (random: Draws) => Math.floor(5 * random.uniform()) - 2;

/** A tree with random questions (an attribute may come again on a path, with nothing left on one side), values and covers. */
export function randomTree(attributes: number, deepest: number, random: Draws): Tree {
  const [attribute, threshold, left, right, value, cover]: number[][] = [[], [], [], [], [], []] as number[][];
  const grow = (depth: number, weight: number): number => {
    const node = attribute.push(-1) - 1;
    threshold.push(0);
    left.push(0);
    right.push(0);
    value.push(Math.round(200 * random.normal()) / 10);
    cover.push(weight);
    if (depth < deepest && weight > 1 && random.uniform() < 0.85) {
      const part = 1 + Math.floor(random.uniform() * (weight - 1));
      attribute[node] = Math.floor(random.uniform() * attributes);
      threshold[node] = coarse(random) + (random.uniform() < 0.5 ? 0.5 : 0);
      left[node] = grow(depth + 1, part);
      right[node] = grow(depth + 1, weight - part);
    }
    return node;
  };
  grow(0, 400);
  return treeOf({ attribute, threshold, left, right, value, cover });
}

export function randomForest(attributes: number, deepest: number, trees: number, random: Draws): Forest {
  return {
    names: Array.from({ length: attributes }, (_, k) => `a${k}`),
    trees: Array.from({ length: trees }, () => randomTree(attributes, deepest, random)),
  };
}

/** Rows of coarse values as samples, and one by one. */
export function randomRows(attributes: number, rows: number, random: Draws) {
  const list = Array.from({ length: rows }, () => Float64Array.from({ length: attributes }, () => coarse(random)));
  return { list, samples: samplesOf(list) };
}

export function samplesOf(list: readonly ArrayLike<number>[]): Samples {
  const columns = Object.fromEntries(Array.from(list[0], (_, k) => [`a${k}`, list.map((row) => row[k])]));
  return makeSamples(columns, new Float64Array(list.length));
}
