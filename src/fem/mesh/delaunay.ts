import Delaunator from "delaunator";
import Constrainautor from "#constrainautor";

/** Points and the counter-clockwise triangles between them. */
export interface Triangulation {
  /** `[point][2]` */
  readonly points: Float64Array;
  /** `[triangle][3]` */
  readonly triangles: Int32Array;
}

/** The fixed points of a convex region with holes, in the order in which every triangulation of it starts. */
export interface Outline {
  /** `[point][2]` */
  readonly points: Float64Array;
  /** `[point]` −1, or the hole on whose rim (or in whose middle) the point lies. */
  readonly hole: Int32Array;
  /** `[edge][2]` edges that must exist; those of the convex hull need not be named. */
  readonly edges: Int32Array;
  /** Wanted edge length at a point. */
  size(x: number, y: number): number;
  /** Whether a free point may lie here: inside, and far enough from the outline. */
  admits(x: number, y: number): boolean;
}

/**
 * The constrained Delaunay triangles of an outline's points followed by free ones, `[triangle][3]`.
 * A triangle whose corners all belong to one hole lies in it and is left out.
 */
export function delaunay(points: Float64Array, outline: Outline): Int32Array {
  const delaunator = new Delaunator(points);
  const missing = missingEdges(delaunator.triangles, outline);
  if (missing.length > 0) new Constrainautor(delaunator).constrainAll(missing).delaunify(true);
  return keepOutsideHoles(points, delaunator.triangles, outline.hole);
}

function missingEdges(triangles: Uint32Array, outline: Outline): [number, number][] {
  const fixed = outline.hole.length;
  const present = new Set<number>();
  for (let e = 0; e < triangles.length; e++) {
    const a = triangles[e];
    const b = triangles[e % 3 === 2 ? e - 2 : e + 1];
    if (a < fixed && b < fixed) present.add(Math.min(a, b) * fixed + Math.max(a, b));
  }
  const missing: [number, number][] = [];
  for (let e = 0; e < outline.edges.length; e += 2) {
    const a = outline.edges[e];
    const b = outline.edges[e + 1];
    if (!present.has(Math.min(a, b) * fixed + Math.max(a, b))) missing.push([a, b]);
  }
  return missing;
}

function keepOutsideHoles(points: Float64Array, triangles: Uint32Array, hole: Int32Array): Int32Array {
  const kept = new Int32Array(triangles.length);
  let length = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t];
    const b = triangles[t + 1];
    const c = triangles[t + 2];
    const of = a < hole.length ? hole[a] : -1;
    if (of >= 0 && b < hole.length && c < hole.length && hole[b] === of && hole[c] === of) continue;
    const left = doubleArea(points, a, b, c) > 0;
    kept[length++] = a;
    kept[length++] = left ? b : c;
    kept[length++] = left ? c : b;
  }
  return kept.slice(0, length);
}

/** Twice the signed area, positive counter-clockwise. */
export function doubleArea(points: Float64Array, a: number, b: number, c: number): number {
  const x = points[2 * a];
  const y = points[2 * a + 1];
  return (points[2 * b] - x) * (points[2 * c + 1] - y) - (points[2 * c] - x) * (points[2 * b + 1] - y);
}
