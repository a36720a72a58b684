import type { Shape, Voxels } from "../volume/volume.js";
import { type Histogram, levelAt } from "./histogram.js";
import { partition } from "./partition.js";

/**
 * Thresholds that part grey levels into classes with the largest variance between them (Otsu, IEEE Trans. Syst. Man
 * Cybern. 9, 62, 1979), by dynamic programming over at most 256 bins.
 * @param classes 2 or more
 * @returns one level fewer than classes, ascending; a voxel above a level belongs to the class above
 */
export function otsu(of: Histogram, classes = 2): number[] {
  const merged = coarse(of, 256);
  if (classes < 2) throw new RangeError(`Choosing thresholds: ${classes} classes; 2 or more are allowed.`);
  return partition(merged, classes).cuts.map((cut) => levelAt(merged, cut - 1));
}

/**
 * Levels halfway between the centres of clusters of grey levels (k-means, exact). The classes are those of Otsu's method,
 * which asks for the same optimum; the levels differ where few voxels lie between two classes.
 * @param clusters 2 or more
 * @throws RangeError when there are fewer levels than clusters
 */
export function kMeans(of: Histogram, clusters = 2): number[] {
  if (clusters < 2) throw new RangeError(`Choosing thresholds: ${clusters} clusters; 2 or more are allowed.`);
  const { centres } = partition(of, clusters);
  if (centres.some(Number.isNaN))
    throw new RangeError(
      `Choosing thresholds: ${clusters} clusters of fewer different levels; ask for fewer clusters.`,
    );
  return centres.slice(1).map((centre, k) => (centres[k] + centre) / 2);
}

function coarse(of: Histogram, most: number): Histogram {
  const step = Math.ceil(of.counts.length / most);
  if (step === 1) return of;
  const counts = new Float64Array(Math.ceil(of.counts.length / step));
  for (const [bin, count] of of.counts.entries()) counts[Math.floor(bin / step)] += count;
  return { low: of.low, width: of.width * step, counts };
}

/** 1 where a level is above a threshold. */
export function above(data: Voxels, level: number): Uint8Array {
  const mask = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) mask[i] = data[i] > level ? 1 : 0;
  return mask;
}

/** Voxels above the low level that a way through faces joins to one above the high level. */
export function hysteresis(data: Voxels, [nz, ny, nx]: Shape, low: number, high: number): Uint8Array {
  const mask = new Uint8Array(data.length);
  const stack: number[] = [];
  const visit = (j: number) => {
    if (mask[j] === 1 || data[j] <= low) return;
    mask[j] = 1;
    stack.push(j);
  };
  for (let start = 0; start < data.length; start++) {
    if (data[start] > high) visit(start);
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      const [x, y, z] = [i % nx, Math.floor(i / nx) % ny, Math.floor(i / (nx * ny))];
      if (x > 0) visit(i - 1);
      if (x < nx - 1) visit(i + 1);
      if (y > 0) visit(i - nx);
      if (y < ny - 1) visit(i + nx);
      if (z > 0) visit(i - nx * ny);
      if (z < nz - 1) visit(i + nx * ny);
    }
  }
  return mask;
}
