import { assemble, cellsWhere, cellUnknowns, type Space } from "../assembly/assemble.js";
import { cellValues } from "../assembly/cell-values.js";
import {
  axialCoupling,
  axialLoad,
  axialStiffness,
  type Elastic,
  eigenstrainLoad,
  elasticity,
} from "../assembly/forms.js";
import type { Csr } from "../linear/csr.js";
import { elementPattern, positionOf, scatterMap, unitePatterns } from "../linear/pattern.js";
import { type Mesh, nodeCount, type Side } from "../mesh/mesh.js";
import { sideNodes } from "./electrochemical-unknowns.js";

/** How each side of the box is held. */
export type Supports = Readonly<Record<Side, "roller" | "fixed" | "free">>;

/** Numbering of the unknowns of the solid: the free components of displacement, then e₀ where the depth lengthens. */
export interface SolidUnknowns {
  readonly count: number;
  /** `[node][dimension]` -1 where a component is held at zero. */
  readonly displacement: Int32Array;
  /** Where the depth lengthens. */
  readonly axial: AxialUnknown | null;
}

/**
 * The unknown of a depth that lengthens is e₀ L in m, L = √(area of the section), so that it and its row, the axial force
 * over L in N per m of depth, are of the size of the others.
 */
export interface AxialUnknown {
  readonly unknown: number;
  /** m, L */
  readonly length: number;
}

export function solidUnknowns(space: Space, held: Supports): SolidUnknowns {
  const { mesh, coordinates } = space;
  const unknown = new Int32Array(mesh.nodes.length);
  const hold = (side: Side, component: number): void => {
    for (const node of sideNodes(mesh, side)) unknown[mesh.dimension * node + component] = -1;
  };
  for (const side of ["bottom", "right", "top", "left"] as const) {
    const normal = side === "bottom" || side === "top" ? 1 : 0;
    const axis = side === "left" && coordinates.revolved;
    if (held[side] !== "free" || axis) hold(side, normal);
    if (held[side] === "fixed" && !axis) hold(side, 1 - normal);
  }
  let count = 0;
  const displacement = unknown.map((tag) => (tag < 0 ? -1 : count++));
  const axial = coordinates.lengthens ? { unknown: count++, length: Math.sqrt(sectionArea(space)) } : null;
  return { count, displacement, axial };
}

/** m² */
function sectionArea({ mesh, element, quadrature, coordinates }: Space): number {
  const values = cellValues(element, quadrature, coordinates);
  let area = 0;
  for (let cell = 0; cell < mesh.region.length; cell++) {
    values.move(mesh.nodes, mesh.cells, cell);
    for (const weight of values.weight) area += weight;
  }
  return area;
}

/** Stiffness of the bulk with room for the interface's, the load of nodal eigenstrains, and where each unknown lives. */
export interface ElasticBody {
  readonly matrix: Csr;
  /** Rows: unknowns; columns: nodes. Forces by nodal values of the eigenstrain on the particles. */
  readonly load: Csr;
  /** `[unknown][dimension]` m, for the ordering. */
  readonly place: Float64Array;
}

/** @param contact `[point][side][dimension]` unknowns that the interface couples, -1 where one is held. */
export function elasticBody(
  space: Space,
  material: (cell: number) => Elastic,
  unknowns: SolidUnknowns,
  contact: Int32Array,
): ElasticBody {
  const { mesh } = space;
  const { dimension } = mesh;
  const { count, displacement, axial } = unknowns;
  const width = dimension * mesh.nodesPerCell;
  const all = cellsWhere(mesh, () => true);
  const cells = cellUnknowns(mesh, all, displacement, dimension);
  const along = axial && alongDepth(mesh, displacement, axial.unknown);
  const matrix = unitePatterns(
    elementPattern(count, cells, width),
    elementPattern(count, contact, 2 * dimension),
    ...(along ? [elementPattern(count, along.pairs, 2)] : []),
  );
  assemble(space, all, elasticity(material), scatterMap(matrix, cells, width), matrix.value);
  if (axial && along) addAxial(space, material, matrix, { ...along, ...axial });
  const place = new Float64Array(dimension * count);
  displacement.forEach((unknown, k) => {
    if (unknown < 0) return;
    const first = k - (k % dimension);
    place.set(mesh.nodes.subarray(first, first + dimension), dimension * unknown);
  });
  return { matrix, load: loadMatrix(space, material, unknowns), place };
}

