import type { Geometry } from "./geometry.js";
import type { BoundaryFacets } from "./mesh.js";

/** The edges of cells that lie on the sides of the box, counter-clockwise about it from the lower left corner. */
export function outerFacets(
  geometry: Geometry,
  nodes: Float64Array,
  cells: Int32Array,
  nodesPerCell: number,
): BoundaryFacets {
  const { width, height } = geometry;
  const x = (node: number) => nodes[2 * node];
  const y = (node: number) => nodes[2 * node + 1];
  const lies = [
    (node: number) => y(node) === 0,
    (node: number) => x(node) === width,
    (node: number) => y(node) === height,
    (node: number) => x(node) === 0,
  ];
  const along = [x, y, (node: number) => -x(node), (node: number) => -y(node)];
  const found: { side: number; nodes: number[] }[] = [];
  for (let c = 0; c < cells.length; c += nodesPerCell) {
    for (let e = 0; e < 3; e++) {
      const a = cells[c + e];
      const b = cells[c + ((e + 1) % 3)];
      const side = lies.findIndex((on) => on(a) && on(b));
      if (side >= 0) found.push({ side, nodes: nodesPerCell === 6 ? [a, b, cells[c + 3 + e]] : [a, b] });
    }
  }
  found.sort((p, q) => p.side - q.side || along[p.side](p.nodes[0]) - along[q.side](q.nodes[0]));
  return {
    nodesPerFacet: nodesPerCell === 6 ? 3 : 2,
    nodes: Int32Array.from(found.flatMap((facet) => facet.nodes)),
    side: Int32Array.from(found, (facet) => facet.side),
  };
}
