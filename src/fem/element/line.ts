import type { FacetElement } from "./element.js";

const gauss = {
  points: [0.5 - Math.sqrt(0.15), 0.5, 0.5 + Math.sqrt(0.15)],
  weights: [5 / 18, 8 / 18, 5 / 18],
};

type Shape = (x: number) => readonly number[];

function lineElement(name: string, nodes: readonly number[], value: Shape, gradient: Shape): FacetElement {
  return {
    name,
    nodes: nodes.length,
    nodalGradient: Float64Array.from(nodes.flatMap((x) => gradient(x))),
    points: Float64Array.from(gauss.points),
    weights: Float64Array.from(gauss.weights),
    value: Float64Array.from(gauss.points.flatMap((x) => value(x))),
    gradient: Float64Array.from(gauss.points.flatMap((x) => gradient(x))),
  };
}

/** Straight two-node line. */
export const lineP1 = lineElement(
  "line P1",
  [0, 1],
  (x) => [1 - x, x],
  () => [-1, 1],
);

/** Three-node line: end, end, middle. */
export const lineP2 = lineElement(
  "line P2",
  [0, 1, 0.5],
  (x) => [(1 - x) * (1 - 2 * x), x * (2 * x - 1), 4 * x * (1 - x)],
  (x) => [4 * x - 3, 4 * x - 1, 4 - 8 * x],
);
