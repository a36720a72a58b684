import type { Space } from "../../src/fem/assembly/assemble.js";
import { eachPoint } from "./cell-points.js";
import type { Field } from "./field.js";

/** Distances of a discrete field from the exact one, in the measure of the coordinates. */
export interface FieldError {
  readonly l2: number;
  /** Of the gradient alone. */
  readonly h1: number;
}

/** Errors over the chosen cells of the field with nodal values `nodal(node)`. */
export function fieldError(
  space: Space,
  chosen: Int32Array,
  nodal: (node: number) => number,
  exact: Field,
): FieldError {
  const { cells, nodesPerCell: n } = space.mesh;
  let [l2, h1] = [0, 0];
  eachPoint(space, chosen, (first, q, { value, gradient, position, weight }) => {
    let [v, x, y] = [0, 0, 0];
    for (let a = 0; a < n; a++) {
      const u = nodal(cells[first + a]);
      v += value[q * n + a] * u;
      x += gradient[(q * n + a) * 2] * u;
      y += gradient[(q * n + a) * 2 + 1] * u;
    }
    const jet = exact(position[2 * q], position[2 * q + 1]);
    l2 += weight[q] * (v - jet.v) ** 2;
    h1 += weight[q] * ((x - jet.x) ** 2 + (y - jet.y) ** 2);
  });
  return { l2: Math.sqrt(l2), h1: Math.sqrt(h1) };
}

/** Root of the sum of squares, as for the components of a displacement. */
export function joined(...errors: readonly FieldError[]): FieldError {
  return { l2: Math.hypot(...errors.map(({ l2 }) => l2)), h1: Math.hypot(...errors.map(({ h1 }) => h1)) };
}
