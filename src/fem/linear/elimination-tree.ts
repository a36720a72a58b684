import type { Csr } from "./csr.js";

/** Elimination of a structurally symmetric matrix, columns numbered in the order of elimination. */
export interface EliminationTree {
  /** `[step]` the unknown eliminated at it; a child precedes its parent, a subtree is contiguous. */
  readonly order: Int32Array;
  /** `[step]` the step whose column the update of this one first reaches, -1 at a root. */
  readonly parent: Int32Array;
  /** `[step]` entries of the column of L, diagonal included. */
  readonly count: Int32Array;
}

/** The elimination tree for unknowns eliminated in `order`, renumbered in postorder (the same fill). */
export function eliminationTree(pattern: Csr, order: Int32Array): EliminationTree {
  const before = inverse(order);
  const parent = parents(pattern, order, before);
  const post = postorder(parent);
  const place = inverse(post);
  const ordered = post.map((step) => order[step]);
  const renumbered = post.map((step) => (parent[step] < 0 ? -1 : place[parent[step]]));
  return { order: ordered, parent: renumbered, count: columnCounts(pattern, ordered, renumbered) };
}

/** The permutation that undoes `permutation`. */
export function inverse(permutation: Int32Array): Int32Array {
  const undone = new Int32Array(permutation.length);
  for (let k = 0; k < permutation.length; k++) undone[permutation[k]] = k;
  return undone;
}

/** Liu, ACM Trans. Math. Softw. 12 (1986) 127, with path compression. */
function parents(pattern: Csr, order: Int32Array, place: Int32Array): Int32Array {
  const parent = new Int32Array(order.length).fill(-1);
  const ancestor = new Int32Array(order.length).fill(-1);
  for (let row = 0; row < order.length; row++) {
    for (let p = pattern.rowStart[order[row]]; p < pattern.rowStart[order[row] + 1]; p++) {
      let step = place[pattern.column[p]];
      while (step >= 0 && step < row) {
        const above = ancestor[step];
        ancestor[step] = row;
        if (above < 0) parent[step] = row;
        step = above;
      }
    }
  }
  return parent;
}

/** The nodes of a forest, children before parents and each subtree contiguous; `rank` orders siblings if given. */
export function postorder(parent: Int32Array, rank?: Float64Array): Int32Array {
  const count = parent.length;
  const child = new Int32Array(count + 1).fill(-1);
  const sibling = new Int32Array(count).fill(-1);
  const nodes = Int32Array.from({ length: count }, (_, node) => node);
  if (rank) nodes.sort((a, b) => rank[a] - rank[b] || a - b);
  for (let k = count - 1; k >= 0; k--) {
    const above = parent[nodes[k]] < 0 ? count : parent[nodes[k]];
    sibling[nodes[k]] = child[above];
    child[above] = nodes[k];
  }
  const post = new Int32Array(count);
  const stack = new Int32Array(count + 1);
  let depth = 0;
  let placed = 0;
  stack[depth++] = count;
  while (depth > 0) {
    const node = stack[depth - 1];
    const next = child[node];
    if (next >= 0) {
      child[node] = sibling[next];
      stack[depth++] = next;
    } else {
      depth--;
      if (node < count) post[placed++] = node;
    }
  }
  return post;
}

/** Walks each row's subtree, so the work is that of counting L entry by entry. */
function columnCounts(pattern: Csr, order: Int32Array, parent: Int32Array): Int32Array {
  const place = inverse(order);
  const count = new Int32Array(order.length).fill(1);
  const seenBy = new Int32Array(order.length).fill(-1);
  for (let row = 0; row < order.length; row++) {
    seenBy[row] = row;
    for (let p = pattern.rowStart[order[row]]; p < pattern.rowStart[order[row] + 1]; p++) {
      for (let step = place[pattern.column[p]]; step < row && seenBy[step] !== row; step = parent[step]) {
        seenBy[step] = row;
        count[step]++;
      }
    }
  }
  return count;
}
