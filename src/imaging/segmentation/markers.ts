import type { Shape, VoxelSize } from "../volume/volume.js";
import { type BasinGraph, descendingPasses } from "./basin-graph.js";
import { disjointSets, find, join } from "./disjoint-sets.js";

/** Whether nothing within a ball about a voxel is higher (equal heights: the lower index counts as higher). */
export function standsOut(
  at: number,
  height: Float32Array,
  [nz, ny, nx]: Shape,
  ball: readonly (readonly [number, number, number])[],
): boolean {
  const [z, y, x] = [Math.floor(at / (nx * ny)), Math.floor(at / nx) % ny, at % nx];
  for (const [bz, by, bx] of ball) {
    const [pz, py, px] = [z + bz, y + by, x + bx];
    if (pz < 0 || py < 0 || px < 0 || pz >= nz || py >= ny || px >= nx) continue;
    const other = (pz * ny + py) * nx + px;
    const rise = height[other]! - height[at]!;
    if (rise > 0 || (rise === 0 && other < at)) return false;
  }
  return true;
}

/** Steps to all voxels within a radius, without the centre. */
export function ballOffsets(radius: number, [dz, dy, dx]: VoxelSize): (readonly [number, number, number])[] {
  const reach = (edge: number) => Math.floor(radius / edge + 1e-9);
  const steps = (count: number) => Array.from({ length: 2 * count + 1 }, (_, k) => k - count);
  const inside = (z: number, y: number, x: number) =>
    (z * dz) ** 2 + (y * dy) ** 2 + (x * dx) ** 2 <= radius ** 2 * (1 + 1e-9);
  return steps(reach(dz)).flatMap((z) =>
    steps(reach(dy)).flatMap((y) =>
      steps(reach(dx)).flatMap((x) => (inside(z, y, x) && (x !== 0 || y !== 0 || z !== 0) ? [[z, y, x] as const] : [])),
    ),
  );
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
    const [a, b] = [find(sets, ends[2 * pass]!), find(sets, ends[2 * pass + 1]!)];
    if (a === b) continue;
    const aIsHigher = peak[top[a]!]! > peak[top[b]!]! || (peak[top[a]!] === peak[top[b]!] && top[a]! < top[b]!);
    const [high, low] = aIsHigher ? [top[a]!, top[b]!] : [top[b]!, top[a]!];
    found[low] = peak[low]! - height[pass]!;
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
    const [a, b] = [find(sets, graph.ends[2 * pass]!), find(sets, graph.ends[2 * pass + 1]!)];
    if (a === b || (holds[a] === 1 && holds[b] === 1)) continue;
    holds[join(sets, a, b)] = holds[a]! | holds[b]!;
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
  for (const [basin, of] of part.entries()) top[of] = Math.max(top[of]!, peak[basin]!);
  for (const pass of descendingPasses(graph)) {
    const [a, b] = [find(sets, part[ends[2 * pass]!]!), find(sets, part[ends[2 * pass + 1]!]!)];
    if (a === b || height[pass]! < ratio * Math.min(top[a]!, top[b]!)) continue;
    const highest = Math.max(top[a]!, top[b]!);
    top[join(sets, a, b)] = highest;
  }
  return Int32Array.from(part, (of) => find(sets, of));
}
