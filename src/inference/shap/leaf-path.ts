import type { Samples } from "../forest/samples.js";
import type { Tree } from "../forest/tree.js";

/** Distinct attributes on one way to a leaf, at most: their answers are the bits of a number. */
export const mostAttributes = 30;

/** The way to one leaf, each attribute that it asks about once: a row gets there that passes all of them. */
export interface LeafPath {
  /** Prediction of the leaf. */
  readonly value: number;
  /** Attributes by their numbers in the tree. [k] */
  readonly attributes: Int32Array;
  /** An attribute passes when it is above `low` and at most `high`. [k] */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Share of the training weight that goes on along the path where this attribute is asked. [k] */
  readonly share: Float64Array;
}

interface Condition {
  readonly low: number;
  readonly high: number;
  readonly share: number;
}

/**
 * The ways to all leaves of a tree.
 * @throws RangeError when a way asks about more than 30 distinct attributes.
 */
export function leafPaths(tree: Tree): LeafPath[] {
  const paths: LeafPath[] = [];
  const conditions = new Map<number, Condition>();
  const free: Condition = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, share: 1 };
  const walk = (node: number) => {
    const k = tree.attribute[node];
    if (k < 0) {
      paths.push(pathOf(tree.value[node], conditions));
      return;
    }
    const before = conditions.get(k);
    const { low, high, share } = before ?? free;
    const threshold = tree.threshold[node];
    const [left, right] = [tree.left[node], tree.right[node]];
    const part = (child: number) => (share * tree.cover[child]) / tree.cover[node];
    conditions.set(k, { low, high: Math.min(high, threshold), share: part(left) });
    walk(left);
    conditions.set(k, { low: Math.max(low, threshold), high, share: part(right) });
    walk(right);
    if (before) conditions.set(k, before);
    else conditions.delete(k);
  };
  walk(0);
  return paths;
}

function pathOf(value: number, conditions: ReadonlyMap<number, Condition>): LeafPath {
  if (conditions.size > mostAttributes)
    throw new RangeError(
      `Explaining a tree: a way to a leaf asks about ${conditions.size} attributes; at most ${mostAttributes} can be told apart: grow trees with a maxDepth of ${mostAttributes} or less.`,
    );
  const all = [...conditions.values()];
  return {
    value,
    attributes: Int32Array.from(conditions.keys()),
    low: Float64Array.from(all, ({ low }) => low),
    high: Float64Array.from(all, ({ high }) => high),
    share: Float64Array.from(all, ({ share }) => share),
  };
}

/** Bit k of `patterns[row]` says whether the row passes attribute k of the path. */
export function fillPatterns(path: LeafPath, { attributes, rows }: Samples, patterns: Int32Array): void {
  patterns.fill(0, 0, rows);
  for (let k = 0; k < path.attributes.length; k++) {
    const offset = path.attributes[k] * rows;
    const [low, high, bit] = [path.low[k], path.high[k], 1 << k];
    for (let row = 0; row < rows; row++) {
      const x = attributes[offset + row];
      if (x > low && x <= high) patterns[row] |= bit;
    }
  }
}
