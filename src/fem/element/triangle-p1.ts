import type { Element } from "./element.js";
import { lineP1 } from "./line.js";

/** Three-node triangle, linear. */
export const triangleP1: Element = {
  name: "triangle P1",
  dimension: 2,
  nodes: 3,
  order: 1,
  reference: Float64Array.of(0, 0, 1, 0, 0, 1),
  shape(point, value, gradient) {
    value[0] = 1 - point[0] - point[1];
    value[1] = point[0];
    value[2] = point[1];
    gradient.set([-1, -1, 1, 0, 0, 1]);
  },
  facet: lineP1,
};
