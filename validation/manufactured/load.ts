import type { Space } from "../../src/fem/assembly/assemble.js";
import { type Side, sides } from "../../src/fem/mesh/mesh.js";
import { eachPoint } from "./cell-points.js";

/** A density at a point: per volume inside cells, per surface on facets. */
export type Density = (x: number, y: number) => number;

/** Add ∫ density N over the chosen cells to `load[unknown[node]]`, by the rule of degree 5. */
export function addVolume(
  space: Space,
  chosen: Int32Array,
  density: Density,
  unknown: (node: number) => number,
  load: Float64Array,
): void {
  const { cells, nodesPerCell: n } = space.mesh;
  eachPoint(space, chosen, (first, q, { value, position, weight }) => {
    const w = weight[q] * density(position[2 * q], position[2 * q + 1]);
    for (let a = 0; a < n; a++) {
      const u = unknown(cells[first + a]);
      if (u >= 0) load[u] += w * value[q * n + a];
    }
  });
}

/** Add ∫ density N over the interface, seen from the given side, by Gauss's rule of three points. */
export function addInterface(
  space: Space,
  from: "particle" | "binder",
  density: Density,
  unknown: (node: number) => number,
  load: Float64Array,
): void {
  const { particleNodes, binderNodes } = space.mesh.contact;
  addFacets(space, from === "particle" ? particleNodes : binderNodes, density, unknown, load);
}

/** Add ∫ density N over a side of the box. */
export function addSide(
  space: Space,
  side: Side,
  density: Density,
  unknown: (node: number) => number,
  load: Float64Array,
): void {
  const { nodes, nodesPerFacet, side: tags } = space.mesh.boundary;
  const chosen = nodes.filter((_, k) => sides[tags[Math.floor(k / nodesPerFacet)]] === side);
  addFacets(space, chosen, density, unknown, load);
}

function addFacets(
  { mesh, coordinates, element }: Space,
  nodes: Int32Array,
  density: Density,
  unknown: (node: number) => number,
  load: Float64Array,
): void {
  const line = element.facet;
  const n = line.nodes;
  for (let first = 0; first < nodes.length; first += n) {
    for (let q = 0; q < line.points.length; q++) {
      const sum = (shape: Float64Array, c: number): number => {
        let total = 0;
        for (let k = 0; k < n; k++) total += shape[q * n + k] * mesh.nodes[2 * nodes[first + k] + c];
        return total;
      };
      const [x, y] = [sum(line.value, 0), sum(line.value, 1)];
      const speed = Math.hypot(sum(line.gradient, 0), sum(line.gradient, 1));
      const w = line.weights[q] * speed * coordinates.measure(x) * density(x, y);
      for (let k = 0; k < n; k++) {
        const u = unknown(nodes[first + k]);
        if (u >= 0) load[u] += w * line.value[q * n + k];
      }
    }
  }
}
