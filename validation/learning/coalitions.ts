import { leafOf, type Tree } from "../../src/inference/forest/tree.js";

/** What a coalition of attributes (bits of `known`) is worth. */
export type Worth = (known: number) => number;

/** The tree's expectation when only some attributes are known: algorithm 1 of Lundberg et al. (2020). */
export function pathDependentWorth(trees: readonly Tree[], row: ArrayLike<number>): Worth {
  return (known) => trees.reduce((sum, tree) => sum + expectation(tree, row, known, 0), 0) / trees.length;
}

function expectation(tree: Tree, row: ArrayLike<number>, known: number, node: number): number {
  const k = tree.attribute[node];
  if (k < 0) return tree.value[node];
  const [left, right] = [tree.left[node], tree.right[node]];
  if ((known >>> k) & 1) return expectation(tree, row, known, row[k] <= tree.threshold[node] ? left : right);
  const both =
    tree.cover[left] * expectation(tree, row, known, left) + tree.cover[right] * expectation(tree, row, known, right);
  return both / tree.cover[node];
}

/** The mean prediction over background rows whose known attributes are replaced by the row's. */
export function interventionalWorth(
  trees: readonly Tree[],
  row: ArrayLike<number>,
  background: readonly ArrayLike<number>[],
): Worth {
  return (known) => {
    let sum = 0;
    for (const other of background) {
      const mixed = Float64Array.from(other, (value, k) => ((known >>> k) & 1 ? row[k] : value));
      for (const tree of trees) sum += tree.value[leafOf(tree, mixed, 1, 0)];
    }
    return sum / (background.length * trees.length);
  };
}

/** Worth of all 2^count coalitions. */
export function allWorths(worth: Worth, count: number): Float64Array {
  return Float64Array.from({ length: 2 ** count }, (_, known) => worth(known));
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
const size = (bits: number): number => (bits === 0 ? 0 : (bits & 1) + size(bits >>> 1));

/** Shapley values by their definition. */
export function shapley(worths: Float64Array, count: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let s = 0; s < worths.length; s++) {
      if ((s >>> i) & 1) continue;
      const weight = (factorial(size(s)) * factorial(count - size(s) - 1)) / factorial(count);
      sum += weight * (worths[s | (1 << i)] - worths[s]);
    }
    return sum;
  });
}

/** Shapley interaction value of i and j, half of what they earn together, by its definition. */
export function shapleyPair(worths: Float64Array, count: number, i: number, j: number): number {
  let sum = 0;
  const [a, b] = [1 << i, 1 << j];
  for (let s = 0; s < worths.length; s++) {
    if (s & (a | b)) continue;
    const weight = (factorial(size(s)) * factorial(count - size(s) - 2)) / factorial(count - 1) / 2;
    sum += weight * (worths[s | a | b] - worths[s | a] - worths[s | b] + worths[s]);
  }
  return sum;
}
