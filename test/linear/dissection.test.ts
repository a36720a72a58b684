import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Csr } from "../../src/fem/linear/csr.js";
import { dissectionOrder } from "../../src/fem/linear/dissection.js";
import { eliminationTree, leastEntries } from "../../src/fem/linear/elimination-tree.js";
import { leastDegree } from "../../src/fem/linear/minimum-degree.js";
import { elementPattern } from "../../src/fem/linear/pattern.js";
import { pointGraph } from "../../src/fem/linear/point-graph.js";
import { elasticityMatrix, laplaceMatrix } from "./model-matrices.js";

/** Links of a cube of `side`³ points to their 26 neighbours, `[unknown][3]` its points. */
function cube(side: number): { pattern: Csr; points: Float64Array } {
  const cells: number[] = [];
  for (let i = 0; i < side ** 3; i++) {
    const [x, y, z] = [i % side, Math.floor(i / side) % side, Math.floor(i / side ** 2)];
    if (Math.max(x, y, z) === side - 1) continue;
    for (let c = 0; c < 8; c++) cells.push(i + (c & 1) + side * ((c >> 1) & 1) + side ** 2 * (c >> 2));
  }
  const points = Float64Array.from({ length: 3 * side ** 3 }, (_, k) => {
    return Math.floor(Math.floor(k / 3) / side ** (k % 3)) % side;
  });
  return { pattern: elementPattern(side ** 3, Int32Array.from(cells), 8), points };
}

/** Entries of L a column by the order, counted through the elimination tree. */
function entriesPerColumn({ pattern, points }: { pattern: Csr; points: Float64Array }): number {
  const graph = pointGraph(pattern, points);
  const order = dissectionOrder(graph);
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: graph.vertices }, (_, v) => v));
  return leastEntries(eliminationTree(graph, order)) / pattern.rows;
}

describe("dissection", () => {
  // METIS 5.1 through CHOLMOD (bench/ordering.ts): 19.2 entries a column, 37.5 and 104.3
  it("fills meshes of crossed squares about as METIS does", () => {
    expect(entriesPerColumn(laplaceMatrix(100, 0))).toBeLessThan(19.2);
    expect(entriesPerColumn(elasticityMatrix(100, 0.3))).toBeLessThan(1.05 * 37.5);
  });

  it("fills a cube about as METIS does", () => {
    expect(entriesPerColumn(cube(14))).toBeLessThan(1.05 * 104.3);
  });

  it("counts the fill of any graph as elimination does", () => {
    const graphs = fc.record({ n: fc.integer({ min: 1, max: 90 }), seed: fc.integer() });
    fc.assert(
      fc.property(graphs, ({ n, seed }) => {
        let state = seed >>> 0;
        const random = (below: number): number => {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          return Math.floor((state / 2 ** 32) * below);
        };
        const pattern = elementPattern(
          n,
          Int32Array.from({ length: 4 * n }, () => random(n)),
          2,
        );
        const graph = pointGraph(
          pattern,
          Float64Array.from({ length: 3 * n }, () => random(6)),
          n > 3 ? [random(n)] : [],
        );
        const tree = eliminationTree(graph, dissectionOrder(graph));
        expect(leastEntries(tree)).toBe(eliminated(neighbourSets(graph), tree.order, graph.first));
      }),
      { numRuns: 100, seed: 9 },
    );
  });

  it("takes a vertex of least degree each time, neighbours outside the set counted", () => {
    const { pattern, points } = laplaceMatrix(12, 0.3);
    const graph = pointGraph(pattern, points);
    const set = Int32Array.from({ length: 60 }, (_, k) => 20 + k);
    const local = new Int32Array(graph.vertices).fill(-1);
    const order = leastDegree(graph, set, local);
    expect(local.every((number) => number === -1)).toBe(true);
    const near = neighbourSets(graph);
    const open = new Set(set);
    for (const v of order) {
      expect(near[v].size).toBe(Math.min(...[...open].map((w) => near[w].size)));
      open.delete(v);
      eliminate(near, v);
    }
    expect(open.size).toBe(0);
  });
});

function neighbourSets({ vertices, start, neighbour }: ReturnType<typeof pointGraph>): Set<number>[] {
  return Array.from({ length: vertices }, (_, v) => {
    const all = new Set(neighbour.subarray(start[v], start[v + 1]));
    all.delete(v);
    return all;
  });
}

function eliminate(near: readonly Set<number>[], v: number): void {
  for (const a of near[v]) {
    for (const b of near[v]) if (a !== b) near[a].add(b);
    near[a].delete(v);
  }
}

/** Entries of L where vertices are eliminated one by one. */
function eliminated(near: readonly Set<number>[], order: Int32Array, first: Int32Array): number {
  let entries = 0;
  for (const v of order) {
    const own = first[v + 1] - first[v];
    let below = 0;
    for (const w of near[v]) below += first[w + 1] - first[w];
    entries += (own * (own + 1)) / 2 + own * below;
    eliminate(near, v);
  }
  return entries;
}
