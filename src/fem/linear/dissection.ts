import { square } from "../../elementary/elementary.js";
import type { Csr } from "./csr.js";
import { type Graph, NEAR_SINK, NEAR_SOURCE, vertexCut } from "./vertex-cut.js";

/** Sets of so few vertices are not parted further. */
const LEAF = 4;
/** How far from the median the cut may lie: a share of the set, and of the square root of its size. */
const BAND_SHARE = 0.15;
const BAND_ROOTS = 3;
/** What a cut at the edge of the band costs more than one at the median. */
const OFF_CENTRE = 0.3;

/** Unknowns at one point are one vertex: `members[first[v] … first[v + 1] - 1]`. */
interface PointGraph extends Graph {
  readonly first: Int32Array;
  readonly members: Int32Array;
  /** `[axis][vertex]` */
  readonly place: readonly Float64Array[];
}

/**
 * Nested dissection by position: the unknowns in the order of elimination `[unknowns]`. Each set of points is parted
 * across its longest extent near the weighted median by a least vertex cut, which is eliminated after both parts;
 * `last` unknowns come at the end, in the order given. `points` `[unknown][axis]`, two axes or three.
 * Throws `RangeError` when a point is missing or not finite, or `last` names no unknown.
 * Source: George, SIAM J. Numer. Anal. 10 (1973) 345.
 */
export function dissectionOrder(pattern: Csr, points: Float64Array, last: readonly number[] = []): Int32Array {
  requirePlaces(pattern.rows, points, last);
  const graph = pointGraph(pattern, points, last);
  const order = new Int32Array(pattern.rows);
  const vertices = dissect(graph);
  let placed = 0;
  for (const v of vertices) {
    for (let m = graph.first[v]; m < graph.first[v + 1]; m++) order[placed++] = graph.members[m];
  }
  for (const unknown of new Set(last)) order[placed++] = unknown;
  return order;
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

function pointGraph(pattern: Csr, points: Float64Array, last: readonly number[]): PointGraph {
  const late = new Set(last);
  const axes = points.length / pattern.rows;
  const place = Array.from({ length: axes }, (_, axis) =>
    Float64Array.from({ length: pattern.rows }, (_, unknown) => points[axes * unknown + axis]),
  );
  const members = Int32Array.from({ length: pattern.rows }, (_, unknown) => unknown)
    .filter((unknown) => !late.has(unknown))
    .sort(byPlace(place));
  const vertexOf = new Int32Array(pattern.rows).fill(-1);
  const first: number[] = [];
  for (let m = 0; m < members.length; m++) {
    const [a, b] = [members[m - 1], members[m]];
    if (m === 0 || place.some((along) => along[a] !== along[b])) first.push(m);
    vertexOf[b] = first.length - 1;
  }
  const vertices = first.length;
  const ofVertices = place.map((along) => Float64Array.from(first, (m) => along[members[m]]));
  first.push(members.length);
  const firstMember = Int32Array.from(first);
  const edges = neighbours(pattern, vertexOf, firstMember, members);
  return { vertices, ...edges, first: firstMember, members, place: ofVertices };
}

/** Ascending along the first axis, then along the others, then by number. */
function byPlace(place: readonly Float64Array[]): (a: number, b: number) => number {
  const [x, y, z] = place;
  if (z === undefined) return (a, b) => x[a] - x[b] || y[a] - y[b] || a - b;
  return (a, b) => x[a] - x[b] || y[a] - y[b] || z[a] - z[b] || a - b;
}

/** The edges between vertices, each list ascending. */
function neighbours(pattern: Csr, vertexOf: Int32Array, first: Int32Array, members: Int32Array) {
  const vertices = first.length - 1;
  const start = new Int32Array(vertices + 1);
  const neighbour = new Int32Array(pattern.column.length);
  const seenBy = new Int32Array(vertices).fill(-1);
  let size = 0;
  for (let v = 0; v < vertices; v++) {
    const begin = size;
    seenBy[v] = v;
    for (let m = first[v]; m < first[v + 1]; m++) {
      for (let p = pattern.rowStart[members[m]]; p < pattern.rowStart[members[m] + 1]; p++) {
        const w = vertexOf[pattern.column[p]];
        if (w < 0 || seenBy[w] === v) continue;
        seenBy[w] = v;
        neighbour[size++] = w;
      }
    }
    neighbour.subarray(begin, size).sort();
    start[v + 1] = size;
  }
  return { start, neighbour: neighbour.slice(0, size) };
}

/** The vertices in the order of elimination. */
function dissect(graph: PointGraph): Int32Array {
  const order = new Int32Array(graph.vertices);
  const rank = new Int32Array(graph.vertices).fill(-1);
  const open: { set: Int32Array; end: number }[] = [];
  if (graph.vertices > 0) open.push({ set: order.map((_, v) => v), end: graph.vertices });
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    const { set, end } = task;
    if (set.length <= LEAF) {
      order.set(set, end - set.length);
      continue;
    }
    const { before, cut, after } = part(graph, set, rank);
    order.set(cut, end - cut.length);
    if (after.length > 0) open.push({ set: after, end: end - cut.length });
    if (before.length > 0) open.push({ set: before, end: end - cut.length - after.length });
  }
  return order;
}

