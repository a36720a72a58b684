import { directSolver } from "../../fem/linear/direct.js";
import { elementPattern, positionOf, unitePatterns } from "../../fem/linear/pattern.js";
import { renewalCost } from "../../fem/nonlinear/kept-newton.js";
import type { ConductionGraph } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import { laplacian } from "../graph/laplacian.js";
import { depthAxis } from "../packing/packing.js";

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
  /**
   * Solve (L + B) out = rhs for other blocks than the held by conjugate residuals over the held factor, until what is left of
   * `rhs`, in place, is `enough`. False when it cannot be solved so.
   */
  solveFor(
    blocks: Float64Array,
    heldVoltage: boolean,
    rhs: Float64Array,
    out: Float64Array,
    enough: (left: Float64Array) => boolean,
  ): boolean;
  /** Drop the held factor. */
  forget(): void;
}

/** Share of all that is drawn by which the held blocks may be off: the acceleration makes up for it. */
const near = 0.15;
/** A stretch of the depth for which factors are smallest, as counted on 2,000 and 5,000 spheres. */
const deeper = 1.5;
/** Directions of the conjugate residuals. */
const mostDirections = 8;

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
  /** Solves that the held factor has cost beyond a fresh one. */
  let overspent = 0;

  const renew = (blocks: Float64Array, heldVoltage: boolean): boolean => {
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
    overspent = 0;
    return ok;
  };

  const solve = (nodal: Float64Array): void => {
    // A held potential is known beforehand, and goes to the other side.
    if (holds === "voltage") for (let a = 0; a < collector; a++) nodal[a] -= matrix.value[column[a]] * nodal[collector];
    solver.solve(nodal, nodal);
  };

  /** `out = (L + B) z` for the z that the held factor makes of `rhs`. */
  const product = (blocks: Float64Array, rhs: Float64Array, z: Float64Array, out: Float64Array): void => {
    for (let e = 0, h = 0; e < blocks.length; e += 4, h += 2) {
      const high = z[h];
      const low = z[h + 1];
      out[h] = rhs[h] + (blocks[e] - held[e]) * high + (blocks[e + 1] - held[e + 1]) * low;
      out[h + 1] = rhs[h + 1] + (blocks[e + 2] - held[e + 2]) * high + (blocks[e + 3] - held[e + 3]) * low;
    }
    out[collector] = rhs[collector];
  };

  const directions: { readonly z: Float64Array; readonly q: Float64Array }[] = [];
  const direction = (j: number): { readonly z: Float64Array; readonly q: Float64Array } => {
    directions[j] ??= { z: new Float64Array(nodes), q: new Float64Array(nodes) };
    return directions[j];
  };

  return {
    held,
    factor: (blocks, heldVoltage) => {
      const wanted = heldVoltage ? "voltage" : "current";
      let [off, all] = [0, 0];
      for (let e = 0; e < blocks.length; e++) {
        off += Math.abs(blocks[e] - held[e]);
        all += Math.abs(blocks[e]);
      }
      return (holds === wanted && off <= near * all) || renew(blocks, heldVoltage);
    },
    solve,
    solveFor: (blocks, heldVoltage, rhs, out, enough) => {
      const wanted = heldVoltage ? "voltage" : "current";
      const spent = overspent > renewalCost(solver);
      if ((holds !== wanted || spent) && !renew(blocks, heldVoltage)) return false;
      out.fill(0);
      for (let j = 0; j < mostDirections; j++) {
        const { z, q } = direction(j);
        z.set(rhs);
        solve(z);
        product(blocks, rhs, z, q);
        for (let i = 0; i < j; i++) {
          const other = directions[i];
          const share = dot(q, other.q);
          addScaled(-share, other.q, q);
          addScaled(-share, other.z, z);
        }
        const length = Math.sqrt(dot(q, q));
        if (!(length > 0)) return length === 0;
        scale(1 / length, q);
        scale(1 / length, z);
        const step = dot(rhs, q);
        addScaled(step, z, out);
        addScaled(-step, q, rhs);
        if (enough(rhs)) return true;
        overspent++;
      }
      return true;
    },
    forget: () => {
      holds = "nothing";
    },
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addScaled(factor: number, x: Float64Array, out: Float64Array): void {
  for (let i = 0; i < x.length; i++) out[i] += factor * x[i];
}

function scale(factor: number, x: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] *= factor;
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
