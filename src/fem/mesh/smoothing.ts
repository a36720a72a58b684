import { pow } from "../../elementary/elementary.js";
import { delaunay, type Outline, type Triangulation } from "./delaunay.js";

/**
 * Moves free points to the mean of their triangles' circumcentres, weighted by area/size⁴, and triangulates again
 * (optimal Delaunay triangulation, Chen & Holst 2011, doi 10.1016/j.cma.2010.11.007), `rounds` times.
 */
export function smooth(mesh: Triangulation, outline: Outline, rounds: number): Triangulation {
  const fixed = outline.hole.length;
  const points = mesh.points.slice();
  let triangles = mesh.triangles;
  const sum = new Float64Array((points.length / 2) * 3);
  for (let round = 0; round < rounds; round++) {
    sum.fill(0);
    gather(points, triangles, outline, sum);
    for (let p = fixed; p < points.length / 2; p++) {
      if (!(sum[3 * p] > 0)) continue;
      const x = sum[3 * p + 1] / sum[3 * p];
      const y = sum[3 * p + 2] / sum[3 * p];
      if (!outline.admits(x, y)) continue;
      points[2 * p] = x;
      points[2 * p + 1] = y;
    }
    triangles = delaunay(points, outline);
  }
  return { points, triangles };
}

/** `[point][3]` += weight, weight · x, weight · y of the triangles around it. */
function gather(points: Float64Array, triangles: Int32Array, outline: Outline, sum: Float64Array): void {
  for (let t = 0; t < triangles.length; t += 3) {
    const a = 2 * triangles[t];
    const b = 2 * triangles[t + 1];
    const c = 2 * triangles[t + 2];
    const bx = points[b] - points[a];
    const by = points[b + 1] - points[a + 1];
    const cx = points[c] - points[a];
    const cy = points[c + 1] - points[a + 1];
    const area = bx * cy - cx * by;
    const bb = bx * bx + by * by;
    const cc = cx * cx + cy * cy;
    const gx = (bx + cx) / 3;
    const gy = (by + cy) / 3;
    const x = points[a] + BLEND * ((cy * bb - by * cc) / (2 * area)) + (1 - BLEND) * gx;
    const y = points[a + 1] + BLEND * ((bx * cc - cx * bb) / (2 * area)) + (1 - BLEND) * gy;
    const weight = area / pow(outline.size(points[a] + gx, points[a + 1] + gy), 4);
    for (let k = t; k < t + 3; k++) {
      const p = 3 * triangles[k];
      sum[p] += weight;
      sum[p + 1] += weight * x;
      sum[p + 2] += weight * y;
    }
  }
}

/** 1: circumcentres; 0: centroids, which never leave the patch. */
const BLEND = 0.8;
