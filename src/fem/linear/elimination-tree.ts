import type { PointGraph } from "./point-graph.js";

/** Elimination of a graph, vertex by vertex; all unknowns of a vertex count as coupled. */
export interface EliminationTree {
  /** `[step]` the vertex eliminated at it; a child precedes its parent, a subtree is contiguous. */
  readonly order: Int32Array;
  /** `[step]` the step whose columns the update of this one first reaches, -1 at a root. */
  readonly parent: Int32Array;
  /** `[step]` unknowns eliminated at it. */
  readonly width: Int32Array;
  /** `[step]` entries of its first column of L, diagonal included. */
  readonly count: Int32Array;
}

/** The elimination tree for vertices eliminated in `order`, renumbered in postorder (the same fill). */
export function eliminationTree(graph: PointGraph, order: Int32Array): EliminationTree {
  const parent = parents(graph, order, inverse(order));
  const post = postorder(parent);
  const place = inverse(post);
  const ordered = post.map((step) => order[step]);
  const renumbered = post.map((step) => (parent[step] < 0 ? -1 : place[parent[step]]));
  const width = ordered.map((v) => graph.first[v + 1] - graph.first[v]);
  return { order: ordered, parent: renumbered, width, count: columnCounts(graph, ordered, renumbered, width) };
}

/** Entries of L, merged zeros apart. */
export function leastEntries({ width, count }: EliminationTree): number {
  let sum = 0;
  for (let step = 0; step < width.length; step++)
    sum += width[step] * count[step] - (width[step] * (width[step] - 1)) / 2;
  return sum;
}

/** The permutation that undoes `permutation`. */
export function inverse(permutation: Int32Array): Int32Array {
  const undone = new Int32Array(permutation.length);
  for (let k = 0; k < permutation.length; k++) undone[permutation[k]] = k;
  return undone;
}

/** Liu, ACM Trans. Math. Softw. 12 (1986) 127, with path compression. */
function parents({ start, neighbour }: PointGraph, order: Int32Array, place: Int32Array): Int32Array {
  const parent = new Int32Array(order.length).fill(-1);
  const ancestor = new Int32Array(order.length).fill(-1);
  for (let row = 0; row < order.length; row++) {
    for (let e = start[order[row]]; e < start[order[row] + 1]; e++) {
      let step = place[neighbour[e]];
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
  const nodes = new Int32Array(count).map((_, node) => node);
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

/** Walks each row's subtree, so the work is that of counting L vertex by vertex. */
function columnCounts(graph: PointGraph, order: Int32Array, parent: Int32Array, width: Int32Array): Int32Array {
  const { start, neighbour } = graph;
  const place = inverse(order);
  const count = width.slice();
  const seenBy = new Int32Array(order.length).fill(-1);
  for (let row = 0; row < order.length; row++) {
    seenBy[row] = row;
    for (let e = start[order[row]]; e < start[order[row] + 1]; e++) {
      for (let step = place[neighbour[e]]; step < row && seenBy[step] !== row; step = parent[step]) {
        seenBy[step] = row;
        count[step] += width[row];
      }
    }
  }
  return count;
}
