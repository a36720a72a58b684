import { acos, cos } from "../../elementary/elementary.js";
import { widenAngles, worstCosine } from "./angle-search.js";
import { delaunay, type Outline, type Triangulation } from "./delaunay.js";
import { smooth } from "./smoothing.js";

/** Triangles with a smaller angle are repaired. */
const WANTED_COSINE = cos((30 * Math.PI) / 180);
const MOST_PASSES = 6;
/** Radii about a bad triangle, in wanted edge lengths: points that may move, and points that are looked at. */
const MOVING = 2.2;
const SEEN = 5;

/**
 * Mends triangles with angles below 30° one spot after another: leaves the points, drops one, merges two, or adds one;
 * smooths the spot; and keeps what makes its smallest angle largest.
 */
export function repair(mesh: Triangulation, outline: Outline): Triangulation {
  let best = mesh;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const spots = badTriangles(best);
    if (spots.length === 0) return best;
    const cloud = new Cloud(best.points, outline);
    let mended = 0;
    for (const spot of spots) if (mendSpot(cloud, outline, spot)) mended++;
    if (mended === 0) return best;
    const points = cloud.points();
    best = { points, triangles: delaunay(points, outline) };
  }
  return best;
}

/** Centroids of the triangles below the wanted angle, the worst first. */
function badTriangles({ points, triangles }: Triangulation): [number, number][] {
  const bad: { cosine: number; at: [number, number] }[] = [];
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = triangles.subarray(t, t + 3);
    const cosine = worstCosine(points, a, b, c);
    if (cosine <= WANTED_COSINE) continue;
    const x = (points[2 * a] + points[2 * b] + points[2 * c]) / 3;
    const y = (points[2 * a + 1] + points[2 * b + 1] + points[2 * c + 1]) / 3;
    bad.push({ cosine, at: [x, y] });
  }
  return bad.sort((p, q) => q.cosine - p.cosine).map((b) => b.at);
}

/** All points in square buckets of the size of the largest neighbourhood's half. */
class Cloud {
  private readonly x: number[];
  private readonly y: number[];
  private readonly gone = new Set<number>();
  private readonly buckets = new Map<number, number[]>();

  constructor(
    points: Float64Array,
    private readonly outline: Outline,
    private readonly side = 2,
  ) {
    this.x = Array.from({ length: points.length / 2 }, (_, p) => points[2 * p]);
    this.y = Array.from({ length: points.length / 2 }, (_, p) => points[2 * p + 1]);
    this.x.forEach((_, p) => {
      this.bucket(p).push(p);
    });
  }

  points(): Float64Array {
    const kept = Array.from(this.x.keys()).filter((p) => !this.gone.has(p));
    return Float64Array.from(kept.flatMap((p) => [this.x[p], this.y[p]]));
  }

  /** The points within a radius: fixed ones, then free ones to stay, then free ones nearer than `moving`. */
  around(x: number, y: number, radius: number, moving: number): { fixed: number[]; staying: number[]; free: number[] } {
    const found = { fixed: [] as number[], staying: [] as number[], free: [] as number[] };
    const low = (t: number) => Math.floor((t - radius) / this.side);
    const high = (t: number) => Math.floor((t + radius) / this.side);
    for (let i = low(x); i <= high(x); i++) {
      for (let j = low(y); j <= high(y); j++) {
        for (const p of this.buckets.get(i * 4_194_304 + j) ?? []) {
          const d = Math.hypot(this.x[p] - x, this.y[p] - y);
          if (d > radius) continue;
          if (p < this.outline.hole.length) found.fixed.push(p);
          else if (d > moving) found.staying.push(p);
          else found.free.push(p);
        }
      }
    }
    return found;
  }

  at(p: number): [number, number] {
    return [this.x[p], this.y[p]];
  }

  /** Replaces free points by others. */
  replace(old: readonly number[], places: Float64Array): void {
    for (const p of old) {
      const bucket = this.bucket(p);
      bucket.splice(bucket.indexOf(p), 1);
      this.gone.add(p);
    }
    for (let k = 0; k < places.length; k += 2) {
      this.y.push(places[k + 1]);
      this.bucket(this.x.push(places[k]) - 1).push(this.x.length - 1);
    }
  }

  private bucket(p: number): number[] {
    const key = Math.floor(this.x[p] / this.side) * 4_194_304 + Math.floor(this.y[p] / this.side);
    const bucket = this.buckets.get(key) ?? [];
    this.buckets.set(key, bucket);
    return bucket;
  }
}

