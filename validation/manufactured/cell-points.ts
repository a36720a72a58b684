import type { Space } from "../../src/fem/assembly/assemble.js";
import { type CellValues, cellValues } from "../../src/fem/assembly/cell-values.js";
import { triangleQuadrature } from "../../src/fem/element/quadrature.js";

/** Visits the points of the chosen cells by the rule of degree 5: the cell's first node in `mesh.cells`, the point, and the shapes there. */
export function eachPoint(
  space: Space,
  chosen: Int32Array,
  visit: (first: number, q: number, values: CellValues) => void,
): void {
  const { mesh } = space;
  const values = cellValues(space.element, triangleQuadrature(5), space.coordinates);
  for (const cell of chosen) {
    values.move(mesh.nodes, mesh.cells, cell);
    for (let q = 0; q < values.points; q++) visit(cell * mesh.nodesPerCell, q, values);
  }
}
