import type { Csr } from "../../src/fem/linear/csr.js";
import { elementPattern, scatterMap } from "../../src/fem/linear/pattern.js";

/** A matrix with where its unknowns live, `[unknown][2]`. */
export interface ModelMatrix {
  readonly pattern: Csr;
  readonly points: Float64Array;
}

/** Corners `[node][2]` and triangles `[cell][3]` of a square of `side` × `side` nodes, moved about by `jitter` steps. */
function triangulatedSquare(side: number, jitter: number): { nodes: Float64Array; cells: Int32Array } {
  const nodes = new Float64Array(2 * side * side);
  const cells: number[] = [];
  for (let j = 0; j < side; j++) {
    for (let i = 0; i < side; i++) {
      const node = j * side + i;
      nodes[2 * node] = (i + jitter * Math.sin(12.9 * node)) / side;
      nodes[2 * node + 1] = (j + jitter * Math.sin(78.2 * node)) / side;
      if (i + 1 === side || j + 1 === side) continue;
      if ((i + j) % 2 === 0) cells.push(node, node + 1, node + side, node + 1, node + side + 1, node + side);
      else cells.push(node, node + 1, node + side + 1, node, node + side + 1, node + side);
    }
  }
  return { nodes, cells: Int32Array.from(cells) };
}

/** Gradients of the three hat functions `[3][2]` and the area of a triangle. */
function hats(nodes: Float64Array, cell: Int32Array): { gradient: number[][]; area: number } {
  const [a, b, c] = [...cell].map((node) => [nodes[2 * node], nodes[2 * node + 1]]);
  const twice = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
  const opposite = [
    [b, c],
    [c, a],
    [a, b],
  ];
  return { gradient: opposite.map(([p, q]) => [(p[1] - q[1]) / twice, (q[0] - p[0]) / twice]), area: twice / 2 };
}

/** Stiffness of linear triangles for −Δu + u on a square of `side`² nodes. */
export function laplaceMatrix(side: number, jitter: number): ModelMatrix {
  const { nodes, cells } = triangulatedSquare(side, jitter);
  const pattern = elementPattern(side * side, cells, 3);
  const map = scatterMap(pattern, cells, 3);
  for (let cell = 0; cell < cells.length / 3; cell++) {
    const { gradient, area } = hats(nodes, cells.subarray(3 * cell, 3 * cell + 3));
    for (let a = 0; a < 3; a++) {
      for (let b = 0; b < 3; b++) {
        const mass = (area / 12) * (a === b ? 2 : 1);
        const dot = gradient[a][0] * gradient[b][0] + gradient[a][1] * gradient[b][1];
        pattern.value[map[9 * cell + 3 * a + b]] += area * dot + mass;
      }
    }
  }
  return { pattern, points: nodes };
}

/** Plane strain (λ = μ = 1) with linear triangles on a square of `side`² nodes, on a soft foundation. */
export function elasticityMatrix(side: number, jitter: number): ModelMatrix {
  const { nodes, cells } = triangulatedSquare(side, jitter);
  const wide = Int32Array.from({ length: 2 * cells.length }, (_, k) => 2 * cells[k >> 1] + (k & 1));
  const pattern = elementPattern(2 * side * side, wide, 6);
  const map = scatterMap(pattern, wide, 6);
  for (let cell = 0; cell < cells.length / 3; cell++) {
    const { gradient, area } = hats(nodes, cells.subarray(3 * cell, 3 * cell + 3));
    for (let k = 0; k < 36; k++) {
      const [row, column] = [Math.floor(k / 6), k % 6];
      const [ga, gb] = [gradient[row >> 1], gradient[column >> 1]];
      const [i, j] = [row & 1, column & 1];
      const dot = ga[0] * gb[0] + ga[1] * gb[1];
      const strain = ga[i] * gb[j] + ga[j] * gb[i] + (i === j ? dot : 0);
      const mass = i === j ? (area / 12) * (row >> 1 === column >> 1 ? 2 : 1) : 0;
      pattern.value[map[36 * cell + k]] += area * strain + mass;
    }
  }
  return { pattern, points: Float64Array.from({ length: 4 * side * side }, (_, k) => nodes[2 * (k >> 2) + (k & 1)]) };
}
