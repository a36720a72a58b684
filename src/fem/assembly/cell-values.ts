import type { Coordinates } from "../coordinates/coordinates.js";
import type { Element } from "../element/element.js";
import type { Quadrature } from "../element/quadrature.js";

/** Shape functions of one cell at its quadrature points, in physical coordinates. Refilled cell by cell. */
export interface CellValues {
  readonly nodes: number;
  readonly points: number;
  /** `[point][node]` */
  readonly value: Float64Array;
  /** `[point][node][2]` ∂N/∂x, 1/m */
  readonly gradient: Float64Array;
  /** `[point]` quadrature weight × Jacobian × measure, m² (per m of depth) or m³. */
  readonly weight: Float64Array;
  /** `[point][2]` m */
  readonly position: Float64Array;
  /** `[point]` factor of u₁ in ε₃₃, 1/m. */
  readonly hoop: Float64Array;
  /** Move to the cell whose nodes are `cell[0…nodes)` of `nodes` `[node][2]`. RangeError when its Jacobian is not positive. */
  move(nodes: Float64Array, cells: Int32Array, cell: number): void;
}

/** Values of an element at the quadrature points of a cell, filled anew for each cell. */
export function cellValues(element: Element, quadrature: Quadrature, coordinates: Coordinates): CellValues {
  const n = element.nodes;
  const points = quadrature.weights.length;
  const value = new Float64Array(points * n);
  const reference = new Float64Array(points * n * 2);
  for (let q = 0; q < points; q++) {
    const at = quadrature.points.subarray(2 * q, 2 * q + 2);
    element.shape(at, value.subarray(q * n, q * n + n), reference.subarray(q * n * 2, (q + 1) * n * 2));
  }
  const gradient = new Float64Array(points * n * 2);
  const weight = new Float64Array(points);
  const position = new Float64Array(points * 2);
  const hoop = new Float64Array(points);

  const move = (nodes: Float64Array, cells: Int32Array, cell: number): void => {
    for (let q = 0; q < points; q++) {
      let [x, y, a, b, c, d] = [0, 0, 0, 0, 0, 0];
      for (let k = 0; k < n; k++) {
        const node = cells[cell * n + k];
        const nx = nodes[2 * node];
        const ny = nodes[2 * node + 1];
        const g = (q * n + k) * 2;
        x += value[q * n + k] * nx;
        y += value[q * n + k] * ny;
        a += reference[g] * nx;
        b += reference[g] * ny;
        c += reference[g + 1] * nx;
        d += reference[g + 1] * ny;
      }
      const jacobian = a * d - b * c;
      if (!(jacobian > 0)) {
        throw new RangeError(
          `Mapping cell ${cell}: its Jacobian is ${jacobian}, it must be positive; the mesh is tangled.`,
        );
      }
      for (let k = 0; k < n; k++) {
        const g = (q * n + k) * 2;
        gradient[g] = (d * reference[g] - b * reference[g + 1]) / jacobian;
        gradient[g + 1] = (a * reference[g + 1] - c * reference[g]) / jacobian;
      }
      position[2 * q] = x;
      position[2 * q + 1] = y;
      weight[q] = quadrature.weights[q] * jacobian * coordinates.measure(x);
      hoop[q] = coordinates.hoop(x);
    }
  };
  return { nodes: n, points, value, gradient, weight, position, hoop, move };
}
