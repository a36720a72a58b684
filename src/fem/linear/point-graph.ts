import type { Csr } from "./csr.js";
import type { Graph } from "./vertex-cut.js";

/** The graph of a pattern, unknowns with equal rows as one vertex: `members[first[v] … first[v + 1] - 1]`. */
export interface PointGraph extends Graph {
  readonly first: Int32Array;
  readonly members: Int32Array;
  /** Vertices from this one on are eliminated last, in their order; each holds one unknown. */
  readonly late: number;
  /** `[axis][vertex]` */
  readonly place: readonly Float64Array[];
}

/**
 * Joins the unknowns of `pattern` whose rows hold the same columns, as those of one node mostly do, which changes no fill.
 * `points` `[unknown][axis]`, two axes or three; `last` are vertices of their own, at the end. Each vertex lists its
 * neighbours ascending.
 * Throws `RangeError` when a point is missing or not finite, or `last` names no unknown.
 * Source: Ashcraft, SIAM J. Sci. Comput. 16 (1995) 1404.
 */
export function pointGraph(pattern: Csr, points: Float64Array, last: readonly number[] = []): PointGraph {
  requirePlaces(pattern.rows, points, last);
  const axes = points.length / pattern.rows;
  const { vertexOf, vertices, late } = vertexNumbers(pattern, last);
  const first = new Int32Array(vertices + 1);
  for (const v of vertexOf) first[v + 1]++;
  for (let v = 0; v < vertices; v++) first[v + 1] += first[v];
  const members = new Int32Array(pattern.rows);
  const next = first.slice(0, vertices);
  for (let unknown = 0; unknown < pattern.rows; unknown++) members[next[vertexOf[unknown]]++] = unknown;
  const place = Array.from({ length: axes }, (_, axis) => {
    const along = new Float64Array(vertices);
    for (let v = 0; v < vertices; v++) along[v] = points[axes * members[first[v]] + axis];
    return along;
  });
  return { vertices, late, first, members, place, ...neighbours(pattern, vertexOf, first, members) };
}

function requirePlaces(unknowns: number, points: Float64Array, last: readonly number[]): void {
  if (points.length !== 2 * unknowns && points.length !== 3 * unknowns) {
    throw new RangeError(
      `order the unknowns: found ${points.length} coordinates for ${unknowns} unknowns; give two or three for each`,
    );
  }
  const bad = points.findIndex((coordinate) => !Number.isFinite(coordinate));
  if (bad >= 0) {
    const unknown = Math.floor((bad * unknowns) / points.length);
    throw new RangeError(`order the unknowns: unknown ${unknown} lies at ${points[bad]}; give finite coordinates`);
  }
  for (const unknown of last) {
    if (!Number.isInteger(unknown) || unknown < 0 || unknown >= unknowns) {
      throw new RangeError(`order the unknowns: last names ${unknown}; allowed are 0 to ${unknowns - 1}`);
    }
  }
}

/** `[unknown]` its vertex, numbered as the unknowns come, the last ones at the end in the order given. */
function vertexNumbers(pattern: Csr, last: readonly number[]) {
  const { rows } = pattern;
  const vertexOf = new Int32Array(rows).fill(-1);
  const trailing = new Set(last);
  for (const unknown of trailing) vertexOf[unknown] = -2;
  const slots = 1 << (32 - Math.clz32(2 * rows));
  const holder = new Int32Array(slots).fill(-1);
  let vertices = 0;
  for (let unknown = 0; unknown < rows; unknown++) {
    if (vertexOf[unknown] === -2) continue;
    let slot = rowHash(pattern, unknown) & (slots - 1);
    while (holder[slot] >= 0 && !sameRow(pattern, holder[slot], unknown)) slot = (slot + 1) & (slots - 1);
    if (holder[slot] < 0) {
      holder[slot] = unknown;
      vertexOf[unknown] = vertices++;
    } else vertexOf[unknown] = vertexOf[holder[slot]];
  }
  const late = vertices;
  for (const unknown of trailing) vertexOf[unknown] = vertices++;
  return { vertexOf, vertices, late };
}

/** A number that equal rows share. */
function rowHash({ rowStart, column }: Csr, row: number): number {
  let hash = 0;
  for (let p = rowStart[row]; p < rowStart[row + 1]; p++) {
    hash = Math.imul(hash ^ column[p], 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}

function sameRow({ rowStart, column }: Csr, a: number, b: number): boolean {
  const [from, to] = [rowStart[a], rowStart[b]];
  const length = rowStart[a + 1] - from;
  if (rowStart[b + 1] - to !== length) return false;
  for (let k = 0; k < length; k++) if (column[from + k] !== column[to + k]) return false;
  return true;
}

function neighbours(pattern: Csr, vertexOf: Int32Array, first: Int32Array, members: Int32Array) {
  const vertices = first.length - 1;
  const start = new Int32Array(vertices + 1);
  const neighbour = new Int32Array(pattern.column.length);
  const seenBy = new Int32Array(vertices).fill(-1);
  let size = 0;
  for (let v = 0; v < vertices; v++) {
    seenBy[v] = v;
    for (let m = first[v]; m < first[v + 1]; m++) {
      for (let p = pattern.rowStart[members[m]]; p < pattern.rowStart[members[m] + 1]; p++) {
        const w = vertexOf[pattern.column[p]];
        if (seenBy[w] === v) continue;
        seenBy[w] = v;
        neighbour[size++] = w;
      }
    }
    start[v + 1] = size;
  }
  return ascending(vertices, start, neighbour.subarray(0, size));
}

/** Sorts each list of a symmetric graph by listing it from the other ends. */
function ascending(vertices: number, start: Int32Array, neighbour: Int32Array) {
  const sorted = new Int32Array(neighbour.length);
  const next = start.slice(0, vertices);
  for (let v = 0; v < vertices; v++) {
    for (let e = start[v]; e < start[v + 1]; e++) sorted[next[neighbour[e]]++] = v;
  }
  return { start, neighbour: sorted };
}
