import { delaunay, type Outline, type Triangulation } from "./delaunay.js";

/** Largest circumradius left, in wanted edge lengths; calibrated so that the mean edge has the wanted length. */
const LARGEST_CIRCUMRADIUS = 0.8;
const MOST_ROUNDS = 200;

interface Candidates {
  readonly x: number[];
  readonly y: number[];
  readonly radius: number[];
  readonly excess: number[];
}

/**
 * Fills an outline by Delaunay refinement: circumcentres of triangles that are too large go in, the largest first,
 * as many in one round as leave each other's circumcircles empty (Chew 1989; Ruppert 1995, doi 10.1006/jagm.1995.1021).
 */
export function refine(outline: Outline): Triangulation {
  let points = outline.points;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const triangles = delaunay(points, outline);
    const added = independent(candidates(points, triangles, outline));
    if (added.length === 0) return { points, triangles };
    const more = new Float64Array(points.length + added.length);
    more.set(points);
    more.set(added, points.length);
    points = more;
  }
  return { points, triangles: delaunay(points, outline) };
}

function candidates(points: Float64Array, triangles: Int32Array, outline: Outline): Candidates {
  const found: Candidates = { x: [], y: [], radius: [], excess: [] };
  for (let t = 0; t < triangles.length; t += 3) {
    const a = 2 * triangles[t];
    const b = 2 * triangles[t + 1];
    const c = 2 * triangles[t + 2];
    const bx = points[b] - points[a];
    const by = points[b + 1] - points[a + 1];
    const cx = points[c] - points[a];
    const cy = points[c + 1] - points[a + 1];
    const area = 2 * (bx * cy - cx * by);
    const bb = bx * bx + by * by;
    const cc = cx * cx + cy * cy;
    const dx = (cy * bb - by * cc) / area;
    const dy = (bx * cc - cx * bb) / area;
    const radius = Math.sqrt(dx * dx + dy * dy);
    const x = points[a] + dx;
    const y = points[a + 1] + dy;
    if (!outline.admits(x, y)) continue;
    const excess = radius / outline.size(x, y);
    if (excess <= LARGEST_CIRCUMRADIUS) continue;
    found.x.push(x);
    found.y.push(y);
    found.radius.push(radius);
    found.excess.push(excess);
  }
  return found;
}

/** The candidates outside the circumcircles of those taken before them, `[point][2]`. */
function independent(from: Candidates): Float64Array {
  const order = Array.from(from.x.keys()).sort((p, q) => from.excess[q] - from.excess[p] || p - q);
  const cell = Math.max(
    from.radius.reduce((least, r) => Math.min(least, r), Number.POSITIVE_INFINITY),
    1e-9,
  );
  const taken = new Map<number, number[]>();
  const key = (column: number, row: number) => column * 4_194_304 + row;
  const out: number[] = [];
  const clear = (k: number) => {
    const x = from.x[k];
    const y = from.y[k];
    const r2 = from.radius[k] ** 2;
    const near = (p: number) => (out[p] - x) ** 2 + (out[p + 1] - y) ** 2 < r2;
    const reach = Math.ceil(from.radius[k] / cell);
    if ((2 * reach + 1) ** 2 > out.length) {
      for (let p = 0; p < out.length; p += 2) if (near(p)) return false;
      return true;
    }
    const column = Math.floor(x / cell);
    const row = Math.floor(y / cell);
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
