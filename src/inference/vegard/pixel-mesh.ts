import { gaussian } from "../../imaging/filter/gaussian.js";
import type { Grid } from "./mechanics.js";

/** Triangles that fill the smooth outline of a particle drawn in pixels; each lies in one pixel. */
export interface PixelMesh {
  /** `[node][2]` x, y in the unit of the pixels, y downwards from the picture's upper left corner. */
  readonly nodes: Float64Array;
  /** `[cell][3]` with positive area. */
  readonly cells: Int32Array;
  /** `[cell]` the pixel it lies in. */
  readonly pixel: Int32Array;
}

/** Nodes nearer to the outline than this share of an edge are moved onto it. */
const snap = 0.25;

/** An outline is where this is zero; it is positive inside. Corners of the pixels `[row][column]`, then their centres. */
export type Levels = Float64Array;

/**
 * Four triangles a pixel, cut and moved along the outline. Of several pieces the largest is kept.
 * Cutting and snapping as in Labelle & Shewchuk, ACM Trans. Graph. 26(3) (2007) 57.
 * @throws RangeError when nothing is inside.
 */
export function pixelMesh(grid: Grid, levels: Levels): PixelMesh {
  const lattice = pixelLattice(grid, levels);
  snapNodes(lattice);
  const cut = cutCells(lattice);
  const kept = largestPiece(cut.cells);
  if (kept.length === 0)
    throw new RangeError("Meshing a particle: found no pixel inside its mask; mark the pixels that belong to it.");
  const cells = Int32Array.from(kept.flatMap((cell) => cut.cells.slice(3 * cell, 3 * cell + 3)));
  return compact(
    cut.nodes,
    cells,
    Int32Array.from(kept, (cell) => cut.pixel[cell]),
  );
}

interface Lattice {
  readonly grid: Grid;
  readonly nodes: number[];
  readonly level: Levels;
  /** As `level`, before nodes were moved. */
  readonly original: Levels;
  /** `[edge][2]` corner to corner and corner to centre. */
  readonly edges: Int32Array;
}

function pixelLattice(grid: Grid, levels: Levels): Lattice {
  const nodes: number[] = [];
  eachNode(grid, (x, y) => nodes.push(x, y));
  return { grid, nodes, level: levels.slice(), original: levels, edges: latticeEdges(grid) };
}

/** Corners of the pixels, then centres. */
function eachNode({ width, height, pixel }: Grid, visit: (x: number, y: number, row: number, column: number) => void) {
  for (let row = 0; row <= height; row++)
    for (let column = 0; column <= width; column++) visit(column * pixel[1], row * pixel[0], row, column);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      visit((column + 0.5) * pixel[1], (row + 0.5) * pixel[0], row + 0.5, column + 0.5);
}

/** From a function of place that is about linear near its zero. */
export function levelsOf(grid: Grid, inside: (x: number, y: number) => number): Levels {
  const levels: number[] = [];
  eachNode(grid, (x, y) => levels.push(inside(x, y)));
  return Float64Array.from(levels);
}

/**
 * From a mask blurred by one pixel: the smooth outline that its steps stand for.
 * @param mask `[pixel]` share inside
 */
export function maskLevels(grid: Grid, mask: Float64Array): Levels {
  const smooth = blurred(grid, mask);
  const at = (row: number, column: number) => smooth[(row + 1) * (grid.width + 2) + column + 1];
  const levels: number[] = [];
  eachNode(grid, (_x, _y, row, column) => {
    if (!Number.isInteger(row)) levels.push(at(row - 0.5, column - 0.5) - 0.5);
    else levels.push((at(row - 1, column - 1) + at(row - 1, column) + at(row, column - 1) + at(row, column)) / 4 - 0.5);
  });
  return Float64Array.from(levels);
}

/** The mask blurred by a pixel, with a rim of one pixel around the picture. */
function blurred({ width, height }: Grid, mask: Float64Array): Float32Array {
  const smooth = new Float32Array((width + 2) * (height + 2));
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      smooth[(row + 1) * (width + 2) + column + 1] = mask[row * width + column];
  gaussian(smooth, [1, height + 2, width + 2], [0, 1, 1]);
  return smooth;
}

function latticeEdges({ width, height }: Grid): Int32Array {
  const edges: number[] = [];
  const centre = (width + 1) * (height + 1);
  for (let row = 0; row <= height; row++) {
    for (let column = 0; column <= width; column++) {
      const corner = row * (width + 1) + column;
      if (column < width) edges.push(corner, corner + 1);
      if (row < height) edges.push(corner, corner + width + 1);
      if (column === width || row === height) continue;
      const middle = centre + row * width + column;
      edges.push(corner, middle, corner + 1, middle, corner + width + 1, middle, corner + width + 2, middle);
    }
  }
  return Int32Array.from(edges);
}

