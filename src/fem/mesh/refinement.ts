import { square } from "../../elementary/elementary.js";
import { delaunay, type Outline, type Triangulation } from "./delaunay.js";

/** Points of one round keep this share of their distance to the edge they are erected on from each other. */
const SEPARATION = 0.9;
/** A new point is no nearer to the middle of its edge than this share of the wanted edge length. */
const LEAST_HEIGHT = 0.5;
const MOST_ROUNDS = 1000;

interface Candidates {
  readonly x: number[];
  readonly y: number[];
  /** Points in this circle hinder the candidate. */
  readonly radius: number[];
  /** Circumradius of the triangle in wanted edge lengths. */
  readonly excess: number[];
}

/**
 * Fills an outline by Delaunay refinement: every triangle that is too large offers the point that makes a triangle of
 * the wanted size on its shortest edge (an off-centre; Üngör 2009, doi 10.1016/j.comgeo.2008.06.002), or its
 * circumcentre where that is nearer. Points that do not hinder each other go in together.
 * `largestCircumradius` is the largest one left, in wanted edge lengths.
 */
export function refine(outline: Outline, largestCircumradius: number): Triangulation {
  let points = outline.points;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const triangles = delaunay(points, outline);
    const added = independent(candidates(points, triangles, outline, largestCircumradius));
    if (added.length === 0) return { points, triangles };
    const more = new Float64Array(points.length + added.length);
    more.set(points);
    more.set(added, points.length);
    points = more;
  }
  return { points, triangles: delaunay(points, outline) };
}

function candidates(
  points: Float64Array,
  triangles: Int32Array,
  outline: Outline,
  largestCircumradius: number,
): Candidates {
  const found: Candidates = { x: [], y: [], radius: [], excess: [] };
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = shortestFirst(points, triangles, t);
    const bx = points[b] - points[a];
    const by = points[b + 1] - points[a + 1];
    const cx = points[c] - points[a];
    const cy = points[c + 1] - points[a + 1];
    const area = 2 * (bx * cy - cx * by);
    const bb = bx * bx + by * by;
    const cc = cx * cx + cy * cy;
    const dx = (cy * bb - by * cc) / area;
    const dy = (bx * cc - cx * bb) / area;
    const size = outline.size(points[a] + bx / 2, points[a + 1] + by / 2);
    const excess = Math.sqrt(dx * dx + dy * dy) / size;
    if (excess <= largestCircumradius) continue;
    const far = Math.hypot(dx - bx / 2, dy - by / 2);
    const height = Math.min(far, Math.sqrt(Math.max(LEAST_HEIGHT * LEAST_HEIGHT * size * size, size * size - bb / 4)));
    const x = points[a] + bx / 2 + (height / far) * (dx - bx / 2);
    const y = points[a + 1] + by / 2 + (height / far) * (dy - by / 2);
    if (!outline.admits(x, y)) continue;
    found.x.push(x);
    found.y.push(y);
    found.radius.push(SEPARATION * Math.sqrt(bb / 4 + height * height));
    found.excess.push(excess);
  }
  return found;
}

/** Twice the corners of triangle `t / 3`, in order, so that the first two span its shortest edge. */
function shortestFirst(points: Float64Array, triangles: Int32Array, t: number): [number, number, number] {
  const [a, b, c] = [2 * triangles[t], 2 * triangles[t + 1], 2 * triangles[t + 2]];
  const ab = square(points[b] - points[a]) + square(points[b + 1] - points[a + 1]);
  const bc = square(points[c] - points[b]) + square(points[c + 1] - points[b + 1]);
  const ca = square(points[a] - points[c]) + square(points[a + 1] - points[c + 1]);
  if (ab <= bc && ab <= ca) return [a, b, c];
  return bc <= ca ? [b, c, a] : [c, a, b];
}

/** The candidates that none taken before hinders, the nearly good triangles first: the front stays closed. `[point][2]` */
function independent(from: Candidates): Float64Array {
  const order = Array.from(from.x.keys()).sort((p, q) => from.excess[p] - from.excess[q] || p - q);
  const cell = from.radius.reduce((least, r) => Math.min(least, r), Number.POSITIVE_INFINITY);
  const taken = new Map<number, number[]>();
  const key = (column: number, row: number) => column * 4_194_304 + row;
  const out: number[] = [];
  const clear = (k: number) => {
    const column = Math.floor(from.x[k] / cell);
    const row = Math.floor(from.y[k] / cell);
    const near = (p: number) =>
      square(out[p] - from.x[k]) + square(out[p + 1] - from.y[k]) < from.radius[k] * from.radius[k];
    const reach = Math.ceil(from.radius[k] / cell);
    for (let i = column - reach; i <= column + reach; i++)
      for (let j = row - reach; j <= row + reach; j++) if (taken.get(key(i, j))?.some(near)) return false;
    return true;
  };
  for (const k of order) {
    if (!clear(k)) continue;
    const at = key(Math.floor(from.x[k] / cell), Math.floor(from.y[k] / cell));
    const bucket = taken.get(at);
    if (bucket) bucket.push(out.length);
    else taken.set(at, [out.length]);
    out.push(from.x[k], from.y[k]);
  }
  return Float64Array.from(out);
}
