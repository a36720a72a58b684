import { gaussian, gaussianReach } from "../filter/gaussian.js";
import { distanceMap } from "../morphology/distance.js";
import { type Box, chunksOf, eachVoxelOf, grownBox } from "../volume/box.js";
import { type Shape, type VoxelSize, voxelCount } from "../volume/volume.js";
import { ascent, climb } from "./ascent.js";
import { addPass, type BasinGraph, graphOf, numberBasins, passTable } from "./basin-graph.js";
import { ballOffsets, standsOut } from "./markers.js";

/** Basins of a whole mask, its graph, and which summits nothing within the separation is higher than. */
export interface MarkedBasins {
  /** Basin of each voxel, −1 outside, `[z][y][x]`. */
  readonly basin: Int32Array;
  readonly graph: BasinGraph;
  readonly stands: Uint8Array;
}

export interface BasinSettings {
  /** µm */
  readonly smoothing: number;
  /** µm */
  readonly separation: number;
}

/** Two voxels of different basins (or of ways that leave the chunk) that touch, by their ends: end, end, height. */
interface Touch {
  readonly a: number;
  readonly b: number;
  height: number;
}

/** What chunks leave behind. */
interface Collected {
  readonly peak: Map<number, number>;
  readonly stands: Set<number>;
  readonly touches: Touch[];
}

/**
 * Basins of the smoothed distance, chunk by chunk, each seen with as much of its surroundings as its result depends on:
 * the outcome is that of the whole, whatever the chunks. Besides the mask and the labels it holds one chunk.
 * @param inside `[z][y][x]`, not 0 inside
 * @param chunk voxels along z, y, x
 */
export function chunkedBasins(
  inside: Uint8Array,
  shape: Shape,
  voxelSize: VoxelSize,
  settings: BasinSettings,
  chunk: Shape,
  done: (share: number) => void = () => {},
): MarkedBasins {
  const basin = new Int32Array(inside.length);
  const collected: Collected = { peak: new Map(), stands: new Set(), touches: [] };
  const chunks = chunksOf(shape, chunk);
  for (const [k, core] of chunks.entries()) {
    addChunk(inside, shape, voxelSize, settings, core, basin, collected);
    done((k + 1) / chunks.length);
  }
  climb(basin);
  const summit = numberBasins(basin);
  const passes = passTable(summit.length);
  for (const { a, b, height } of collected.touches) {
    if (basin[a] !== basin[b]) addPass(passes, basin[a]!, basin[b]!, height);
  }
  const graph = graphOf(
    passes,
    summit,
    Float32Array.from(summit, (at) => collected.peak.get(at)!),
  );
  return { basin, graph, stands: Uint8Array.from(summit, (at) => (collected.stands.has(at) ? 1 : 0)) };
}

/** Voxels along z, y, x that a length reaches; none across a single slice. */
function reachOf(length: number, voxelSize: VoxelSize, shape: Shape): Shape {
  return voxelSize.map((edge, axis) => (shape[axis] === 1 ? 0 : Math.ceil(length / edge - 1e-9))) as unknown as Shape;
}

const plus = (a: Shape, b: Shape): Shape => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

/** Smoothed distance about a core, right wherever the core's basins and summits look. */
function heights(
  inside: Uint8Array,
  shape: Shape,
  voxelSize: VoxelSize,
  { smoothing, separation }: BasinSettings,
  core: Box,
): { region: Box; mask: Uint8Array; height: Float32Array } {
  const sigma = voxelSize.map((edge) => smoothing / edge) as unknown as Shape;
  const blur = sigma.map((s, axis) => (shape[axis] === 1 ? 0 : gaussianReach(s))) as unknown as Shape;
  const looked = plus(reachOf(separation, voxelSize, shape), [1, 1, 1]);
  const needed = grownBox(core, plus(blur, looked), shape);
  for (let halo = 8 * separation; ; halo *= 2) {
    const region = grownBox(needed, reachOf(halo, voxelSize, shape), shape);
    const mask = new Uint8Array(voxelCount(region.shape));
    eachVoxelOf(region, region, shape, (k, i) => {
      mask[k] = inside[i]!;
    });
    const height = distanceMap(mask, region.shape, voxelSize);
    let farthest = 0;
    eachVoxelOf(needed, region, shape, (k) => {
      farthest = Math.max(farthest, height[k]!);
    });
    if (farthest > halo && voxelCount(region.shape) < voxelCount(shape)) continue;
    gaussian(height, region.shape, sigma);
    return { region, mask, height };
  }
}

function addChunk(
  inside: Uint8Array,
  shape: Shape,
  voxelSize: VoxelSize,
  settings: BasinSettings,
  core: Box,
  basin: Int32Array,
  collected: Collected,
): void {
  const { region, mask, height } = heights(inside, shape, voxelSize, settings, core);
  const up = ascent(mask, height, region.shape, voxelSize);
  const inCore = new Uint8Array(mask.length);
  eachVoxelOf(core, region, shape, (k) => {
    inCore[k] = 1;
  });
  for (let k = 0; k < up.length; k++) if (inCore[k] === 0 && mask[k] !== 0) up[k] = k;
  climb(up);
  const globalOf = placeIn(region, shape);
  const ball = ballOffsets(settings.separation, voxelSize);
  eachVoxelOf(core, region, shape, (k, i) => {
    basin[i] = up[k]! < 0 ? -1 : globalOf(up[k]!);
    if (up[k] !== k) return;
    collected.peak.set(i, height[k]!);
    if (standsOut(k, height, region.shape, ball)) collected.stands.add(i);
  });
  addTouches(up, height, core, region, shape, globalOf, collected.touches);
}

/** Index in the picture of an index in a box. */
function placeIn({ from, shape: [, oy, ox] }: Box, [, ny, nx]: Shape): (k: number) => number {
  return (k) =>
    ((from[0] + Math.floor(k / (ox * oy))) * ny + from[1] + (Math.floor(k / ox) % oy)) * nx + from[2] + (k % ox);
}

/** Faces between a voxel of the core and the next along each axis, in the core or behind it. */
function addTouches(
  up: Int32Array,
  height: Float32Array,
  core: Box,
  region: Box,
  whole: Shape,
  globalOf: (k: number) => number,
  touches: Touch[],
): void {
  const [rz, ry, rx] = region.shape;
  const highest = new Map<number, Touch>();
  const meet = (k: number, other: number) => {
    const [a, b] = [up[k]!, up[other]!];
    if (a === b || a < 0 || b < 0) return;
    const key = a < b ? a * up.length + b : b * up.length + a;
    const at = Math.min(height[k]!, height[other]!);
    const known = highest.get(key);
    if (known === undefined) highest.set(key, { a: globalOf(a), b: globalOf(b), height: at });
    else if (at > known.height) known.height = at;
  };
  eachVoxelOf(core, region, whole, (k) => {
    if (up[k]! < 0) return;
    if ((k % rx) + 1 < rx) meet(k, k + 1);
    if ((Math.floor(k / rx) % ry) + 1 < ry) meet(k, k + rx);
    if (Math.floor(k / (rx * ry)) + 1 < rz) meet(k, k + rx * ry);
  });
  for (const touch of highest.values()) touches.push(touch);
}
