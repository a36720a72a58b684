import { type FieldWork, loops } from "../morphology/field-work.js";
import { type Strides, within } from "../steps/steps.js";
import { slabsOf, withHalo } from "../volume/slab.js";
import type { VoxelStore } from "../volume/store.js";
import type { Shape, VoxelSize } from "../volume/volume.js";
import { ascent, climb } from "./ascent.js";
import { addPass, type BasinGraph, graphOf, type PassTable, passTable } from "./basin-graph.js";
import { growingList } from "./growing-list.js";
import { standsOut, voxelBall } from "./markers.js";

/** Basins of a whole mask, its graph, and which summits nothing within the separation is higher than. */
export interface MarkedBasins {
  readonly graph: BasinGraph;
  readonly stands: Uint8Array;
  /** Voxels of each basin. */
  readonly voxels: Float64Array;
}

export interface BasinSettings {
  /** µm */
  readonly smoothing: number;
  /** µm */
  readonly separation: number;
}

/** A summit of each basin, in the order of their indices. */
interface Summits {
  readonly at: Int32Array;
  readonly peak: Float32Array;
  readonly stands: Uint8Array;
}

/**
 * Basins of the smoothed distance, a slab at a time; ways that leave a slab are followed through the others, so that the
 * outcome is that of the whole, whatever the slabs.
 * @param inside not 0 inside
 * @param height room for the smoothed distance
 * @param basin takes the basin of each voxel, −1 outside
 * @param slab voxels
 */
export function* basins(
  inside: VoxelStore<Uint8Array>,
  height: VoxelStore<Float32Array>,
  basin: VoxelStore<Int32Array>,
  voxelSize: VoxelSize,
  settings: BasinSettings,
  slab: number,
  work: FieldWork = loops,
): Strides<MarkedBasins> {
  yield* within(0, 0.35, work.smoothedDistance(inside, height, voxelSize, settings.smoothing, slab));
  return yield* within(0.35, 1, basinsOf(inside, height, basin, voxelSize, settings.separation, slab));
}

/** Basins of any height. @param separation µm */
export function* basinsOf(
  inside: VoxelStore<Uint8Array>,
  height: VoxelStore<Float32Array>,
  basin: VoxelStore<Int32Array>,
  voxelSize: VoxelSize,
  separation: number,
  slab: number,
): Strides<MarkedBasins> {
  const summits = yield* within(0, 0.75, ways(inside, height, basin, voxelSize, separation, slab));
  const { passes, voxels } = yield* within(0.75, 1, meetings(height, basin, summits.at, slab));
  return { graph: graphOf(passes, summits.at, summits.peak), stands: summits.stands, voxels };
}

/** Each voxel's summit, or where its way leaves its slab upwards; the summits. From the first slab to the last. */
function* ways(
  inside: VoxelStore<Uint8Array>,
  height: VoxelStore<Float32Array>,
  ends: VoxelStore<Int32Array>,
  voxelSize: VoxelSize,
  separation: number,
  slab: number,
): Strides<Summits> {
  const { shape } = inside;
  const plane = shape[1] * shape[2];
  const ball = voxelBall(separation, voxelSize, shape);
  const reach = Math.max(1, ball.z);
  const found = { at: growingList(Int32Array), peak: growingList(Float32Array), stands: growingList(Uint8Array) };
  let below = new Int32Array(0);
  let [mask, heights, up]: [Uint8Array?, Float32Array?, Int32Array?] = [];
  for (const core of slabsOf(shape, slab)) {
    const { from, count } = withHalo(core, shape, reach);
    mask = inside.slices(from, count, mask);
    heights = height.slices(from, count, heights);
    up = ends.slices(core.from, core.count, up);
    const part: Shape = [count, shape[1], shape[2]];
    const origin = from * plane;
    ascent(
      { inside: mask, height: heights, shape: part, from: core.from - from, count: core.count, origin },
      voxelSize,
      up,
    );
    const base = core.from * plane;
    climb(up, base, below);
    for (let k = 0; k < up.length; k++) {
      if (up[k] !== base + k) continue;
      const here = base + k - origin;
      found.at.push(base + k);
      found.peak.push(heights[here]);
      found.stands.push(standsOut(here, heights, part, ball) ? 1 : 0);
    }
    below = up.slice(up.length - plane);
    ends.putSlices(core.from, up);
    yield (core.from + core.count) / shape[0];
  }
  return { at: found.at.all(), peak: found.peak.all(), stands: found.stands.all() };
}

/** Follows the ways that left their slabs, from the last slab to the first; where basins meet, and their sizes. */
function* meetings(
  height: VoxelStore<Float32Array>,
  ends: VoxelStore<Int32Array>,
  summits: Int32Array,
  slab: number,
): Strides<{ passes: PassTable; voxels: Float64Array }> {
  const { shape } = height;
  const plane = shape[1] * shape[2];
  const passes = passTable(summits.length);
  const voxels = new Float64Array(summits.length);
  const numberOf = placeAmong(summits);
  const above = { basin: new Int32Array(0), height: new Float32Array(0) };
  let [heights, basin]: [Float32Array?, Int32Array?] = [];
  const slabs = slabsOf(shape, slab).reverse();
  for (const [k, { from, count }] of slabs.entries()) {
    heights = height.slices(from, count, heights);
    basin = ends.slices(from, count, basin);
    const end = (from + count) * plane;
    for (let i = 0; i < basin.length; i++) {
      const at = basin[i];
      if (at < 0) continue;
      const own = at >= end ? above.basin[at - end] : numberOf(at);
      basin[i] = own;
      voxels[own] += 1;
    }
    addPasses(passes, basin, heights, [count, shape[1], shape[2]]);
    for (let i = 0, below = basin.length - plane; i < above.basin.length; i++, below++) {
      const [a, b] = [basin[below], above.basin[i]];
      if (a !== b && a >= 0 && b >= 0) addPass(passes, a, b, Math.min(heights[below], above.height[i]));
    }
    above.basin = basin.slice(0, plane);
    above.height = heights.slice(0, plane);
    ends.putSlices(from, basin);
    yield (k + 1) / slabs.length;
  }
  return { passes, voxels };
}

/** Place of a summit among all; asked for the same one many times in a row. */
function placeAmong(summits: Int32Array): (at: number) => number {
  let [known, place] = [-1, -1];
  return (at) => {
    if (at === known) return place;
    let [low, high] = [0, summits.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (summits[middle] < at) low = middle + 1;
      else high = middle;
    }
    [known, place] = [at, low];
    return place;
  };
}

/** Passes between basins that touch by a face inside a slab. */
function addPasses(passes: PassTable, basin: Int32Array, height: Float32Array, [nz, ny, nx]: Shape): void {
  const meet = (i: number, j: number) => {
    const [a, b] = [basin[i], basin[j]];
    if (a !== b && a >= 0 && b >= 0) addPass(passes, a, b, Math.min(height[i], height[j]));
  };
  for (let z = 0, i = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, i++) {
        if (basin[i] < 0) continue;
        if (x + 1 < nx && basin[i + 1] !== basin[i]) meet(i, i + 1);
        if (y + 1 < ny && basin[i + nx] !== basin[i]) meet(i, i + nx);
        if (z + 1 < nz && basin[i + nx * ny] !== basin[i]) meet(i, i + nx * ny);
      }
    }
  }
}