/** Parts a set of three or more across its longest extent; `rank` `[vertex]` is -1 on entry and on return. */
function part(graph: PointGraph, set: Int32Array, rank: Int32Array) {
  const wide = graph.place.map((along) => ({ along, extent: extent(along, set) })).sort((a, b) => b.extent - a.extent);
  const [along, ...across] = wide.map(({ along }) => along);
  const sorted = set.slice().sort(byPlace([along, ...across]));
  const count = sorted.length;
  const half = Math.max(1, Math.floor(Math.min(BAND_SHARE * count, BAND_ROOTS * Math.sqrt(count))));
  const median = medianRank(graph, sorted);
  const low = Math.max(1, median - half);
  const high = Math.min(count - 1, median + half + 1);
  for (let k = 0; k < count; k++) rank[sorted[k]] = k;
  const band = bandGraph(graph, sorted, rank, low, high);
  const capacity = new Float64Array(high - low);
  for (let k = low; k < high; k++) {
    const weight = graph.first[sorted[k] + 1] - graph.first[sorted[k]];
    capacity[k - low] = weight * (64 + Math.round(64 * OFF_CENTRE * square((k - median) / half)));
  }
  const side = vertexCut(band.graph, capacity, band.touch);
  const sideOf = (k: number): number => (band.forced.has(k) ? 0 : k < low ? -1 : k >= high ? 1 : side[k - low]);
  const pick = (wanted: number): Int32Array => sorted.filter((_, k) => sideOf(k) === wanted);
  const cut = pick(0).sort(byPlace([...across, along]));
  const parts = { before: pick(-1), cut, after: pick(1) };
  for (const v of sorted) rank[v] = -1;
  return parts;
}

function extent(coordinate: Float64Array, set: Int32Array): number {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const v of set) {
    if (coordinate[v] < least) least = coordinate[v];
    if (coordinate[v] > most) most = coordinate[v];
  }
  return most - least;
}

/** The rank where half of the set's unknowns lie before, neither the first nor the last. */
function medianRank(graph: PointGraph, sorted: Int32Array): number {
  let total = 0;
  for (const v of sorted) total += graph.first[v + 1] - graph.first[v];
  let before = 0;
  for (let k = 0; k < sorted.length; k++) {
    before += graph.first[sorted[k] + 1] - graph.first[sorted[k]];
    if (2 * before >= total) return Math.min(Math.max(k, 1), sorted.length - 2);
  }
  return sorted.length - 2;
}

/** The graph of the ranks `low` to `high` - 1; ranks before them that reach beyond them are `forced` into the cut. */
function bandGraph(graph: PointGraph, sorted: Int32Array, rank: Int32Array, low: number, high: number) {
  const start = new Int32Array(high - low + 1);
  const neighbour: number[] = [];
  const touch = new Uint8Array(high - low);
  const forced = new Set<number>();
  for (let k = 0; k < low; k++) {
    const v = sorted[k];
    for (let e = graph.start[v]; e < graph.start[v + 1]; e++) if (rank[graph.neighbour[e]] >= high) forced.add(k);
  }
  for (let k = low; k < high; k++) {
    const v = sorted[k];
    for (let e = graph.start[v]; e < graph.start[v + 1]; e++) {
      const other = rank[graph.neighbour[e]];
      if (other < 0) continue;
      if (other >= high) touch[k - low] |= NEAR_SINK;
      else if (other >= low) neighbour.push(other - low);
      else if (!forced.has(other)) touch[k - low] |= NEAR_SOURCE;
    }
    start[k - low + 1] = neighbour.length;
    neighbour.splice(start[k - low], neighbour.length, ...neighbour.slice(start[k - low]).sort((a, b) => a - b));
  }
  return { graph: { vertices: high - low, start, neighbour: Int32Array.from(neighbour) }, touch, forced };
}