/** Tries the edits at one spot and keeps the best; whether anything got better. */
function mendSpot(cloud: Cloud, outline: Outline, [x, y]: [number, number]): boolean {
  const size = outline.size(x, y);
  const { fixed, staying, free } = cloud.around(x, y, SEEN * size, MOVING * size);
  const still = [...fixed, ...staying];
  const local: Outline = {
    points: Float64Array.from(still.flatMap((p) => cloud.at(p))),
    hole: Int32Array.from(still, (p) => (p < outline.hole.length ? outline.hole[p] : -1)),
    edges: new Int32Array(0),
    size: outline.size,
    admits: outline.admits,
  };
  const judged = (mesh: Triangulation) => worstNear(mesh, x, y, (MOVING + 0.8) * size);
  const moving = free.map((p) => cloud.at(p));
  const before = triangulate(local, moving);
  let best = judged(before);
  if (best <= WANTED_COSINE) return false;
  let places: Float64Array | null = null;
  for (const edit of edits(moving, before, local, x, y)) {
    const trial = widenAngles(smooth(triangulate(local, edit), local, 3), local, 2);
    const now = judged(trial);
    if (now >= best - 1e-3) continue;
    best = now;
    places = trial.points.slice(local.points.length);
    if (best <= WANTED_COSINE) break;
  }
  if (places === null) return false;
  cloud.replace(free, places);
  return true;
}

function triangulate(local: Outline, moving: readonly (readonly [number, number])[]): Triangulation {
  const points = new Float64Array(local.points.length + 2 * moving.length);
  points.set(local.points);
  moving.forEach((place, k) => {
    points.set(place, local.points.length + 2 * k);
  });
  return { points, triangles: delaunay(points, local) };
}

/** The moving points as they are; without one near the spot; with two merged; with one more. */
function* edits(
  moving: readonly [number, number][],
  mesh: Triangulation,
  local: Outline,
  x: number,
  y: number,
): Generator<readonly [number, number][]> {
  yield moving;
  const near = Array.from(moving.keys()).sort((p, q) => distance(moving[p], x, y) - distance(moving[q], x, y));
  for (const p of near.slice(0, 4)) yield moving.filter((_, k) => k !== p);
  if (near.length > 1) {
    const [p, q] = near;
    const middle: [number, number] = [(moving[p][0] + moving[q][0]) / 2, (moving[p][1] + moving[q][1]) / 2];
    yield [...moving.filter((_, k) => k !== p && k !== q), middle];
  }
  for (const place of roomyPlaces(mesh, x, y, local).slice(0, 4)) yield [...moving, place];
}

function distance(place: readonly [number, number], x: number, y: number): number {
  return Math.hypot(place[0] - x, place[1] - y);
}

/** Middles of the edges of the triangles nearest to the spot, and the spot itself. */
function roomyPlaces(mesh: Triangulation, x: number, y: number, local: Outline): [number, number][] {
  const { points, triangles } = mesh;
  const places: [number, number][] = [[x, y]];
  const reach = 1.2 * local.size(x, y);
  for (let t = 0; t < triangles.length; t += 3) {
    for (let e = 0; e < 3; e++) {
      const a = triangles[t + e];
      const b = triangles[t + ((e + 1) % 3)];
      if (a > b) continue;
      const middle: [number, number] = [
        (points[2 * a] + points[2 * b]) / 2,
        (points[2 * a + 1] + points[2 * b + 1]) / 2,
      ];
      if (distance(middle, x, y) < reach) places.push(middle);
    }
  }
  return places.filter((place) => local.admits(...place)).sort((p, q) => distance(p, x, y) - distance(q, x, y));
}

function worstNear({ points, triangles }: Triangulation, x: number, y: number, reach: number): number {
  let worst = -1;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = triangles.subarray(t, t + 3);
    const gx = (points[2 * a] + points[2 * b] + points[2 * c]) / 3;
    const gy = (points[2 * a + 1] + points[2 * b + 1] + points[2 * c + 1]) / 3;
    if (Math.hypot(gx - x, gy - y) <= reach) worst = Math.max(worst, worstCosine(points, a, b, c));
  }
  return worst;
}

/** Degrees. */
export function smallestAngle({ points, triangles }: Triangulation): number {
  let worst = 0.5;
  for (let t = 0; t < triangles.length; t += 3)
    worst = Math.max(worst, worstCosine(points, triangles[t], triangles[t + 1], triangles[t + 2]));
  return worst > 1 ? 0 : (acos(worst) * 180) / Math.PI;
}
