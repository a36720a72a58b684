import type { Csr } from "../../fem/linear/csr.js";
import { elementPattern, positionOf } from "../../fem/linear/pattern.js";

/** Conductances between nodes: a graph, or a part of one. */
export interface Edges {
  readonly nodes: number;
  /** [edge] */
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  /** S, [edge] */
  readonly conductance: ArrayLike<number>;
}

/** The Laplacian of a graph, S: rows sum to zero. */
export function laplacian({ nodes, from, to, conductance }: Edges): Csr {
  const pairs = new Int32Array(2 * from.length);
  for (let e = 0; e < from.length; e++) pairs.set([from[e], to[e]], 2 * e);
  const matrix = elementPattern(nodes, pairs, 2);
  for (let e = 0; e < from.length; e++) {
    const [a, b, g] = [from[e], to[e], conductance[e]];
    matrix.value[positionOf(matrix, a, a)] += g;
    matrix.value[positionOf(matrix, b, b)] += g;
    matrix.value[positionOf(matrix, a, b)] -= g;
    matrix.value[positionOf(matrix, b, a)] -= g;
  }
  return matrix;
}
