import { pow } from "../elementary/elementary.js";
import { type Domain, periods } from "./packing.js";

/** Points sorted into equal cells, for finding those near a place. */
export interface Cells {
  readonly domain: Domain;
  /** Cells along each axis. */
  readonly counts: readonly [number, number, number];
  /** m, of a cell along each axis; Infinity along an axis without extent. */
  readonly width: readonly [number, number, number];
  /** Where each cell's points begin in `points`, [cell + 1]. */
  readonly start: Int32Array;
  /** Indices of points, cell after cell, in rising order within a cell. */
  readonly points: Int32Array;
}

/** A growing list of indices that searches write into; only the first `count` hold. */
export interface Found {
  points: Int32Array;
  count: number;
}

export function nothingFound(): Found {
  return { points: new Int32Array(256), count: 0 };
}

/**
 * @param centre m, [point][3]
 * @param width wanted width of a cell in m; cells are at least that wide, and few enough for the number of points.
 * @param members indices of the points to sort in; all when left out.
 */
export function sortIntoCells(domain: Domain, centre: Float64Array, width: number, members?: Int32Array): Cells {
  const chosen = members ?? Int32Array.from({ length: centre.length / 3 }, (_, i) => i);
  const most = Math.ceil(pow(4 * chosen.length, 1 / domain.dimension)) + 1;
  const along = (axis: number) => Math.max(1, Math.min(most, Math.floor(domain.box[axis] / width)));
  const counts = [along(0), along(1), domain.dimension === 3 ? along(2) : 1] as const;
  const cells: Cells = {
    domain,
    counts,
    width: [
      domain.box[0] / counts[0],
      domain.box[1] / counts[1],
      domain.dimension === 3 ? domain.box[2] / counts[2] : Infinity,
    ],
    start: new Int32Array(counts[0] * counts[1] * counts[2] + 1),
    points: new Int32Array(chosen.length),
  };
  const home = chosen.map((i) => cellOf(cells, centre[3 * i], centre[3 * i + 1], centre[3 * i + 2]));
  for (const cell of home) cells.start[cell + 1]++;
  for (let cell = 1; cell < cells.start.length; cell++) cells.start[cell] += cells.start[cell - 1];
  const next = cells.start.slice();
  chosen.forEach((i, k) => {
    cells.points[next[home[k]]++] = i;
  });
  return cells;
}

/**
 * Collects every point within `reach` of the place, and others near it: those in all cells that the reach touches.
 * No point comes twice, also where a period is short.
 */
export function findNear(cells: Cells, x: number, y: number, z: number, reach: number, found: Found): void {
  const [nx, ny] = cells.counts;
  found.count = 0;
  const [fromX, lengthX] = span(cells, 0, x, reach);
  const [fromY, lengthY] = span(cells, 1, y, reach);
  const [fromZ, lengthZ] = span(cells, 2, z, reach);
  for (let c = 0; c < lengthZ; c++) {
    for (let b = 0; b < lengthY; b++) {
      const row = nx * (wrapped(fromY + b, ny) + ny * (fromZ + c));
      for (let a = 0; a < lengthX; a++) take(cells, row + wrapped(fromX + a, nx), found);
    }
  }
}

/** First cell and number of cells along an axis; the first may lie below 0 along a periodic axis. */
function span(cells: Cells, axis: 0 | 1 | 2, at: number, reach: number): readonly [from: number, length: number] {
  const count = cells.counts[axis];
  if (count === 1) return [0, 1];
  const from = Math.floor((at - reach) / cells.width[axis]);
  const to = Math.floor((at + reach) / cells.width[axis]);
  if (periods(cells.domain)[axis] > 0) return to - from + 1 >= count ? [0, count] : [from, to - from + 1];
  const first = Math.max(0, Math.min(count - 1, from));
  return [first, Math.max(first, Math.min(count - 1, to)) - first + 1];
}

function take(cells: Cells, cell: number, found: Found): void {
  const begin = cells.start[cell];
  const end = cells.start[cell + 1];
  if (found.count + end - begin > found.points.length) {
    const larger = new Int32Array(2 * (found.count + end - begin));
    larger.set(found.points.subarray(0, found.count));
    found.points = larger;
  }
  for (let k = begin; k < end; k++) found.points[found.count++] = cells.points[k];
}

function wrapped(index: number, count: number): number {
  return index < 0 ? index + count : index >= count ? index - count : index;
}

function cellOf(cells: Cells, x: number, y: number, z: number): number {
  const { counts, width } = cells;
  const along = (axis: 0 | 1 | 2, at: number) => {
    const cell = Math.floor(at / width[axis]);
    return periods(cells.domain)[axis] > 0
      ? ((cell % counts[axis]) + counts[axis]) % counts[axis]
      : Math.max(0, Math.min(counts[axis] - 1, cell));
  };
  return along(0, x) + counts[0] * (along(1, y) + counts[1] * (counts[2] === 1 ? 0 : along(2, z)));
}
