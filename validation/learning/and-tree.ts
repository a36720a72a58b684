import type { Tree } from "../../src/inference/forest/tree.js";

/** f = 80 A B + extra · B on four equal rows, as a tree that asks A and then B. */
export function andTree(extra: number): Tree {
  return {
    attribute: Int32Array.of(0, 1, 1, -1, -1, -1, -1),
    threshold: Float64Array.of(0.5, 0.5, 0.5, 0, 0, 0, 0),
    left: Int32Array.of(1, 3, 5, 0, 0, 0, 0),
    right: Int32Array.of(2, 4, 6, 0, 0, 0, 0),
    value: Float64Array.of(20 + extra / 2, extra / 2, 40 + extra / 2, 0, extra, 0, 80 + extra),
    cover: Float64Array.of(4, 2, 2, 1, 1, 1, 1),
  };
}
