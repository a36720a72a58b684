import type { Coordinates } from "../coordinates/coordinates.js";
import type { Element } from "../element/element.js";
import type { Quadrature } from "../element/quadrature.js";
import { type CellMap, mapPlane } from "./cell-map.js";

/** Shape functions of one cell at its quadrature points, in physical coordinates. Refilled cell by cell. */
export interface CellValues {
  readonly dimension: number;
  readonly nodes: number;
  readonly points: number;
  /** `[point][node]` */
  readonly value: Float64Array;
  /** `[point][node][dimension]` ∂N/∂x, 1/m */
  readonly gradient: Float64Array;
  /** `[point]` quadrature weight × Jacobian × measure, m² (per m of depth) or m³. */
  readonly weight: Float64Array;
  /** `[point][dimension]` m */
  readonly position: Float64Array;
  /** `[point]` factor of u₁ in ε₃₃, 1/m. */
  readonly hoop: Float64Array;
  /** Move to the cell whose nodes are `cell[0…nodes)` of `nodes` `[node][dimension]`. RangeError when its Jacobian is not positive. */
  move(nodes: Float64Array, cells: Int32Array, cell: number): void;
}

/** Values of an element at the quadrature points of a cell, filled anew for each cell. */
export function cellValues(element: Element, quadrature: Quadrature, coordinates: Coordinates): CellValues {
  const { nodes: n, dimension } = element;
  const points = quadrature.weights.length;
  const value = new Float64Array(points * n);
  const reference = new Float64Array(points * n * dimension);
  for (let q = 0; q < points; q++) {
    const at = quadrature.points.subarray(dimension * q, dimension * (q + 1));
    const row = n * dimension;
    element.shape(at, value.subarray(q * n, q * n + n), reference.subarray(q * row, (q + 1) * row));
  }
  const gradient = new Float64Array(points * n * dimension);
  const weight = new Float64Array(points);
  const position = new Float64Array(points * dimension);
  const hoop = new Float64Array(points);
  const jacobian = new Float64Array(points);
  const map = maps[dimension];
  const [shape, mapped] = [
    { nodes: n, value, reference },
    { position, jacobian, gradient },
  ];

  const move = (nodes: Float64Array, cells: Int32Array, cell: number): void => {
    map(shape, nodes, cells, cell * n, mapped);
    for (let q = 0; q < points; q++) {
      if (!(jacobian[q] > 0)) {
        throw new RangeError(
          `Mapping cell ${cell}: its Jacobian is ${jacobian[q]}, it must be positive; the mesh is tangled.`,
        );
      }
      const x1 = position[dimension * q];
      weight[q] = quadrature.weights[q] * jacobian[q] * coordinates.measure(x1);
      hoop[q] = coordinates.hoop(x1);
    }
  };
  return { dimension, nodes: n, points, value, gradient, weight, position, hoop, move };
}

/** By the element's dimension. */
const maps: Readonly<Record<number, CellMap>> = { 2: mapPlane };
