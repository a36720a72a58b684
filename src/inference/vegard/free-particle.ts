/**
 * Equilibrium of a particle with a free surface, by finite elements on its outline.
 *
 *   strong form   ∇·C(ε(u) − ε*) = 0,  C(ε − ε*) n = 0 on the surface
 *   weak form     ∫ ε(v) : C ε(u) = ∫ ε(v) : C ε*
 *
 * One factorisation serves every eigenstrain. A pixel's strain is the mean over its triangles.
 */
import { assemble, cellUnknowns, spaceOf } from "../../fem/assembly/assemble.js";
import { type CellValues, cellValues } from "../../fem/assembly/cell-values.js";
import { planeStrain } from "../../fem/coordinates/coordinates.js";
import { triangleQuadrature } from "../../fem/element/quadrature.js";
import { type DirectSolver, directSolver } from "../../fem/linear/direct.js";
import { elementPattern, scatterMap } from "../../fem/linear/pattern.js";
import type { Mesh } from "../../fem/mesh/mesh.js";
import { toOrder } from "../../fem/mesh/second-order.js";
import { planeElasticity, strainAt, stressWork } from "./anisotropic.js";
import type { Grid, Mechanics } from "./mechanics.js";
import { maskLevels, type PixelMesh, pixelMesh } from "./pixel-mesh.js";
import type { PlaneStiffness, PlaneTensor } from "./stiffness.js";

/** Of shape functions: straight or quadratic displacements in a triangle. */
export type ElementOrder = 1 | 2;

/** A body of triangles, prepared for any eigenstrain. */
export interface FreeBody {
  /** `[cell][point][2]` where eigenstrain counts. */
  readonly places: Float64Array;
  /** `[cell][point]` area that a point stands for. */
  readonly areas: Float64Array;
  readonly points: number;
  readonly unknowns: number;
  /**
   * Total strain under the eigenstrain `tensor` · `amount`.
   * @param amount `[cell][point]`
   * @param strain `[xx, yy, xy][pixel]`, written; NaN where there is no cell
   */
  respond(tensor: PlaneTensor, amount: Float64Array, strain: Float64Array): void;
}

/**
 * @param stiffness of each cell
 * @param order of the triangles' shape functions
 * @throws Error when the body cannot be factored.
 */
export function freeBody(
  grid: Grid,
  cut: PixelMesh,
  stiffness: (cell: number) => PlaneStiffness,
  order: ElementOrder,
): FreeBody {
  const { nodes, cells } = toOrder(order, { points: cut.nodes, triangles: cut.cells }, noCurves);
  const mesh = bareMesh(order, nodes, cells);
  const space = spaceOf(mesh, planeStrain);
  const width = 2 * mesh.nodesPerCell;
  const chosen = Int32Array.from(cut.pixel.keys());
  const unknown = freeUnknowns(nodes);
  const ofCell = cellUnknowns(mesh, chosen, unknown.of, 2);
  const pattern = elementPattern(unknown.count, ofCell, width);
  assemble(space, chosen, planeElasticity(stiffness), scatterMap(pattern, ofCell, width), pattern.value);
  const solver = directSolver(pattern, { kind: "ldlt", points: unknown.points });
  const factored = solver.factor(pattern.value);
  if (!factored.ok) throw new Error(`Factoring a particle: found the pivot ${factored.pivot}; its mask may be broken.`);
  const values = cellValues(space.element, triangleQuadrature(order), planeStrain);
  const inner: Inner = { grid, mesh, pixel: cut.pixel, ofCell, stiffness, solver, values };
  return {
    ...placesOf(inner),
    points: values.points,
    unknowns: unknown.count,
    respond: (tensor, amount, strain) => {
      const u = displacements(inner, tensor, amount);
      pixelStrain(inner, u, strain);
    },
  };
}

interface Inner {
  readonly grid: Grid;
  readonly mesh: Mesh;
  /** `[cell]` */
  readonly pixel: Int32Array;
  /** `[cell][node][2]` unknowns, -1 where held. */
  readonly ofCell: Int32Array;
  readonly stiffness: (cell: number) => PlaneStiffness;
  readonly solver: DirectSolver;
  readonly values: CellValues;
}

function displacements(inner: Inner, tensor: PlaneTensor, amount: Float64Array): Float64Array {
  const { mesh, pixel, ofCell, stiffness, solver, values } = inner;
  const width = 2 * mesh.nodesPerCell;
  const local = new Float64Array(width);
  const u = new Float64Array(solver.unknowns);
  for (let cell = 0; cell < pixel.length; cell++) {
    values.move(mesh.nodes, mesh.cells, cell);
    local.fill(0);
    stressWork(values, stiffness(cell), tensor, amount.subarray(cell * values.points), local);
    for (let k = 0; k < width; k++) {
      const at = ofCell[width * cell + k];
      if (at >= 0) u[at] += local[k];
    }
  }
  solver.solve(u, u);
  return u;
}

