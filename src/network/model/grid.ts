import { directSolver } from "../../fem/linear/direct.js";
import { elementPattern, positionOf, unitePatterns } from "../../fem/linear/pattern.js";
import type { ConductionGraph } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import { laplacian } from "../graph/laplacian.js";

/**
 * The conduction graph with what the particles draw from it, factored: L + B, B a 2 × 2 block for each particle, of which the
 * symmetric part is held.
 */
export interface Grid {
  /** S, [particle][2][2] blocks in the held factor. */
  readonly held: Float64Array;
  /** Hold L + B; false when singular. The old factor is kept while its blocks are near enough to the new. */
  factor(blocks: Float64Array, heldVoltage: boolean): boolean;
  /** In place, over the nodes of the graph. */
  solve(nodal: Float64Array): void;
}

/** Share of all that is drawn by which the held blocks may be off: the acceleration makes up for it. */
const near = 0.15;

export function gridOf(packing: CoveredPacking, graph: ConductionGraph): Grid {
  const { nodes, collector } = graph;
  const particles = packing.radius.length;
  const edges = laplacian(graph);
  const blockCells = Int32Array.from({ length: 2 * particles }, (_, a) => a);
  const toCollector = Int32Array.from({ length: 2 * collector }, (_, e) => (e % 2 === 0 ? e / 2 : collector));
  const matrix = unitePatterns(edges, elementPattern(nodes, blockCells, 2), elementPattern(nodes, toCollector, 2));
  for (let row = 0; row < nodes; row++) {
    for (let p = edges.rowStart[row]; p < edges.rowStart[row + 1]; p++) {
      matrix.value[positionOf(matrix, row, edges.column[p])] = edges.value[p];
    }
  }
  const places = Int32Array.from({ length: 4 * particles }, (_, e) =>
    positionOf(matrix, 2 * (e >> 2) + ((e >> 1) & 1), 2 * (e >> 2) + (e & 1)),
  );
  const column = Int32Array.from({ length: collector }, (_, a) => positionOf(matrix, a, collector));
  const solver = directSolver(matrix, { kind: "ldlt", points: nodePlaces(packing, nodes), last: [collector] });
  const value = new Float64Array(matrix.value.length);
  const held = new Float64Array(4 * particles);
  let holds: "nothing" | "current" | "voltage" = "nothing";
  return {
    held,
    factor: (blocks, heldVoltage) => {
      const wanted = heldVoltage ? "voltage" : "current";
      let [off, all] = [0, 0];
      for (let e = 0; e < blocks.length; e++) {
        off += Math.abs(blocks[e] - held[e]);
        all += Math.abs(blocks[e]);
      }
      if (holds === wanted && off <= near * all) return true;
      value.set(matrix.value);
      for (let k = 0; k < particles; k++) {
        const across = (blocks[4 * k + 1] + blocks[4 * k + 2]) / 2;
        held.set([blocks[4 * k], across, across, blocks[4 * k + 3]], 4 * k);
      }
      for (let e = 0; e < held.length; e++) value[places[e]] += held[e];
      if (heldVoltage) {
        value.fill(0, matrix.rowStart[collector], matrix.rowStart[collector + 1]);
        for (let a = 0; a < collector; a++) value[column[a]] = 0;
        value[positionOf(matrix, collector, collector)] = 1;
      }
      const ok = solver.factor(value).ok;
      holds = ok ? wanted : "nothing";
      return ok;
    },
    solve: (nodal) => {
      // A held potential is known beforehand, and goes to the other side.
      if (holds === "voltage")
        for (let a = 0; a < collector; a++) nodal[a] -= matrix.value[column[a]] * nodal[collector];
      solver.solve(nodal, nodal);
    },
  };
}

/** [node][2] where the nodes lie, seen from the separator: electrodes are wide and shallow. */
function nodePlaces({ centre, radius, patch }: CoveredPacking, nodes: number): Float64Array {
  const places = new Float64Array(2 * nodes);
  radius.forEach((r, k) => {
    for (let a = 0; a < 2; a++) {
      const middle = centre[3 * k + a];
      places[2 * (2 * k) + a] = middle + 0.25 * r * patch[3 * k + a];
      places[2 * (2 * k + 1) + a] = middle - 0.25 * r * patch[3 * k + a];
    }
  });
  return places;
}
