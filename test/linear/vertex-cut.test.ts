import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NEAR_SINK, NEAR_SOURCE, vertexCut } from "../../src/fem/linear/vertex-cut.js";

const graphs = fc.integer({ min: 1, max: 8 }).chain((vertices) =>
  fc.record({
    vertices: fc.constant(vertices),
    edges: fc.array(fc.tuple(fc.nat(vertices - 1), fc.nat(vertices - 1)), { maxLength: 16 }),
    capacity: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: vertices, maxLength: vertices }),
    touch: fc.array(fc.nat(3), { minLength: vertices, maxLength: vertices }),
  }),
);

/** Whether a source reaches a sink over vertices that are not in the cut. */
function joined(lists: readonly Set<number>[], touch: readonly number[], inCut: (v: number) => boolean): boolean {
  const open = lists.map((_, v) => v).filter((v) => touch[v] & NEAR_SOURCE && !inCut(v));
  const seen = new Set(open);
  for (let v = open.pop(); v !== undefined; v = open.pop()) {
    if (touch[v] & NEAR_SINK) return true;
    for (const w of lists[v]) {
      if (seen.has(w) || inCut(w)) continue;
      seen.add(w);
      open.push(w);
    }
  }
  return false;
}

describe("vertex cut", () => {
  it("parts source from sink with the least capacity there is", () => {
    fc.assert(
      fc.property(graphs, ({ vertices, edges, capacity, touch }) => {
        const lists = Array.from({ length: vertices }, () => new Set<number>());
        for (const [v, w] of edges) {
          if (v === w) continue;
          lists[v].add(w);
          lists[w].add(v);
        }
        const sorted = lists.map((list) => [...list].sort((a, b) => a - b));
        const start = new Int32Array(vertices + 1);
        sorted.forEach((list, v) => {
          start[v + 1] = start[v] + list.length;
        });
        const graph = { vertices, start, neighbour: Int32Array.from(sorted.flat()) };
        const side = vertexCut(graph, Float64Array.from(capacity), Uint8Array.from(touch));
        expect(joined(lists, touch, (v) => side[v] === 0)).toBe(false);
        const costOf = (inCut: (v: number) => boolean) => capacity.reduce((sum, c, v) => sum + (inCut(v) ? c : 0), 0);
        let least = Number.POSITIVE_INFINITY;
        for (let set = 0; set < 2 ** vertices; set++) {
          const inCut = (v: number): boolean => ((set >> v) & 1) === 1;
          if (!joined(lists, touch, inCut)) least = Math.min(least, costOf(inCut));
        }
        expect(costOf((v) => side[v] === 0)).toBe(least);
        for (const [v, w] of edges) expect(side[v] * side[w]).not.toBe(-1);
      }),
      { numRuns: 500, seed: 5 },
    );
  });
});
