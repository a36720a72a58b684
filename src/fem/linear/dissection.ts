import { square } from "../../elementary/elementary.js";
import { type Direction, directionsOf } from "./direction.js";
import { leastDegree } from "./minimum-degree.js";
import type { PointGraph } from "./point-graph.js";
import { NEAR_SINK, NEAR_SOURCE, vertexCut } from "./vertex-cut.js";

/** Sets of so few vertices are not parted further. */
const LEAF = 60;
/** How far from the median the cut may lie: a share of the set, and of the square root of its size. */
const BAND_SHARE = 0.15;
const BAND_ROOTS = 1.5;
/** What a cut at the edge of the band costs more than one at the median. */
const OFF_CENTRE = 0.3;
/** Sets above this share of the whole are cut across every direction, the others across the most promising. */
const TRIED_SHARE = 1 / 90;

/** Vertices that are parted together: a stretch of the list of every direction. */
interface Stretch {
  readonly begin: number;
  readonly end: number;
}

interface Parting {
  readonly graph: PointGraph;
  readonly directions: readonly Direction[];
  /** `[direction]` vertices that cuts across it passed in equal extents, relative to the other directions. */
  readonly passed: Float64Array;
  /** `[vertex]` where its set begins, -1 once it is in a cut. */
  readonly set: Int32Array;
  /** `[vertex]` its rank in the set that is looked at, and its number in a small graph, -1 otherwise. */
  readonly rank: Int32Array;
  readonly local: Int32Array;
  /** `[vertex]` -1 before the cut of its set, 0 in it, 1 after. */
  readonly side: Int8Array;
  readonly scratch: Int32Array;
}

/** A way to part a set: ranks below `low` come before, those from `high` on after, the band between by `sides`. */
interface Cut {
  readonly direction: number;
  readonly low: number;
  readonly high: number;
  readonly band: Int32Array;
  readonly sides: Int8Array;
  /** Unknowns in the cut, more where the parts are unequal. */
  readonly cost: number;
}

/**
 * Nested dissection by position: the vertices in the order of elimination `[vertex]`. Each set is parted near its median
 * along an axis or a diagonal by a least vertex cut, which is eliminated after both parts; small sets are ordered by
 * least degree. The slope of a cut matters: in a mesh of crossed squares a diagonal passes 0.7 of the vertices of its
 * length. Large sets show how many a cut across each direction passes; that and their extents choose for the others.
 * Sources: George, SIAM J. Numer. Anal. 10 (1973) 345; cuts by flow: Ashcraft & Liu, SIAM J. Matrix Anal. Appl. 19
 * (1998) 325; least degree within the parts: Karypis & Kumar, SIAM J. Sci. Comput. 20 (1998) 359.
 */
export function dissectionOrder(graph: PointGraph): Int32Array {
  const order = new Int32Array(graph.vertices).map((_, v) => v);
  const directions = directionsOf(graph);
  const parting: Parting = {
    graph,
    directions,
    passed: new Float64Array(directions.length).fill(1),
    set: new Int32Array(graph.vertices).fill(-1, graph.late),
    rank: new Int32Array(graph.vertices),
    local: new Int32Array(graph.vertices).fill(-1),
    side: new Int8Array(graph.vertices),
    scratch: new Int32Array(graph.vertices),
  };
  const open: Stretch[] = [{ begin: 0, end: graph.late }];
  // breadth first, so that large sets teach what the small ones use
  for (const set of open) {
    if (set.end - set.begin > LEAF) {
      const { parts, cut } = part(parting, set);
      order.set(cut, set.end - cut.length);
      open.push(...parts);
    } else {
      const own = directions[0].list.subarray(set.begin, set.end);
      order.set(leastDegree(graph, own, parting.local), set.begin);
    }
  }
  return order;
}

/** Parts a set; its stretches then hold what lies before the cut, what lies after, and the cut. */
function part(parting: Parting, set: Stretch): { parts: readonly Stretch[]; cut: Int32Array } {
  const { directions, side } = parting;
  const { begin, end } = set;
  const cut = bestCut(parting, set);
  const sorted = directions[cut.direction].list.subarray(begin, end);
  takeSides(parting, sorted, begin, cut);
  let [before, after] = [0, 0];
  for (let k = 0; k < sorted.length; k++) {
    if (side[sorted[k]] < 0) before++;
    else if (side[sorted[k]] > 0) after++;
  }
  const [middle, late] = [begin + before, begin + before + after];
  const setOf = [begin, -1, middle];
  for (let k = 0; k < sorted.length; k++) parting.set[sorted[k]] = setOf[side[sorted[k]] + 1];
  for (const { list } of directions) sortBySide(parting, list.subarray(begin, end), before, before + after);
  const parts = [
    { begin, end: middle },
    { begin: middle, end: late },
  ];
  return { parts: parts.filter((one) => one.end > one.begin), cut: sorted.subarray(before + after) };
}

