import type { Shape, VoxelSize } from "../volume/volume.js";
import { type BasinGraph, descendingPasses } from "./basin-graph.js";
import { disjointSets, find, join } from "./disjoint-sets.js";

/** A ball of voxels about one, cut at the size of the picture. */
export interface VoxelBall {
  /** Voxels along z and y on either side. */
  readonly z: number;
  readonly y: number;
  /** Voxels along x on either side of the middle of each row, `[z][y]`; −1 where the row has none. */
  readonly rows: Int32Array;
}

/** The ball of a radius, µm; no larger than the picture, so that any radius can be asked for. */
export function voxelBall(radius: number, [dz, dy, dx]: VoxelSize, [nz, ny, nx]: Shape): VoxelBall {
  const reach = (edge: number, count: number) => Math.min(count - 1, Math.floor(radius / edge + 1e-9));
  const [rz, ry, rx] = [reach(dz, nz), reach(dy, ny), reach(dx, nx)];
  const rows = new Int32Array((2 * rz + 1) * (2 * ry + 1)).fill(-1);
  for (let z = -rz, row = 0; z <= rz; z++) {
    for (let y = -ry; y <= ry; y++, row++) {
      const left = radius ** 2 * (1 + 1e-9) - (z * dz) ** 2 - (y * dy) ** 2;
      if (left >= 0) rows[row] = Math.min(rx, Math.floor(Math.sqrt(left) / dx));
    }
  }
  return { z: rz, y: ry, rows };
}

/** Whether nothing within a ball about a voxel is higher (equal heights: the lower index counts as higher). */
export function standsOut(at: number, height: Float32Array, [nz, ny, nx]: Shape, ball: VoxelBall): boolean {
  const [z, y, x] = [Math.floor(at / (nx * ny)), Math.floor(at / nx) % ny, at % nx];
  const own = height[at];
  for (let pz = Math.max(0, z - ball.z); pz <= Math.min(nz - 1, z + ball.z); pz++) {
    for (let py = Math.max(0, y - ball.y); py <= Math.min(ny - 1, y + ball.y); py++) {
      const half = ball.rows[(pz - z + ball.z) * (2 * ball.y + 1) + py - y + ball.y];
      const row = (pz * ny + py) * nx;
      for (let other = row + Math.max(0, x - half); half >= 0 && other <= row + Math.min(nx - 1, x + half); other++) {
        const rise = height[other] - own;
        if (rise > 0 || (rise === 0 && other < at)) return false;
      }
    }
  }
  return true;
}

/**
 * How far each summit stands above the highest pass to a higher one (its dynamics); infinite for the highest of each
 * connected part. Summits with dynamics of at least h are the h-maxima.
 */
export function dynamics(graph: BasinGraph): Float32Array {
  const { peak, ends, height } = graph;
  const sets = disjointSets(peak.length);
  const top = Int32Array.from(peak.keys());
  const found = new Float32Array(peak.length).fill(Infinity);
  for (const pass of descendingPasses(graph)) {
    const [a, b] = [find(sets, ends[2 * pass]), find(sets, ends[2 * pass + 1])];
    if (a === b) continue;
    const aIsHigher = peak[top[a]] > peak[top[b]] || (peak[top[a]] === peak[top[b]] && top[a] < top[b]);
    const [high, low] = aIsHigher ? [top[a], top[b]] : [top[b], top[a]];
    found[low] = peak[low] - height[pass];
    top[join(sets, a, b)] = high;
  }
  return found;
}

/**
 * Gives every basin to a marker: basins are joined over the highest passes first, and two marked parts never meet (a
 * minimum spanning forest rooted in the markers, which is the watershed of the markers: Cousty et al., IEEE Trans.
 * Pattern Anal. Mach. Intell. 31, 1362, 2009). A connected part without a marker stays one part of its own.
 * @param marked 1 for each basin that is a marker
 * @returns for each basin the lowest basin of its part
 */
export function markedParts(graph: BasinGraph, marked: Uint8Array): Int32Array {
  const sets = disjointSets(marked.length);
  const holds = Uint8Array.from(marked);
  for (const pass of descendingPasses(graph)) {
    const [a, b] = [find(sets, graph.ends[2 * pass]), find(sets, graph.ends[2 * pass + 1])];
    if (a === b || (holds[a] === 1 && holds[b] === 1)) continue;
    holds[join(sets, a, b)] = holds[a] | holds[b];
  }
  return Int32Array.from(marked.keys(), (basin) => find(sets, basin));
}

/**
 * Joins parts whose neck is nearly as wide as the narrower of the two: one particle cut in two.
 * @param part for each basin the lowest basin of its part
 * @param ratio least height of the pass over the lower of the two peaks, 0 … 1
 */
export function mergedByNeck(graph: BasinGraph, part: Int32Array, ratio: number): Int32Array {
  const { peak, ends, height } = graph;
  const sets = disjointSets(part.length);
  const top = new Float32Array(part.length);
  for (const [basin, of] of part.entries()) top[of] = Math.max(top[of], peak[basin]);
  for (const pass of descendingPasses(graph)) {
    const [a, b] = [find(sets, part[ends[2 * pass]]), find(sets, part[ends[2 * pass + 1]])];
    if (a === b || height[pass] < ratio * Math.min(top[a], top[b])) continue;
    const highest = Math.max(top[a], top[b]);
    top[join(sets, a, b)] = highest;
  }
  return Int32Array.from(part, (of) => find(sets, of));
}
