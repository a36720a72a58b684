import type { Coordinates } from "../coordinates/coordinates.js";
import type { Element } from "../element/element.js";
import { type Quadrature, triangleQuadrature } from "../element/quadrature.js";
import { triangleP1 } from "../element/triangle-p1.js";
import { triangleP2 } from "../element/triangle-p2.js";
import type { Mesh } from "../mesh/mesh.js";
import { type CellValues, cellValues } from "./cell-values.js";

/** A mesh with what is needed to integrate on it. */
export interface Space {
  readonly mesh: Mesh;
  readonly element: Element;
  readonly coordinates: Coordinates;
  readonly quadrature: Quadrature;
}

/** Integrates products of two shape functions exactly on straight cells, with one degree more for the measure 2πr. */
export function spaceOf(mesh: Mesh, coordinates: Coordinates): Space {
  const element = mesh.order === 1 ? triangleP1 : triangleP2;
  const degree = Math.min(5, 2 * element.order + (coordinates.revolved ? 1 : 0));
  return { mesh, element, coordinates, quadrature: triangleQuadrature(degree) };
}

/** Adds one quadrature point's share to a cell's matrix `local` `[row][column]`. */
export type PointForm = (values: CellValues, point: number, cell: number, local: Float64Array) => void;

/**
 * Assemble a bilinear form over the chosen cells: `value[map[k]] += local`, where `map` `[chosen cell][local entry]`
 * holds positions in a sparse matrix, -1 for entries that are not kept.
 */
export function assemble(
  space: Space,
  chosen: Int32Array,
  form: PointForm,
  map: Int32Array,
  value: Float64Array,
): void {
  const values = cellValues(space.element, space.quadrature, space.coordinates);
  const entries = map.length / Math.max(1, chosen.length);
  const local = new Float64Array(entries);
  for (let k = 0; k < chosen.length; k++) {
    values.move(space.mesh.nodes, space.mesh.cells, chosen[k]);
    local.fill(0);
    for (let q = 0; q < values.points; q++) form(values, q, chosen[k], local);
    for (let e = 0; e < entries; e++) {
      const position = map[k * entries + e];
      if (position >= 0) value[position] += local[e];
    }
  }
}

/** The cells whose region satisfies the test, ascending. */
export function cellsWhere(mesh: Mesh, test: (region: number) => boolean): Int32Array {
  return Int32Array.from(mesh.region.keys()).filter((cell) => test(mesh.region[cell]));
}

/**
 * The unknowns of the chosen cells: `[chosen cell][node of the cell][component]`, from `unknown` `[node][components]`,
 * -1 where a node carries none.
 */
export function cellUnknowns(mesh: Mesh, chosen: Int32Array, unknown: Int32Array, components = 1): Int32Array {
  const n = mesh.nodesPerCell;
  const out = new Int32Array(chosen.length * n * components);
  let at = 0;
  for (const cell of chosen) {
    for (let k = 0; k < n; k++) {
      const node = mesh.cells[cell * n + k];
      for (let c = 0; c < components; c++) out[at++] = unknown[node * components + c];
    }
  }
  return out;
}