function pixelStrain({ grid, mesh, pixel, ofCell, values }: Inner, u: Float64Array, strain: Float64Array): void {
  const pixels = grid.width * grid.height;
  const width = 2 * mesh.nodesPerCell;
  const local = new Float64Array(width);
  const area = new Float64Array(pixels);
  const sum = new Float64Array(4);
  strain.fill(0);
  for (let cell = 0; cell < pixel.length; cell++) {
    values.move(mesh.nodes, mesh.cells, cell);
    for (let k = 0; k < width; k++) {
      const at = ofCell[width * cell + k];
      local[k] = at < 0 ? 0 : u[at];
    }
    strainAt(values, local, sum);
    const p = pixel[cell];
    for (let c = 0; c < 3; c++) strain[c * pixels + p] += sum[c];
    area[p] += sum[3];
  }
  for (let k = 0; k < 3 * pixels; k++) strain[k] /= area[k % pixels];
}

export interface FreeParticle extends Mechanics {
  readonly unknowns: number;
  readonly cells: number;
}

/**
 * The particle of a mask. Within a pixel a field counts as linear.
 * @param mask `[pixel]` share inside
 * @param stiffness of each pixel
 * @throws RangeError when the mask is empty.
 */
export function freeParticle(
  grid: Grid,
  mask: Float64Array,
  stiffness: (pixel: number) => PlaneStiffness,
  order: ElementOrder,
): FreeParticle {
  const mesh = pixelMesh(grid, maskLevels(grid, mask));
  const body = freeBody(grid, mesh, (cell) => stiffness(mesh.pixel[cell]), order);
  const meshed = new Uint8Array(grid.width * grid.height);
  for (const pixel of mesh.pixel) meshed[pixel] = 1;
  const amount = new Float64Array(body.points * mesh.pixel.length);
  return {
    grid,
    body: meshed.map((has, k) => (has && mask[k] >= 0.5 ? 1 : 0)),
    unknowns: body.unknowns,
    cells: mesh.pixel.length,
    respond: (tensor, field, strain) => {
      for (let k = 0; k < amount.length; k++) {
        const pixel = mesh.pixel[Math.floor(k / body.points)];
        amount[k] = fieldAt(grid, mask, field, pixel, body.places[2 * k], body.places[2 * k + 1]);
      }
      body.respond(tensor, amount, strain);
    },
  };
}

/** The field at a place in a pixel, linear over the pixel by its neighbours in the mask: the pixel keeps its mean. */
function fieldAt(grid: Grid, mask: Float64Array, field: Float64Array, p: number, x: number, y: number): number {
  const { width, height, pixel } = grid;
  const [row, column] = [Math.floor(p / width), p % width];
  const slope = (before: boolean, after: boolean, step: number): number => {
    const left = before && mask[p - step] >= 0.5 ? p - step : p;
    const right = after && mask[p + step] >= 0.5 ? p + step : p;
    return left === right ? 0 : ((field[right] - field[left]) * step) / (right - left);
  };
  const across = slope(column > 0, column < width - 1, 1) * (x / pixel[1] - column - 0.5);
  const along = slope(row > 0, row < height - 1, width) * (y / pixel[0] - row - 0.5);
  return field[p] + across + along;
}

function placesOf({ mesh, pixel, values }: Inner): Pick<FreeBody, "places" | "areas"> {
  const places = new Float64Array(2 * values.points * pixel.length);
  const areas = new Float64Array(values.points * pixel.length);
  for (let cell = 0; cell < pixel.length; cell++) {
    values.move(mesh.nodes, mesh.cells, cell);
    places.set(values.position, 2 * values.points * cell);
    areas.set(values.weight, values.points * cell);
  }
  return { places, areas };
}

/** Three unknowns are held at zero against rigid motion; the load is in balance, so that they bear no force. */
function freeUnknowns(nodes: Float64Array): { of: Int32Array; count: number; points: Float64Array } {
  let [left, right] = [0, 0];
  for (let node = 1; 2 * node < nodes.length; node++) {
    if (nodes[2 * node] < nodes[2 * left]) left = node;
    if (nodes[2 * node] > nodes[2 * right]) right = node;
  }
  const held = new Set([2 * left, 2 * left + 1, 2 * right + 1]);
  let count = 0;
  const of = Int32Array.from(nodes, (_, k) => (held.has(k) ? -1 : count++));
  const points = new Float64Array(2 * count);
  for (const [k, at] of of.entries()) if (at >= 0) points.set([nodes[k - (k % 2)], nodes[k - (k % 2) + 1]], 2 * at);
  return { of, count, points };
}

const noCurves = { ends: new Int32Array(), middles: new Float64Array() };

/** Cells of one region, without interfaces or named sides. */
function bareMesh(order: ElementOrder, nodes: Float64Array, cells: Int32Array): Mesh {
  const none = new Int32Array();
  const nodesPerCell = order === 1 ? 3 : 6;
  return {
    dimension: 2,
    order,
    nodes,
    nodesPerCell,
    cells,
    region: new Int32Array(cells.length / nodesPerCell),
    particles: 1,
    contact: { nodesPerFacet: order + 1, particleNodes: none, binderNodes: none, particle: none, binder: none },
    boundary: { nodesPerFacet: order + 1, nodes: none, side: none },
  };
}
