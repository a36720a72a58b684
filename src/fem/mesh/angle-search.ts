import { cos, sin } from "../../elementary/elementary.js";
import { delaunay, type Outline, type Triangulation } from "./delaunay.js";

/** First step of the search in wanted edge lengths, and how often it is halved. */
const FIRST_STEP = 0.2;
const HALVINGS = 4;
const headings = Array.from({ length: 8 }, (_, k) => [cos((k * Math.PI) / 4), sin((k * Math.PI) / 4)]);

/** Cosine of the smallest angle of a triangle, or 2 if it is not counter-clockwise; smaller is better. */
export function worstCosine(points: Float64Array, a: number, b: number, c: number): number {
  const abx = points[2 * b] - points[2 * a];
  const aby = points[2 * b + 1] - points[2 * a + 1];
  const acx = points[2 * c] - points[2 * a];
  const acy = points[2 * c + 1] - points[2 * a + 1];
  if (abx * acy - acx * aby <= 0) return 2;
  const bcx = acx - abx;
  const bcy = acy - aby;
  const ab = Math.sqrt(abx * abx + aby * aby);
  const ac = Math.sqrt(acx * acx + acy * acy);
  const bc = Math.sqrt(bcx * bcx + bcy * bcy);
  const atA = (abx * acx + aby * acy) / (ab * ac);
  const atB = -(abx * bcx + aby * bcy) / (ab * bc);
  const atC = (acx * bcx + acy * bcy) / (ac * bc);
  return Math.max(atA, atB, atC);
}

/**
 * Moves each free point to where the smallest angle around it is largest, by pattern search, and triangulates again
 * (which never makes the smallest angle smaller), `rounds` times.
 */
export function widenAngles(mesh: Triangulation, outline: Outline, rounds: number): Triangulation {
  const points = mesh.points.slice();
  let triangles = mesh.triangles;
  for (let round = 0; round < rounds; round++) {
    const stars = starsOf(triangles, outline.hole.length, points.length / 2);
    stars.forEach((star, p) => {
      if (star.length > 0) movePoint(points, outline.hole.length + p, star, outline);
    });
    triangles = delaunay(points, outline);
  }
  return { points, triangles };
}

/** For each free point the opposite edges of its triangles, end by end. */
function starsOf(triangles: Int32Array, fixed: number, count: number): number[][] {
  const stars: number[][] = Array.from({ length: count - fixed }, () => []);
  for (let t = 0; t < triangles.length; t += 3) {
    for (let e = 0; e < 3; e++) {
      const p = triangles[t + e];
      if (p >= fixed) stars[p - fixed].push(triangles[t + ((e + 1) % 3)], triangles[t + ((e + 2) % 3)]);
    }
  }
  return stars;
}

function movePoint(points: Float64Array, p: number, star: readonly number[], outline: Outline): void {
  const worst = () => {
    let most = -1;
    for (let k = 0; k < star.length; k += 2) most = Math.max(most, worstCosine(points, p, star[k], star[k + 1]));
    return most;
  };
  let best = worst();
  let step = FIRST_STEP * outline.size(points[2 * p], points[2 * p + 1]);
  for (let halving = 0; halving <= HALVINGS; ) {
    const x = points[2 * p];
    const y = points[2 * p + 1];
    const better = headings.some(([dx, dy]) => {
      points[2 * p] = x + step * dx;
      points[2 * p + 1] = y + step * dy;
      const now = worst();
      if (now >= best - 1e-6 || !outline.admits(points[2 * p], points[2 * p + 1])) return false;
      best = now;
      return true;
    });
    if (better) continue;
    points[2 * p] = x;
    points[2 * p + 1] = y;
    halving++;
    step /= 2;
  }
}
