import type { Csr } from "../../fem/linear/csr.js";
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
  const matrix = patternOf(within.graph, particles);
  const points = nodePlaces(packing, nodes);
  const solver = directSolver(matrix, { kind: "ldlt", points, last: [collector] });
  const places = blockPlaces(matrix, particles);
  const column = Int32Array.from({ length: collector }, (_, a) => positionOf(matrix, a, collector));
  const beside: Product | null = without.edge.length === 0 ? null : product(laplacian(without.graph));
  const aside = new Float64Array(nodes);
  const value = new Float64Array(matrix.value.length);
  /** S, [particle][2][2] */
  const held = new Float64Array(4 * particles);
  let holds: "nothing" | "current" | "voltage" = "nothing";

  const conduct = (conductance: ArrayLike<number>): void => {
    const other = laplacianOf(without, conductance);
    writeHeld(matrix, laplacianOf(within, conductance), other);
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
      symmetricParts(blocks, held);
      for (let e = 0; e < held.length; e++) value[places[e]] += held[e];
      if (heldVoltage) holdUnknown(matrix, collector, column, value);
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
      for (let a = 0; a < collector; a++) out[a] = rhs[a] + aside[a];
      addRest(blocks, held, z, out);
      out[collector] = rhs[collector];
    },
    forget: () => {
      holds = "nothing";
    },
  };
}

/** [particle][2][2] positions of the blocks' entries. */
function blockPlaces(matrix: Csr, particles: number): Int32Array {
  return Int32Array.from({ length: 4 * particles }, (_, e) =>
    positionOf(matrix, 2 * (e >> 2) + ((e >> 1) & 1), 2 * (e >> 2) + (e & 1)),
  );
}

/** Of a part of the edges, by the conductances of all. */
function laplacianOf({ edge, graph }: PartOfEdges, conductance: ArrayLike<number>): Csr {
  return laplacian({ ...graph, conductance: Float64Array.from(edge, (e) => conductance[e]) });
}

/** Write L′ into the pattern of M: the edges within, and of those left out the diagonal, which is taken from them. */
function writeHeld(matrix: Csr, within: Csr, without: Csr): void {
  for (let row = 0; row < matrix.rows; row++) {
    for (let p = within.rowStart[row]; p < within.rowStart[row + 1]; p++)
      matrix.value[positionOf(matrix, row, within.column[p])] = within.value[p];
    const middle = positionOf(without, row, row);
    matrix.value[positionOf(matrix, row, row)] += without.value[middle];
    without.value[middle] = 0;
  }
}

/** Hold the row and the column of an unknown that is given. */
function holdUnknown(matrix: Csr, unknown: number, column: Int32Array, value: Float64Array): void {
  value.fill(0, matrix.rowStart[unknown], matrix.rowStart[unknown + 1]);
  for (const position of column) value[position] = 0;
  value[positionOf(matrix, unknown, unknown)] = 1;
}

/** The pattern of M: the graph's, the blocks of `particles`, and the whole row and column of the collector. */
function patternOf(graph: ConductionGraph, particles: number): Csr {
  const { nodes, collector } = graph;
  const blockCells = Int32Array.from({ length: 2 * particles }, (_, a) => a);
  const toCollector = Int32Array.from({ length: 2 * collector }, (_, e) => (e % 2 === 0 ? e / 2 : collector));
  return unitePatterns(laplacian(graph), elementPattern(nodes, blockCells, 2), elementPattern(nodes, toCollector, 2));
}

/** out += (blocks − held) z, all [particle][2][2]. */
function addRest(blocks: Float64Array, held: Float64Array, z: Float64Array, out: Float64Array): void {
  for (let e = 0, h = 0; e < blocks.length; e += 4, h += 2) {
    const high = z[h];
    const low = z[h + 1];
    out[h] = out[h] + (blocks[e] - held[e]) * high + (blocks[e + 1] - held[e + 1]) * low;
    out[h + 1] = out[h + 1] + (blocks[e + 2] - held[e + 2]) * high + (blocks[e + 3] - held[e + 3]) * low;
  }
}

/** Write the symmetric parts of `blocks` [particle][2][2]. */
function symmetricParts(blocks: Float64Array, out: Float64Array): void {
  for (let e = 0; e < out.length; e += 4) {
    out[e] = blocks[e];
    out[e + 1] = (blocks[e + 1] + blocks[e + 2]) / 2;
    out[e + 2] = out[e + 1];
    out[e + 3] = blocks[e + 3];
  }
}

/** Some of the edges: their numbers, and the graph of them alone. */
interface PartOfEdges {
  readonly edge: Int32Array;
  readonly graph: ConductionGraph;
}

/** The edges that are marked so. */
function edgesOf(graph: ConductionGraph, left: Uint8Array, mark: 0 | 1): PartOfEdges {
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
