import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import type { Draws } from "../draws.js";
import { ballMeasure, type Domain, depthAxis } from "./packing.js";

/**
 * Where particles are put before they are pushed apart: centres in m, [particle][3], overlapping as they may.
 * `depth` is where along the depth each belongs, 0 at the collector to 1, by cumulative volume.
 */
export type Start = (domain: Domain, radius: Float64Array, depth: Float64Array, random: Draws) => Float64Array;

/** Anywhere. */
export const scattered: Start = (domain, radius, depth, random) => {
  const centre = new Float64Array(3 * radius.length);
  const axis = depthAxis(domain);
  for (let i = 0; i < radius.length; i++) {
    for (let a = 0; a < axis; a++) centre[3 * i + a] = random.uniform() * domain.box[a];
    centre[3 * i + axis] = withinWalls(depth[i] * domain.box[axis], radius[i], domain.box[axis]);
  }
  return centre;
};

/**
 * In chains from collector to separator, as a field across the electrode aligns them while it dries: as many evenly spaced
 * columns as the particles fill when those of a column touch. What of it is left depends on how much room there is.
 */
export const chains: Start = (domain, radius, depth, random) => {
  const axis = depthAxis(domain);
  const far = domain.box[axis];
  const count = Math.max(1, Math.round(radius.reduce((sum, r) => sum + 2 * r, 0) / far));
  const feet = columnFeet(domain, count);
  const column = dealt(depth, count, random);
  const length = new Float64Array(count);
  radius.forEach((r, i) => {
    length[column[i]] += 2 * r;
  });
  const filled = new Float64Array(count);
  const centre = new Float64Array(3 * radius.length);
  for (const i of byDepth(depth)) {
    const k = column[i];
    for (let a = 0; a < axis; a++) centre[3 * i + a] = feet[2 * k + a] + 1e-3 * radius[i] * (random.uniform() - 0.5);
    centre[3 * i + axis] = withinWalls(((filled[k] + radius[i]) / length[k]) * far, radius[i], far);
    filled[k] += 2 * radius[i];
  }
  return centre;
};

/**
 * Depth of every particle by cumulative volume, so that the box fills evenly.
 * @param segregation correlation of size with depth, −1 … 1: at 1 sizes rise steadily from collector to separator, at 0
 * sizes and depth have nothing in common.
 */
export function depthsByVolume(
  dimension: 2 | 3,
  radius: Float64Array,
  segregation: number,
  random: Draws,
): Float64Array {
  const count = radius.length;
  const noise = Math.sqrt(1 - segregation ** 2);
  const key = new Float64Array(count);
  const bySize = Int32Array.from(key.keys()).sort((i, j) => radius[i] - radius[j] || i - j);
  bySize.forEach((i, rank) => {
    key[i] = segregation * normalQuantile((rank + 0.5) / count, 0, 1) + noise * random.normal();
  });
  const measure = radius.map((r) => ballMeasure(dimension, r));
  const total = measure.reduce((sum, v) => sum + v, 0);
  const depth = new Float64Array(count);
  let below = 0;
  for (const i of byDepth(key)) {
    depth[i] = (below + measure[i] / 2) / total;
    below += measure[i];
  }
  return depth;
}

function byDepth(depth: Float64Array): Int32Array {
  return Int32Array.from(depth.keys()).sort((i, j) => depth[i] - depth[j] || i - j);
}

function withinWalls(at: number, radius: number, far: number): number {
  return Math.max(Math.min(radius, far / 2), Math.min(Math.max(far - radius, far / 2), at));
}

/** Axes of evenly spaced columns, m, [column][2]: on a line in 2-D, in shifted rows in 3-D. */
function columnFeet(domain: Domain, count: number): Float64Array {
  const [width, height] = domain.box;
  const rows = domain.dimension === 2 ? 1 : Math.max(1, Math.round(Math.sqrt((count * height) / width)));
  const feet = new Float64Array(2 * count);
  for (let row = 0; row < rows; row++) {
    const from = Math.floor((row * count) / rows);
    const to = Math.floor(((row + 1) * count) / rows);
    const shift = rows === 1 ? 0.5 : row % 2 === 0 ? 0.25 : 0.75;
    for (let k = from; k < to; k++) {
      feet[2 * k] = ((k - from + shift) / (to - from)) * width;
      feet[2 * k + 1] = ((row + 0.5) / rows) * height;
    }
  }
  return feet;
}

/** Deals the particles to columns, from the collector upwards, each round in another order. */
function dealt(depth: Float64Array, columns: number, random: Draws): Int32Array {
  const column = new Int32Array(depth.length);
  const round = Int32Array.from({ length: columns }, (_, k) => k);
  byDepth(depth).forEach((i, place) => {
    const k = place % columns;
    const other = k + Math.floor(random.uniform() * (columns - k));
    [round[k], round[other]] = [round[other], round[k]];
    column[i] = round[k];
  });
  return column;
}
