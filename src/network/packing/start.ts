import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import type { Draws } from "../../draws/draws.js";
import { cube } from "../../elementary/elementary.js";
import { ballMeasure, type Domain, depthAxis } from "../../space/packing.js";
import { relax } from "./relaxation.js";

/** Columns are pushed apart until they overlap by no more, or so often. */
const FOOT_OVERLAP = 1e-3;
const FOOT_ITERATIONS = 1000;

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
 * In chains from collector to separator, as a field across the electrode aligns them while it dries: as many columns as the
 * particles fill when those of a column touch, standing on the collector, side by side as their mean cross-sections allow.
 * What is left of it when the last overlaps are pushed apart depends on how much room there is.
 */
export const chains: Start = (domain, radius, depth, random) => {
  const axis = depthAxis(domain);
  const far = domain.box[axis];
  const { column, length } = dealt(radius, far);
  const count = length.length;
  const square = new Float64Array(count);
  radius.forEach((r, i) => {
    square[column[i]] += 2 * cube(r);
  });
  const feet = columnFeet(
    domain,
    square.map((sum, k) => Math.sqrt(sum / length[k])),
    random,
  );
  const filled = new Float64Array(count);
  const centre = new Float64Array(3 * radius.length);
  for (const i of byDepth(depth)) {
    const k = column[i];
    for (let a = 0; a < axis; a++) centre[3 * i + a] = feet[3 * k + a] + 1e-3 * radius[i] * (random.uniform() - 0.5);
    centre[3 * i + axis] = withinWalls(filled[k] + radius[i], radius[i], far);
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
  const noise = Math.sqrt(1 - segregation * segregation);
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

/** Axes of columns, m, [column][3]: side by side on a line in 2-D, as disks pushed apart in 3-D. */
function columnFeet(domain: Domain, thickness: Float64Array, random: Draws): Float64Array {
  const count = thickness.length;
  const [width, height] = domain.box;
  const feet = new Float64Array(3 * count);
  if (domain.dimension === 2) {
    const total = thickness.reduce((sum, r) => sum + r, 0);
    let left = 0;
    thickness.forEach((r, k) => {
      feet[3 * k] = ((left + r / 2) / total) * width;
      left += r;
    });
    return feet;
  }
  const room = 4 * thickness.reduce((most, r) => Math.max(most, r), 0);
  for (let k = 0; k < count; k++) feet.set([random.uniform() * width, random.uniform() * height, room / 2], 3 * k);
  relax({ ...domain, box: [width, height, room] }, feet, thickness, FOOT_OVERLAP, FOOT_ITERATIONS);
  return feet;
}

/** Deals the particles to the fewest columns that are no longer than the box is deep, largest first to the shortest. */
function dealt(radius: Float64Array, far: number): { column: Int32Array; length: Float64Array } {
  const bySize = Int32Array.from(radius.keys()).sort((i, j) => radius[j] - radius[i] || i - j);
  const total = radius.reduce((sum, r) => sum + 2 * r, 0);
  for (let count = Math.max(1, Math.ceil(total / far)); ; count++) {
    const column = new Int32Array(radius.length);
    const length = new Float64Array(count);
    for (const i of bySize) {
      const shortest = length.indexOf(length.reduce((least, l) => Math.min(least, l), Infinity));
      column[i] = shortest;
      length[shortest] += 2 * radius[i];
    }
    if (length.every((l) => l <= far) || count >= radius.length) return { column, length };
  }
}
