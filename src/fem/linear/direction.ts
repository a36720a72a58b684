import type { PointGraph } from "./point-graph.js";

/** A direction across which sets of vertices may be parted. */
export interface Direction {
  /** `[vertex]` how far along, in steps of a grid that is the same for all directions. */
  readonly along: Int32Array;
  /** `[position]` the vertices that are not late; each set is a stretch of it, ascending along the direction. */
  readonly list: Int32Array;
  /** Steps that the longest edge spans. */
  readonly edge: number;
}

/** Steps over the longest extent, and what two digits of a step's number hold. */
const STEPS = 1 << 22;
const DIGIT = 12;

/** The axes; of a plane the diagonals too, which in space filled more. */
export function directionsOf(graph: PointGraph): readonly Direction[] {
  const ranges = graph.place.map(rangeOf);
  const extent = Math.max(...ranges.map(({ least, most }) => most - least));
  const scale = extent > 0 ? STEPS / extent : 0;
  const axes = graph.place.map((place, axis) => place.map((x) => (x - ranges[axis].least) * scale));
  const [x, y, ...z] = axes;
  const slopes = z.length > 0 ? axes : [x, y, diagonal(x, y, 1), diagonal(x, y, -1)];
  return slopes.map((exact) => {
    const along = Int32Array.from(exact);
    return { along, list: ascending(along.subarray(0, graph.late)), edge: longestEdge(graph, along) };
  });
}

function diagonal(a: Float64Array, b: Float64Array, sign: number): Float64Array {
  return a.map((x, v) => (x + sign * b[v]) * Math.SQRT1_2);
}

function rangeOf(along: Float64Array): { least: number; most: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of along) {
    if (x < least) least = x;
    if (x > most) most = x;
  }
  return { least, most };
}

function longestEdge({ late, start, neighbour }: PointGraph, along: Int32Array): number {
  let longest = 0;
  for (let v = 0; v < late; v++) {
    for (let e = start[v]; e < start[v + 1]; e++) {
      if (neighbour[e] < late) longest = Math.max(longest, along[v] - along[neighbour[e]]);
    }
  }
  return longest;
}

/** The indices of `along`, ascending by value, then by index: two passes, a digit each. */
function ascending(along: Int32Array): Int32Array {
  const digits = 1 << DIGIT;
  let from = new Int32Array(along.length);
  let to = new Int32Array(along.length);
  for (let v = 0; v < along.length; v++) from[v] = v;
  for (const shift of [0, DIGIT]) {
    const next = new Int32Array(digits + 1);
    for (let v = 0; v < along.length; v++) next[(((along[v] + STEPS) >> shift) & (digits - 1)) + 1]++;
    for (let d = 0; d < digits; d++) next[d + 1] += next[d];
    for (let k = 0; k < from.length; k++) to[next[((along[from[k]] + STEPS) >> shift) & (digits - 1)]++] = from[k];
    [from, to] = [to, from];
  }
  return from;
}
