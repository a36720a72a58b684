import { sections } from "../coordinates/coordinates.js";
import type { Triangulation } from "./delaunay.js";
import type { Geometry } from "./geometry.js";

/**
 * The box as columns × rows of equal tiles, each the mirror image of its neighbours: the whole is folded paper.
 * `originColumn` and `originRow` name the grid lines at x = 0 and y = 0.
 */
export interface Tiling {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  readonly originColumn: number;
  readonly originRow: number;
}

/** Positions that differ by less than this share of the box are the same. */
const SAME = 1e-9;

/** The finest tiling that the particles allow; 1 × 1 where they have no mirror symmetry. */
export function findTiling(geometry: Geometry): Tiling {
  const { kind, width, height, particles } = geometry;
  const circles = particles.map((p) => ({ along: p.x, across: p.y, radius: p.radius }));
  const turned = particles.map((p) => ({ along: p.y, across: p.x, radius: p.radius }));
  const columns = sections[kind].revolved ? 1 : finestFold(circles, width);
  return { width, height, columns, rows: finestFold(turned, height), originColumn: 0, originRow: 0 };
}

interface Strung {
  readonly along: number;
  readonly across: number;
  readonly radius: number;
}

function finestFold(circles: readonly Strung[], length: number): number {
  for (let n = 2 * circles.length; n > 1; n--) if (folds(circles, length, n)) return n;
  return 1;
}

/** Whether folding [0, length] into n pleats lays all circles on those of the first pleat. */
function folds(circles: readonly Strung[], length: number, n: number): boolean {
  const pleat = length / n;
  const pleats: Strung[][] = Array.from({ length: n }, () => []);
  for (const circle of circles) {
    const line = Math.round(circle.along / pleat);
    if (Math.abs(circle.along - line * pleat) <= SAME * length) {
      for (const i of [line - 1, line]) {
        if (i >= 0 && i < n) pleats[i].push({ ...circle, along: (i === line) === (i % 2 === 0) ? 0 : pleat });
      }
      continue;
    }
    const i = Math.floor(circle.along / pleat);
    const along = foldBack(circle.along, i, pleat);
    if (along < circle.radius || along > pleat - circle.radius) return false;
    pleats[i].push({ ...circle, along });
  }
  const same = (p: Strung, q: Strung) =>
    Math.abs(p.along - q.along) <= SAME * length &&
    Math.abs(p.across - q.across) <= SAME * length &&
    Math.abs(p.radius - q.radius) <= SAME * length;
  return pleats.every(
    (list) => list.length === pleats[0].length && list.every((p) => pleats[0].some((q) => same(p, q))),
  );
}

/** A position in pleat `i`, seen in pleat 0; and the other way round. */
function foldBack(t: number, i: number, pleat: number): number {
  return i % 2 === 0 ? t - i * pleat : (i + 1) * pleat - t;
}

/** The place in column `column`, or on grid line `cell / 2` if `cell` is even, of the tile's coordinate `t`. */
function place(t: number, cell: number, length: number, tiles: number, origin: number): number {
  if (cell % 2 === 0) return cell / 2 - origin === tiles ? length : (length * (cell / 2 - origin)) / tiles;
  const i = (cell - 1) / 2;
  const pleat = length / tiles;
  return i % 2 === 0 ? (i - origin) * pleat + t : (i + 1 - origin) * pleat - t;
}

/** 2 · line for a point on a grid line, 2 · column + 1 for one between lines. */
function cellOf(t: number, column: number, pleat: number): number {
  if (t === 0) return 2 * (column % 2 === 0 ? column : column + 1);
  if (t === pleat) return 2 * (column % 2 === 0 ? column + 1 : column);
  return 2 * column + 1;
}

/** A point of the tile seen in another tile. */
export function placeInTile(x: number, y: number, column: number, row: number, tiling: Tiling): [number, number] {
  const { width, height, columns, rows, originColumn, originRow } = tiling;
  return [
    place(x, cellOf(x, column, width / columns), width, columns, originColumn),
    place(y, cellOf(y, row, height / rows), height, rows, originRow),
  ];
}

/**
 * Lays mirror images of one tile's triangulation side by side and joins them along the grid lines.
 * `known(point, column, row)` names points that have a number already, below `reserved`, or −1; the rest are
 * numbered from `reserved` on, tile by tile. Coordinates of reserved points are left to the caller.
 */
export function unfold(
  tile: Triangulation,
  tiling: Tiling,
  reserved: number,
  known: (point: number, column: number, row: number) => number,
): Triangulation {
  const { columns, rows } = tiling;
  const numbers = new Map<number, number>();
  const places: number[] = new Array(2 * reserved).fill(0);
  const triangles = new Int32Array(tile.triangles.length * columns * rows);
  let length = 0;
  const numberOf = (point: number, column: number, row: number): number => {
    const given = known(point, column, row);
    if (given >= 0) return given;
    const x = tile.points[2 * point];
    const y = tile.points[2 * point + 1];
    const cells = cellOf(x, column, tiling.width / columns) * (2 * rows + 1) + cellOf(y, row, tiling.height / rows);
    const key = point * (2 * columns + 1) * (2 * rows + 1) + cells;
    const seen = numbers.get(key);
    if (seen !== undefined) return seen;
    numbers.set(key, places.length / 2);
    return places.push(...placeInTile(x, y, column, row, tiling)) / 2 - 1;
  };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const mirrored = (row + column) % 2 === 1;
      for (let t = 0; t < tile.triangles.length; t += 3) {
        triangles[length++] = numberOf(tile.triangles[t], column, row);
        triangles[length++] = numberOf(tile.triangles[mirrored ? t + 2 : t + 1], column, row);
        triangles[length++] = numberOf(tile.triangles[mirrored ? t + 1 : t + 2], column, row);
      }
    }
  }
  return { points: Float64Array.from(places), triangles };
}
