import type { Csr } from "../../fem/linear/csr.js";
import { product } from "../../fem/linear/product.js";
import type { ConductionGraph } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import { laplacian } from "../graph/laplacian.js";
import { type GridFactor, gridFactor } from "./grid-factor.js";

/**
 * The conduction graph L with what the particles draw from it, L + B − E: B a 2 × 2 block for each particle, E what the
 * electrolyte takes back. It is solved over a factor of earlier blocks and, where it is large, of the graph without its weak edges,
 * g² < weak² d_a d_b with d the diagonal of L + B: more than half of them, and hardly missed by the iteration.
 */
export interface Grid {
  /** Take other conductances, S [edge]; drops the factor. */
  conduct(conductance: Float64Array): void;
  /** `out = L potential`: A, what the graph carries away from each of its nodes. */
  carried(potential: Float64Array, out: Float64Array): void;
  /** Move the collector's potential so that `current`, A, enters there; `out`, what is carried, follows. */
  collect(potential: Float64Array, current: number, out: Float64Array): void;
  /**
   * Solve (L + B − E) out = rhs by generalised conjugate residuals over the held factor, until what is left of `rhs`, in place, is
   * `enough`; unfinished when that takes too many directions.
   */
  solveFor(
    drawn: Drawn,
    heldVoltage: boolean,
    rhs: Float64Array,
    out: Float64Array,
    enough: (left: Float64Array) => boolean,
  ): "solved" | "unfinished" | "singular";
  /** Drop the held factor. */
  forget(): void;
}

/** What the particles draw, per volt at the nodes before them. */
export interface Drawn {
  /** S, [particle][2][2] */
  readonly blocks: Float64Array;
  /** Subtract E z from `out`; z and `out` [node]. */
  takeBack?(z: Float64Array, out: Float64Array): void;
}

/** What an edge's entry may be over its diagonals to be left out; counted on 2,000 to 20,000 spheres. */
export const weak = 0.005;
/** Nodes from which on a smaller factor is worth more iterations: a twelfth more time for 1,000 spheres, a quarter less for 20,000. */
export const many = 6000;
/** Directions of the conjugate residuals. */
const mostDirections = 24;

/** z [node], and what is drawn and carried by it. */
interface Direction {
  readonly z: Float64Array;
  readonly q: Float64Array;
}

/** `typical` S, [patch] what is drawn per volt, to tell weak edges by. */
export function gridOf(packing: CoveredPacking, graph: ConductionGraph, typical: Float64Array): Grid {
  const matrix = laplacian(graph);
  const conduction = product(matrix);
  const factor = gridFactor(packing, graph, weakEdges(graph, typical));
  const directions: Direction[] = [];
  /** Directions that the held factor took when it was fresh, and those that it has taken beyond so many since. */
  let [fresh, overspent] = [0, 0];
  return {
    conduct: (conductance) => {
      conduction.value.set(laplacian({ ...graph, conductance }).value);
      matrix.value.set(conduction.value);
      factor.conduct(conductance);
    },
    carried: conduction.multiply,
    collect: (potential, current, out) => collect(matrix, graph.collector, potential, current, out),
    solveFor: (drawn, heldVoltage, rhs, out, enough) => {
      if (!factor.holds(heldVoltage) || overspent > factor.renewalCost) {
        [fresh, overspent] = [0, 0];
        if (!factor.renew(drawn.blocks, heldVoltage)) return "singular";
      }
      const { outcome, used } = conjugateResiduals(factor, directions, drawn, rhs, out, enough);
      if (fresh === 0) fresh = used;
      overspent += Math.max(0, used - fresh);
      return outcome;
    },
    forget: factor.forget,
  };
}

/** Move the collector's potential so that `current` enters there; the collector's own entry is the last of its row. */
function collect(
  { rowStart, column, value }: Csr,
  collector: number,
  potential: Float64Array,
  current: number,
  out: Float64Array,
): void {
  const [first, last] = [rowStart[collector], rowStart[collector + 1]];
  const shift = (current - out[collector]) / value[last - 1];
  potential[collector] += shift;
  for (let p = first; p < last; p++) out[column[p]] += value[p] * shift;
}

/** Solves over the factor, from `out` = 0, with room in `directions`; `used` of them count, 0 where none was left to take. */
function conjugateResiduals(
  factor: GridFactor,
  directions: Direction[],
  { blocks, takeBack }: Drawn,
  rhs: Float64Array,
  out: Float64Array,
  enough: (left: Float64Array) => boolean,
): { readonly outcome: "solved" | "unfinished" | "singular"; readonly used: number } {
  out.fill(0);
  for (let j = 0; j < mostDirections; j++) {
    directions[j] ??= { z: new Float64Array(out.length), q: new Float64Array(out.length) };
    const { z, q } = directions[j];
    z.set(rhs);
    factor.solve(z);
    factor.multiply(blocks, rhs, z, q);
    takeBack?.(z, q);
    const length = orthonormalise({ z, q }, directions, j);
    if (!(length > 0)) return { outcome: length === 0 ? "solved" : "singular", used: 0 };
    const step = dot(rhs, q);
    addScaled(step, z, out);
    addScaled(-step, q, rhs);
    if (enough(rhs)) return { outcome: "solved", used: j + 1 };
  }
  return { outcome: "unfinished", used: mostDirections };
}

/** [edge] 1 where its ends carry and draw so much that it hardly matters to either; ways to the collector always do. */
function weakEdges({ nodes, collector, from, to, conductance }: ConductionGraph, typical: Float64Array): Uint8Array {
  if (nodes < many) return new Uint8Array(conductance.length);
  const diagonal = new Float64Array(nodes);
  diagonal.set(typical);
  conductance.forEach((g, e) => {
    diagonal[from[e]] += g;
    diagonal[to[e]] += g;
  });
  return Uint8Array.from(conductance, (g, e) => {
    const [a, b] = [from[e], to[e]];
    return Number(a !== collector && b !== collector && g * g < weak * weak * diagonal[a] * diagonal[b]);
  });
}

/** Make q orthonormal to those of the first `count` directions, z with it; returns how long it was left. */
function orthonormalise({ z, q }: Direction, directions: readonly Direction[], count: number): number {
  for (let i = 0; i < count; i++) {
    const other = directions[i];
    const share = dot(q, other.q);
    addScaled(-share, other.q, q);
    addScaled(-share, other.z, z);
  }
  const length = Math.sqrt(dot(q, q));
  if (!(length > 0)) return length;
  scale(1 / length, q);
  scale(1 / length, z);
  return length;
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
