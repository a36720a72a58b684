import { directSolver } from "../../fem/linear/direct.js";
import { elementPattern, positionOf, unitePatterns } from "../../fem/linear/pattern.js";
import { product } from "../../fem/linear/product.js";
import { renewalCost } from "../../fem/nonlinear/kept-newton.js";
import type { ConductionGraph } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import { laplacian } from "../graph/laplacian.js";
import { depthAxis } from "../packing/packing.js";

/**
 * The conduction graph L with what the particles draw from it, L + B − E: B a 2 × 2 block for each particle, E what the
 * electrolyte takes back. L and the symmetric part of earlier blocks are held factored.
 */
export interface Grid {
  /** Take other conductances, S [edge]; drops the factor. */
  conduct(conductance: Float64Array): void;
  /** `out = L potential`: A, what the graph carries away from each of its nodes. */
  carried(potential: Float64Array, out: Float64Array): void;
  /** Move the collector's potential so that `current`, A, enters there; `out`, what is carried, follows. */
  collect(potential: Float64Array, current: number, out: Float64Array): void;
  /**
   * Solve (L + B − E) out = rhs by conjugate residuals over the held factor, until what is left of `rhs`, in place, is `enough`.
   * False when it cannot be solved so.
   */
  solveFor(
    drawn: Drawn,
    heldVoltage: boolean,
    rhs: Float64Array,
    out: Float64Array,
    enough: (left: Float64Array) => boolean,
  ): boolean;
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

/** A stretch of the depth for which factors are smallest, as counted on 2,000 and 5,000 spheres. */
const deeper = 1.5;
/** Directions of the conjugate residuals. */
const mostDirections = 8;

export function gridOf(packing: CoveredPacking, graph: ConductionGraph): Grid {
  const { nodes, collector } = graph;
  const particles = packing.radius.length;
  const pattern = laplacian(graph);
  const blockCells = Int32Array.from({ length: 2 * particles }, (_, a) => a);
  const toCollector = Int32Array.from({ length: 2 * collector }, (_, e) => (e % 2 === 0 ? e / 2 : collector));
  const matrix = unitePatterns(pattern, elementPattern(nodes, blockCells, 2), elementPattern(nodes, toCollector, 2));
  const conduction = product(matrix);
  const [first, last] = [matrix.rowStart[collector], matrix.rowStart[collector + 1]];
  const places = Int32Array.from({ length: 4 * particles }, (_, e) =>
    positionOf(matrix, 2 * (e >> 2) + ((e >> 1) & 1), 2 * (e >> 2) + (e & 1)),
  );
  const column = Int32Array.from({ length: collector }, (_, a) => positionOf(matrix, a, collector));
  const solver = directSolver(matrix, { kind: "ldlt", points: nodePlaces(packing, nodes), last: [collector] });
  const value = new Float64Array(matrix.value.length);
  /** S, [particle][2][2] blocks in the held factor. */
  const held = new Float64Array(4 * particles);
  const conduct = (conductance: Float64Array): void => {
    const { value: own, rowStart, column: of } = laplacian({ ...graph, conductance });
    matrix.value.fill(0);
    for (let row = 0; row < nodes; row++)
      for (let p = rowStart[row]; p < rowStart[row + 1]; p++) matrix.value[positionOf(matrix, row, of[p])] = own[p];
    conduction.value.set(matrix.value);
    holds = "nothing";
  };

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

  /** `out = (L + B − E) z` for the z that the held factor makes of `rhs`. */
  const drawing = ({ blocks, takeBack }: Drawn, rhs: Float64Array, z: Float64Array, out: Float64Array): void => {
    for (let e = 0, h = 0; e < blocks.length; e += 4, h += 2) {
      const high = z[h];
      const low = z[h + 1];
      out[h] = rhs[h] + (blocks[e] - held[e]) * high + (blocks[e + 1] - held[e + 1]) * low;
      out[h + 1] = rhs[h + 1] + (blocks[e + 2] - held[e + 2]) * high + (blocks[e + 3] - held[e + 3]) * low;
    }
    out[collector] = rhs[collector];
    takeBack?.(z, out);
  };

  const directions: { readonly z: Float64Array; readonly q: Float64Array }[] = [];
  const direction = (j: number): { readonly z: Float64Array; readonly q: Float64Array } => {
    directions[j] ??= { z: new Float64Array(nodes), q: new Float64Array(nodes) };
    return directions[j];
  };

  conduct(graph.conductance);
  return {
    conduct,
    carried: conduction.multiply,
    collect: (potential, current, out) => {
      const shift = (current - out[collector]) / matrix.value[last - 1];
      potential[collector] += shift;
      for (let p = first; p < last; p++) out[matrix.column[p]] += matrix.value[p] * shift;
    },
    solveFor: (drawn, heldVoltage, rhs, out, enough) => {
      const wanted = heldVoltage ? "voltage" : "current";
      const spent = overspent > renewalCost(solver);
      if ((holds !== wanted || spent) && !renew(drawn.blocks, heldVoltage)) return false;
      out.fill(0);
      for (let j = 0; j < mostDirections; j++) {
        const { z, q } = direction(j);
        z.set(rhs);
        solve(z);
        drawing(drawn, rhs, z, q);
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
