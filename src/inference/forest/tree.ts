/** A regression tree in flat arrays; node 0 is the root, children come after their parents. */
export interface Tree {
  /** Attribute that a node asks about, −1 at a leaf. [node] */
  readonly attribute: Int32Array;
  /** Rows whose attribute is at most this go left. [node] */
  readonly threshold: Float64Array;
  /** [node], 0 at a leaf */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Prediction at a node, whether it is a leaf or not. [node] */
  readonly value: Float64Array;
  /** Weight of the training rows that reached a node; a row drawn twice counts twice. [node] */
  readonly cover: Float64Array;
}

/** A tree while it grows. */
export type GrowingTree = { readonly [Part in keyof Tree]: number[] };

export function treeOf({ attribute, threshold, left, right, value, cover }: GrowingTree): Tree {
  return {
    attribute: Int32Array.from(attribute),
    threshold: Float64Array.from(threshold),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    value: Float64Array.from(value),
    cover: Float64Array.from(cover),
  };
}

/** The leaf that a row of `attributes` [attribute][row] falls into. */
export function leafOf(tree: Tree, attributes: Float64Array, rows: number, row: number): number {
  const { attribute, threshold, left, right } = tree;
  let node = 0;
  for (let k = attribute[0]; k >= 0; k = attribute[node])
    node = attributes[k * rows + row] <= threshold[node] ? left[node] : right[node];
  return node;
}

/** Number of leaves. */
export function leafCount(tree: Tree): number {
  return (tree.attribute.length + 1) / 2;
}
