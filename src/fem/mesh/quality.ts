import { atan2 } from "../../elementary/elementary.js";
import { sections } from "../coordinates/coordinates.js";
import type { Geometry } from "./geometry.js";
import type { Mesh } from "./mesh.js";

const DEGREES = 180 / Math.PI;

/** Dunavant's rule of degree 4 (doi 10.1002/nme.1620210612): barycentric weight of the odd corner, of the others, weight. */
const rule = [
  [0.816847572980459, 0.091576213509771, 0.109951743655322],
  [0.10810301816807, 0.445948490915965, 0.223381589678011],
] as const;
const quadrature = rule.flatMap(([odd, even, weight]) =>
  [0, 1, 2].map((k) => ({ point: [0, 1, 2].map((i) => (i === k ? odd : even)), weight })),
);

/** The smallest corner angle of every cell in degrees, `[cell]`, by the straight triangle of its vertices. */
export function cellAngles(mesh: Mesh): Float64Array {
  const { nodes, cells, nodesPerCell } = mesh;
  const angles = new Float64Array(cells.length / nodesPerCell);
  for (let c = 0; c < angles.length; c++) {
    let least = Math.PI;
    for (let e = 0; e < 3; e++) {
      const [a, b, d] = [0, 1, 2].map((k) => 2 * cells[c * nodesPerCell + ((e + k) % 3)]);
      const ux = nodes[b] - nodes[a];
      const uy = nodes[b + 1] - nodes[a + 1];
      const vx = nodes[d] - nodes[a];
      const vy = nodes[d + 1] - nodes[a + 1];
      least = Math.min(least, atan2(ux * vy - uy * vx, ux * vx + uy * vy));
    }
    angles[c] = least * DEGREES;
  }
  return angles;
}

/** Cells by their smallest angle: `counts[k]` of them between `k · width` and `(k + 1) · width` degrees. */
export function angleHistogram(angles: Float64Array, width = 5): Int32Array {
  const counts = new Int32Array(Math.ceil(60 / width));
  for (const angle of angles) counts[Math.max(0, Math.min(counts.length - 1, Math.floor(angle / width)))]++;
  return counts;
}

/** By region: area in m² of the (curved) cells. */
export function regionAreas(mesh: Mesh): Float64Array {
  return integrate(mesh, () => 1);
}

/** By region: volume in m³ (axisymmetric), or in m³ per m of depth, i.e. the area (plane). */
export function regionVolumes(mesh: Mesh, kind: Geometry["kind"]): Float64Array {
  return integrate(mesh, sections[kind].measure);
}

/** The smallest Jacobian determinant in each cell over twice its straight area, at vertices and midsides: 1 if straight. */
export function jacobianRatios(mesh: Mesh): Float64Array {
  const ratios = new Float64Array(mesh.region.length);
  const corners = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [0.5, 0.5, 0],
    [0, 0.5, 0.5],
    [0.5, 0, 0.5],
  ];
  for (let c = 0; c < ratios.length; c++) {
    const straight = mapAt({ ...mesh, order: 1 }, c, corners[0]).jacobian;
    ratios[c] = Math.min(...corners.map((at) => mapAt(mesh, c, at).jacobian)) / straight;
  }
  return ratios;
}

function integrate(mesh: Mesh, weight: (x: number) => number): Float64Array {
  const sums = new Float64Array(mesh.particles + 2);
  for (let c = 0; c < mesh.region.length; c++) {
    for (const q of quadrature) {
      const { x, jacobian } = mapAt(mesh, c, q.point);
      sums[mesh.region[c]] += (q.weight * weight(x) * jacobian) / 2;
    }
  }
  return sums;
}

/** x and the Jacobian determinant of cell `c` at a point given by its barycentric coordinates. */
function mapAt(mesh: Mesh, c: number, at: readonly number[]): { x: number; jacobian: number } {
  const [l0, l1, l2] = at;
  const second = mesh.order === 2;
  const values = second
    ? [l0 * (2 * l0 - 1), l1 * (2 * l1 - 1), l2 * (2 * l2 - 1), 4 * l0 * l1, 4 * l1 * l2, 4 * l2 * l0]
    : [l0, l1, l2];
  const slopes1 = second ? [1 - 4 * l0, 4 * l1 - 1, 0, 4 * (l0 - l1), 4 * l2, -4 * l2] : [-1, 1, 0];
  const slopes2 = second ? [1 - 4 * l0, 0, 4 * l2 - 1, -4 * l1, 4 * l1, 4 * (l0 - l2)] : [-1, 0, 1];
  let [x, x1, y1, x2, y2] = [0, 0, 0, 0, 0];
  for (let k = 0; k < values.length; k++) {
    const node = 2 * mesh.cells[c * mesh.nodesPerCell + k];
    x += values[k] * mesh.nodes[node];
    x1 += slopes1[k] * mesh.nodes[node];
    y1 += slopes1[k] * mesh.nodes[node + 1];
    x2 += slopes2[k] * mesh.nodes[node];
    y2 += slopes2[k] * mesh.nodes[node + 1];
  }
  return { x, jacobian: x1 * y2 - x2 * y1 };
}