/**
 * The displacements that feel e₀, `[node][dimension]` -1 elsewhere: those of nodes on a border. Inside of a body of one material
 * ∫λ ∇·v is zero, for v vanishes around the node's cells. `pairs` `[pair][2]` couples each with e₀.
 */
function alongDepth(mesh: Mesh, displacement: Int32Array, axial: number): { border: Int32Array; pairs: Int32Array } {
  const border = new Int32Array(displacement.length).fill(-1);
  for (const list of [mesh.contact.particleNodes, mesh.contact.binderNodes, mesh.boundary.nodes]) {
    for (const node of list) {
      const first = mesh.dimension * node;
      for (let k = first; k < first + mesh.dimension; k++) border[k] = displacement[k];
    }
  }
  const felt = border.filter((unknown) => unknown >= 0);
  return { border, pairs: Int32Array.from(Array.from(felt).flatMap((unknown) => [unknown, axial])) };
}

/** Add the row and the column of e₀ L. */
function addAxial(
  space: Space,
  material: (cell: number) => Elastic,
  matrix: Csr,
  { unknown, length, border }: AxialUnknown & { readonly border: Int32Array },
): void {
  const all = cellsWhere(space.mesh, () => true);
  const felt = cellUnknowns(space.mesh, all, border, space.mesh.dimension);
  const column = felt.map((row) => (row < 0 ? -1 : positionOf(matrix, row, unknown)));
  const row = felt.map((other) => (other < 0 ? -1 : positionOf(matrix, unknown, other)));
  const corner = new Int32Array(all.length).fill(positionOf(matrix, unknown, unknown));
  assemble(space, all, axialCoupling(material, length), column, matrix.value);
  assemble(space, all, axialCoupling(material, length), row, matrix.value);
  assemble(space, all, axialStiffness(material, length), corner, matrix.value);
}

function loadMatrix(space: Space, material: (cell: number) => Elastic, unknowns: SolidUnknowns): Csr {
  const { mesh } = space;
  const { displacement, axial, count } = unknowns;
  const { dimension, nodesPerCell: n } = mesh;
  const nodes = nodeCount(mesh);
  const chosen = cellsWhere(mesh, (region) => region < mesh.particles);
  /** `[chosen cell][row][node]` entries of the rows that each cell feeds, `width` of them. */
  const keysOf = (rows: Int32Array, width: number): Float64Array => {
    const keys = new Float64Array(rows.length * n);
    for (let r = 0; r < rows.length; r++) {
      const cell = chosen[Math.floor(r / width)];
      for (let c = 0; c < n; c++) keys[r * n + c] = rows[r] < 0 ? -1 : rows[r] * nodes + mesh.cells[cell * n + c];
    }
    return keys;
  };
  const inPlane = keysOf(cellUnknowns(mesh, chosen, displacement, dimension), dimension * n);
  const alongDepthKeys = axial ? keysOf(new Int32Array(chosen.length).fill(axial.unknown), 1) : new Float64Array(0);
  const sorted = Float64Array.from(new Set([...inPlane, ...alongDepthKeys]))
    .filter((key) => key >= 0)
    .sort();
  const positionOfKey = new Map<number, number>();
  sorted.forEach((key, at) => {
    positionOfKey.set(key, at);
  });
  const load: Csr = {
    rows: count,
    columns: nodes,
    rowStart: new Int32Array(count + 1),
    column: Int32Array.from(sorted, (key) => key % nodes),
    value: new Float64Array(sorted.length),
  };
  for (const key of sorted) load.rowStart[Math.floor(key / nodes) + 1]++;
  for (let row = 0; row < count; row++) load.rowStart[row + 1] += load.rowStart[row];
  const mapOf = (keys: Float64Array): Int32Array => Int32Array.from(keys, (key) => positionOfKey.get(key) ?? -1);
  assemble(space, chosen, eigenstrainLoad(material), mapOf(inPlane), load.value);
  if (axial) assemble(space, chosen, axialLoad(material, axial.length), mapOf(alongDepthKeys), load.value);
  return load;
}
