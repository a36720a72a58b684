import type { Graph } from "./vertex-cut.js";

/**
 * Puts `set` in the order of least degree: each time the vertex with fewest neighbours is eliminated and they become
 * neighbours of each other. Neighbours outside the set, which are eliminated later, count but stay.
 * `local` `[vertex]` is -1 on entry and on return. Sets of some hundred vertices: rows of bits hold their whole graph.
 * Source: Tinney & Walker, Proc. IEEE 55 (1967) 1801; the rim: Pellegrini, Roman & Amestoy, Concurr. 12 (2000) 69.
 */
export function leastDegree(graph: Graph, set: Int32Array, local: Int32Array): Int32Array {
  const { all, words, row } = bitRows(graph, set, local);
  const count = set.length;
  const degree = new Int32Array(count);
  for (let v = 0; v < count; v++) degree[v] = bits(row, v * words, words);
  const order = new Int32Array(count);
  const gone = 1 << 30;
  const reach = new Int32Array(words);
  for (let placed = 0; placed < count; placed++) {
    let v = 0;
    for (let w = 1; w < count; w++) if (degree[w] < degree[v]) v = w;
    order[placed] = set[v];
    degree[v] = gone;
    reach.set(row.subarray(v * words, v * words + words));
    for (let w = 0; w < count; w++) {
      if (degree[w] === gone || ((reach[w >> 5] >>> (w & 31)) & 1) === 0) continue;
      const at = w * words;
      for (let k = 0; k < words; k++) row[at + k] |= reach[k];
      row[at + (w >> 5)] &= ~(1 << (w & 31));
      row[at + (v >> 5)] &= ~(1 << (v & 31));
      degree[w] = bits(row, at, words);
    }
  }
  for (const v of all) local[v] = -1;
  return order;
}

/** Neighbours of each vertex of the set as bits, the set's own first; `all` are the vertices that the bits stand for. */
function bitRows(graph: Graph, set: Int32Array, local: Int32Array) {
  const all: number[] = [];
  for (const v of set) local[v] = all.push(v) - 1;
  for (const v of set) {
    for (let e = graph.start[v]; e < graph.start[v + 1]; e++) {
      const w = graph.neighbour[e];
      if (local[w] < 0) local[w] = all.push(w) - 1;
    }
  }
  const words = (all.length + 31) >> 5;
  const row = new Int32Array(set.length * words);
  for (let v = 0; v < set.length; v++) {
    for (let e = graph.start[set[v]]; e < graph.start[set[v] + 1]; e++) {
      const w = local[graph.neighbour[e]];
      row[v * words + (w >> 5)] |= 1 << (w & 31);
    }
  }
  return { all, words, row };
}

/** How many bits of `words` words are set. */
function bits(row: Int32Array, at: number, words: number): number {
  let sum = 0;
  for (let k = at; k < at + words; k++) {
    let x = row[k];
    x -= (x >>> 1) & 0x55555555;
    x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
    sum += Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return sum;
}