/** Moves each node that an outline passes close by onto the nearest such place. */
function snapNodes({ nodes, level, original, edges }: Lattice): void {
  const nearest = new Float64Array(level.length).fill(snap);
  const to = nodes.slice();
  for (let e = 0; e < edges.length; e += 2) {
    const [a, b] = [edges[e], edges[e + 1]];
    if (original[a] * original[b] >= 0) continue;
    const t = original[a] / (original[a] - original[b]);
    for (const [node, share] of [
      [a, t],
      [b, 1 - t],
    ] as const) {
      if (share >= nearest[node]) continue;
      nearest[node] = share;
      level[node] = 0;
      for (let k = 0; k < 2; k++) to[2 * node + k] = (1 - t) * nodes[2 * a + k] + t * nodes[2 * b + k];
    }
  }
  for (let k = 0; k < to.length; k++) nodes[k] = to[k];
}

interface CutCells {
  readonly nodes: readonly number[];
  readonly cells: number[];
  readonly pixel: number[];
}

function cutCells(lattice: Lattice): CutCells {
  const { grid, nodes, level, original } = lattice;
  const { width, height } = grid;
  const cells: number[] = [];
  const pixel: number[] = [];
  const middles = new Map<number, number>();
  const between = (a: number, b: number): number => {
    const key = Math.min(a, b) * level.length + Math.max(a, b);
    const known = middles.get(key);
    if (known !== undefined) return known;
    const t = level[a] / (level[a] - level[b]);
    const [x, y] = [0, 1].map((k) => (1 - t) * nodes[2 * a + k] + t * nodes[2 * b + k]);
    const node = nodes.push(x, y) / 2 - 1;
    middles.set(key, node);
    return node;
  };
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const corner = row * (width + 1) + column;
      const ring = [corner, corner + 1, corner + width + 2, corner + width + 1];
      const middle = (width + 1) * (height + 1) + row * width + column;
      for (let side = 0; side < 4; side++) {
        const triangle = [ring[side], ring[(side + 1) % 4], middle];
        const inside = triangle.reduce((sum, node) => sum + original[node], 0) > 0;
        for (const part of clipped(triangle, level, inside, between)) {
          cells.push(...part);
          pixel.push(row * width + column);
        }
      }
    }
  }
  return { nodes, cells, pixel };
}

/** The part of a triangle where the level is positive, as triangles of the same orientation. */
function clipped(
  triangle: readonly number[],
  level: Float64Array,
  flat: boolean,
  between: (a: number, b: number) => number,
): number[][] {
  const signs = triangle.map((node) => Math.sign(level[node]));
  if (!signs.includes(-1)) return signs.includes(1) || flat ? [[...triangle]] : [];
  if (!signs.includes(1)) return [];
  const corners: number[] = [];
  for (let k = 0; k < 3; k++) {
    const [a, b] = [triangle[k], triangle[(k + 1) % 3]];
    if (signs[k] >= 0) corners.push(a);
    if (signs[k] * signs[(k + 1) % 3] < 0) corners.push(between(a, b));
  }
  const rest = corners.slice(2).map((corner, k) => [corners[0], corners[k + 1], corner]);
  return rest;
}

/** The cells of the largest set that hangs together by edges. */
function largestPiece(cells: readonly number[]): number[] {
  const count = cells.length / 3;
  const across = new Map<number, number>();
  const neighbours = Array.from({ length: count }, (): number[] => []);
  const nodes = cells.reduce((most, node) => Math.max(most, node), 0) + 1;
  for (let e = 0; e < cells.length; e++) {
    const [a, b] = [cells[e], cells[e % 3 === 2 ? e - 2 : e + 1]];
    const key = Math.min(a, b) * nodes + Math.max(a, b);
    const other = across.get(key);
    if (other === undefined) across.set(key, Math.floor(e / 3));
    else {
      neighbours[other].push(Math.floor(e / 3));
      neighbours[Math.floor(e / 3)].push(other);
    }
  }
  const seen = new Uint8Array(count);
  let largest: number[] = [];
  for (let start = 0; start < count; start++) {
    if (seen[start]) continue;
    const piece = [start];
    seen[start] = 1;
    for (let k = 0; k < piece.length; k++)
      for (const next of neighbours[piece[k]])
        if (!seen[next]) {
          seen[next] = 1;
          piece.push(next);
        }
    if (piece.length > largest.length) largest = piece;
  }
  return largest.sort((a, b) => a - b);
}

/** Leaves out the nodes that no cell has. */
function compact(nodes: readonly number[], cells: Int32Array, pixel: Int32Array): PixelMesh {
  const place = new Int32Array(nodes.length / 2).fill(-1);
  const kept: number[] = [];
  for (const node of cells) {
    if (place[node] >= 0) continue;
    place[node] = kept.push(nodes[2 * node], nodes[2 * node + 1]) / 2 - 1;
  }
  return { nodes: Float64Array.from(kept), cells: cells.map((node) => place[node]), pixel };
}
