import { directSolver } from "../../fem/linear/direct.js";
import { elementPattern, positionOf, unitePatterns } from "../../fem/linear/pattern.js";
import { type Product, product } from "../../fem/linear/product.js";
import { renewalCost } from "../../fem/nonlinear/kept-newton.js";
import { depthAxis } from "../../space/packing.js";
import type { ConductionGraph } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import { laplacian } from "../graph/laplacian.js";

/**
 * M = L′ + B held factored: L′ the graph's Laplacian without the entries beside its diagonal of edges left out, B the symmetric part
 * of blocks that particles drew.
 */
export interface GridFactor {
  /** What renewing it costs, in solves. */
  readonly renewalCost: number;
  /** Take other conductances, S [edge of the whole graph]; drops the factor. */
  conduct(conductance: ArrayLike<number>): void;
  /** Whether it holds anything for a collector whose voltage is held or not. */
  holds(heldVoltage: boolean): boolean;
  /** Hold these blocks; false when M is singular. */
  renew(blocks: Float64Array, heldVoltage: boolean): boolean;
  /** M⁻¹, in place, over the nodes of the graph. */
  solve(nodal: Float64Array): void;
  /** `out = (L + blocks) z`, where M z = rhs. */
  multiply(blocks: Float64Array, rhs: Float64Array, z: Float64Array, out: Float64Array): void;
  forget(): void;
}

/** A stretch of the depth for which factors are smallest, as counted on 2,000 and 5,000 spheres. */
const deeper = 1.5;

/** `left` [edge] 1 where M leaves an edge out. */
export function gridFactor(packing: CoveredPacking, graph: ConductionGraph, left: Uint8Array): GridFactor {
  const { nodes, collector } = graph;
  const particles = packing.radius.length;
  const within = edgesOf(graph, left, 0);
  const without = edgesOf(graph, left, 1);
  const blockCells = Int32Array.from({ length: 2 * particles }, (_, a) => a);
  const toCollector = Int32Array.from({ length: 2 * collector }, (_, e) => (e % 2 === 0 ? e / 2 : collector));
  const matrix = unitePatterns(
    laplacian(within.graph),
    elementPattern(nodes, blockCells, 2),
    elementPattern(nodes, toCollector, 2),
  );
  const solver = directSolver(matrix, {
    kind: "ldlt",
    points: nodePlaces(packing, nodes),
    last: [collector],
  });
  const places = Int32Array.from({ length: 4 * particles }, (_, e) =>
    positionOf(matrix, 2 * (e >> 2) + ((e >> 1) & 1), 2 * (e >> 2) + (e & 1)),
  );
  const column = Int32Array.from({ length: collector }, (_, a) => positionOf(matrix, a, collector));
  const beside: Product | null = without.edge.length === 0 ? null : product(laplacian(without.graph));
  const aside = new Float64Array(nodes);
  const value = new Float64Array(matrix.value.length);
  /** S, [particle][2][2] */
  const held = new Float64Array(4 * particles);
  let holds: "nothing" | "current" | "voltage" = "nothing";

  const conduct = (conductance: ArrayLike<number>): void => {
    const own = laplacian({ ...within.graph, conductance: Float64Array.from(within.edge, (e) => conductance[e]) });
    const other = laplacian({ ...without.graph, conductance: Float64Array.from(without.edge, (e) => conductance[e]) });
    for (let row = 0; row < nodes; row++) {
      for (let p = own.rowStart[row]; p < own.rowStart[row + 1]; p++)
        matrix.value[positionOf(matrix, row, own.column[p])] = own.value[p];
      const middle = positionOf(other, row, row);
      matrix.value[positionOf(matrix, row, row)] += other.value[middle];
      other.value[middle] = 0;
    }
    beside?.value.set(other.value);
    holds = "nothing";
  };

  conduct(graph.conductance);
  return {
    renewalCost: renewalCost(solver),
    conduct,
    holds: (heldVoltage) => holds === (heldVoltage ? "voltage" : "current"),
    renew: (blocks, heldVoltage) => {
      value.set(matrix.value);
      for (let e = 0; e < held.length; e += 4) {
        held[e] = blocks[e];
        held[e + 1] = (blocks[e + 1] + blocks[e + 2]) / 2;
        held[e + 2] = held[e + 1];
        held[e + 3] = blocks[e + 3];
      }
      for (let e = 0; e < held.length; e++) value[places[e]] += held[e];
      if (heldVoltage) {
        value.fill(0, matrix.rowStart[collector], matrix.rowStart[collector + 1]);
        for (let a = 0; a < collector; a++) value[column[a]] = 0;
        value[positionOf(matrix, collector, collector)] = 1;
      }
      const ok = solver.factor(value).ok;
      holds = ok ? (heldVoltage ? "voltage" : "current") : "nothing";
      return ok;
    },
    solve: (nodal) => {
      // A held potential is known beforehand, and goes to the other side.
      if (holds === "voltage")
        for (let a = 0; a < collector; a++) nodal[a] -= matrix.value[column[a]] * nodal[collector];
      solver.solve(nodal, nodal);
    },
    multiply: (blocks, rhs, z, out) => {
      beside?.multiply(z, aside);
      for (let e = 0, h = 0; e < blocks.length; e += 4, h += 2) {
        const high = z[h];
        const low = z[h + 1];
        out[h] = rhs[h] + aside[h] + (blocks[e] - held[e]) * high + (blocks[e + 1] - held[e + 1]) * low;
        out[h + 1] =
          rhs[h + 1] + aside[h + 1] + (blocks[e + 2] - held[e + 2]) * high + (blocks[e + 3] - held[e + 3]) * low;
      }
      out[collector] = rhs[collector];
    },
    forget: () => {
      holds = "nothing";
    },
  };
}

/** The edges that are marked so: their numbers, and the graph of them alone. */
function edgesOf(
  graph: ConductionGraph,
  left: Uint8Array,
  mark: 0 | 1,
): { readonly edge: Int32Array; readonly graph: ConductionGraph } {
  const edge = Int32Array.from(left.keys()).filter((e) => left[e] === mark);
  return {
    edge,
    graph: {
      ...graph,
      from: edge.map((e) => graph.from[e]),
      to: edge.map((e) => graph.to[e]),
      conductance: Float64Array.from(edge, (e) => graph.conductance[e]),
    },
  };
}

/**
 * [node][axis] where the nodes lie, the depth of periodic packings stretched: a cut across the depth is one, a cut across a
 * periodic axis two.
 */
function nodePlaces(packing: CoveredPacking, nodes: number): Float64Array {
  const { centre, radius, patch, dimension, periodic } = packing;
  const places = new Float64Array(dimension * nodes);
  const depth = depthAxis(packing);
  radius.forEach((r, k) => {
    for (let a = 0; a < dimension; a++) {
      const stretch = periodic && a === depth ? deeper : 1;
      const [middle, aside] = [centre[3 * k + a], 0.25 * r * patch[3 * k + a]];
      places[dimension * (2 * k) + a] = stretch * (middle + aside);
      places[dimension * (2 * k + 1) + a] = stretch * (middle - aside);
    }
  });
  return places;
}