/** The cheapest cut across all directions of a large set, otherwise across the direction that promises least. */
function bestCut(parting: Parting, set: Stretch): Cut {
  const { directions, graph, passed } = parting;
  const extents = directions.map((direction) => middleExtent(direction, set));
  const promise = extents.map((extent, d) => (extent > 0 ? passed[d] / extent : Number.POSITIVE_INFINITY));
  if (set.end - set.begin <= TRIED_SHARE * graph.late) {
    return leastCut(parting, set, promise.indexOf(Math.min(...promise)));
  }
  const cuts = directions.map((_, d) => leastCut(parting, set, d));
  learn(passed, cuts, extents);
  return cuts.reduce((best, cut, d) => {
    return cut.cost < best.cost || (cut.cost === best.cost && extents[d] > extents[best.direction]) ? cut : best;
  });
}

/** Extent of the middle half of a set. */
function middleExtent({ along, list }: Direction, { begin, end }: Stretch): number {
  const quarter = (end - begin) >> 2;
  return along[list[end - 1 - quarter]] - along[list[begin + quarter]];
}

/** Moves what is known of each direction an eighth of the way to what these cuts show. */
function learn(passed: Float64Array, cuts: readonly Cut[], extents: readonly number[]): void {
  const shown = cuts.map(({ cost }, d) => cost * extents[d]);
  const mean = shown.reduce((sum, one) => sum + one, 0) / shown.length;
  if (mean === 0) return;
  for (let d = 0; d < shown.length; d++) passed[d] += (shown[d] / mean - passed[d]) / 8;
}

/** A least cut within a band around the median. */
function leastCut(parting: Parting, { begin, end }: Stretch, direction: number): Cut {
  const { graph, rank, local, directions } = parting;
  const sorted = directions[direction].list.subarray(begin, end);
  const count = sorted.length;
  const half = Math.max(1, Math.floor(Math.min(BAND_SHARE * count, BAND_ROOTS * Math.sqrt(count))));
  const median = count >> 1;
  const low = Math.max(1, median - half);
  const high = Math.min(count - 1, median + half + 1);
  for (let k = 0; k < count; k++) rank[sorted[k]] = k;
  // numbered as the vertices are, so that lists of neighbours ascend
  const band = sorted.slice(low, high).sort();
  const capacity = new Float64Array(band.length);
  for (let b = 0; b < band.length; b++) {
    const off = square((rank[band[b]] - median) / half);
    capacity[b] = weightOf(graph, band[b]) * (64 + Math.round(64 * OFF_CENTRE * off));
    local[band[b]] = b;
  }
  const { touch, ...inner } = bandGraph(parting, band, begin, low);
  for (let b = 0; b < band.length; b++) local[band[b]] = -1;
  const sides = vertexCut(inner, capacity, touch);
  let [weight, tilt] = [0, low - (count - high)];
  for (let b = 0; b < band.length; b++) {
    if (sides[b] === 0) weight += weightOf(graph, band[b]);
    tilt -= sides[b];
  }
  return { direction, low, high, band, sides, cost: weight * (1 + square(tilt / count)) };
}

function weightOf({ first }: PointGraph, v: number): number {
  return first[v + 1] - first[v];
}

/** The graph of the band's vertices and what each touches. */
function bandGraph({ graph, set, rank, local }: Parting, band: Int32Array, begin: number, low: number) {
  let edges = 0;
  for (let b = 0; b < band.length; b++) edges += graph.start[band[b] + 1] - graph.start[band[b]];
  const start = new Int32Array(band.length + 1);
  const neighbour = new Int32Array(edges);
  const touch = new Uint8Array(band.length);
  let size = 0;
  for (let b = 0; b < band.length; b++) {
    for (let e = graph.start[band[b]]; e < graph.start[band[b] + 1]; e++) {
      const w = graph.neighbour[e];
      if (local[w] >= 0) neighbour[size++] = local[w];
      else if (set[w] === begin) touch[b] |= rank[w] < low ? NEAR_SOURCE : NEAR_SINK;
    }
    start[b + 1] = size;
  }
  return { vertices: band.length, start, neighbour: neighbour.subarray(0, size), touch };
}

/** Notes the sides that a cut gives; an edge longer than the band is wide puts its end before the band into the cut. */
function takeSides({ graph, directions, set, side }: Parting, sorted: Int32Array, begin: number, cut: Cut): void {
  const { along, edge } = directions[cut.direction];
  for (let k = 0; k < sorted.length; k++) side[sorted[k]] = k < cut.low ? -1 : 1;
  for (let b = 0; b < cut.band.length; b++) side[cut.band[b]] = cut.sides[b];
  const from = along[sorted[cut.low]] - edge;
  for (let k = cut.low - 1; k >= 0 && along[sorted[k]] >= from; k--) {
    const v = sorted[k];
    for (let e = graph.start[v]; e < graph.start[v + 1]; e++) {
      const w = graph.neighbour[e];
      if (set[w] === begin && side[w] > 0) side[v] = 0;
    }
  }
}

/** Before, after, cut; each as it was. */
function sortBySide({ side, scratch }: Parting, list: Int32Array, middle: number, late: number): void {
  let [before, after, cut] = [0, middle, late];
  for (let k = 0; k < list.length; k++) {
    const v = list[k];
    if (side[v] < 0) scratch[before++] = v;
    else if (side[v] > 0) scratch[after++] = v;
    else scratch[cut++] = v;
  }
  list.set(scratch.subarray(0, list.length));
}
