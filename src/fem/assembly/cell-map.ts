/** Shape functions at the points of a reference cell of so many nodes. */
export interface CellShape {
  readonly nodes: number;
  /** `[point][node]` N and `[point][node][dimension]` ∂N/∂ξ. */
  readonly value: Float64Array;
  readonly reference: Float64Array;
}

/** Where the points come to lie. */
export interface MappedPoints {
  /** `[point][dimension]` m */
  readonly position: Float64Array;
  /** `[point]` det ∂x/∂ξ */
  readonly jacobian: Float64Array;
  /** `[point][node][dimension]` ∂N/∂x, 1/m */
  readonly gradient: Float64Array;
}

/** Writes positions, Jacobians and gradients of all points of the cell whose nodes, `[node][dimension]` m, follow `first` in `cells`. */
export type CellMap = (
  shape: CellShape,
  nodes: Float64Array,
  cells: Int32Array,
  first: number,
  out: MappedPoints,
) => void;

/** Cells of a plane: ∂x/∂ξ = (a b; c d). */
export const mapPlane: CellMap = ({ nodes: n, value, reference }, nodes, cells, first, out) => {
  const { position, jacobian, gradient } = out;
  for (let q = 0; q < jacobian.length; q++) {
    let [x, y, a, b, c, d] = [0, 0, 0, 0, 0, 0];
    for (let k = 0; k < n; k++) {
      const node = cells[first + k];
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
    const det = a * d - b * c;
    for (let k = 0; k < n; k++) {
      const g = (q * n + k) * 2;
      gradient[g] = (d * reference[g] - b * reference[g + 1]) / det;
      gradient[g + 1] = (a * reference[g + 1] - c * reference[g]) / det;
    }
    position[2 * q] = x;
    position[2 * q + 1] = y;
    jacobian[q] = det;
  }
};
