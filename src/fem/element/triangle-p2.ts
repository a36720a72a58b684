import type { Element } from "./element.js";
import { lineP2 } from "./line.js";

/** Six-node triangle, quadratic: vertices, then the midsides of edges 01, 12, 20. */
export const triangleP2: Element = {
  name: "triangle P2",
  dimension: 2,
  nodes: 6,
  order: 2,
  reference: Float64Array.of(0, 0, 1, 0, 0, 1, 0.5, 0, 0.5, 0.5, 0, 0.5),
  shape(point, value, gradient) {
    const b = point[0];
    const c = point[1];
    const a = 1 - b - c;
    value.set([a * (2 * a - 1), b * (2 * b - 1), c * (2 * c - 1), 4 * a * b, 4 * b * c, 4 * c * a]);
    gradient.set([
      1 - 4 * a,
      1 - 4 * a,
      4 * b - 1,
      0,
      0,
      4 * c - 1,
      4 * (a - b),
      -4 * b,
      4 * c,
      4 * b,
      -4 * c,
      4 * (a - c),
    ]);
  },
  facet: lineP2,
};
