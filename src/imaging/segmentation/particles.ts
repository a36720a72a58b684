import { gaussian } from "../filter/gaussian.js";
import { distanceMap } from "../morphology/distance.js";
import { type Shape, type VoxelSize, voxelVolume } from "../volume/volume.js";
import { ascent, climb } from "./ascent.js";
import { basinGraph, numberBasins } from "./basin-graph.js";
import { chunkedBasins, type MarkedBasins } from "./chunked-basins.js";
import { dynamics, markedParts, mergedByNeck, separatedSummits } from "./markers.js";

/** How a mask is cut into particles. Lengths in µm. */
export interface CutSettings {
  /** Standard deviation of the Gaussian on the distance map. */
  readonly smoothing: number;
  /** A marker has nothing higher within this distance. */
  readonly separation: number;
  /** A marker stands at least this far above the pass to a higher one (h-maxima); 0 asks nothing. */
  readonly depth: number;
  /** Necks at least this wide, as a share of the narrower particle's radius, are no cuts; above 1: all are. */
  readonly neckRatio: number;
  /** Particles of fewer voxels are dropped. */
  readonly leastVoxels: number;
}

/** What the shipped default takes from the scale of a mask (`maskScale`); it knows no length of its own. */
interface Shares {
  /** Of the scale before closing. */
  readonly closing: number;
  readonly smoothing: number;
  readonly separation: number;
  /** Of the volume of a ball (a disc) of the scale's radius. */
  readonly leastVolume: number;
}

/** 0.32 and 1.2 µm in a cathode of 4.2 µm mean radius. */
const volumeShares: Shares = { closing: 0, smoothing: 0.055, separation: 0.21, leastVolume: 0 };

/** In a slice cracks show as gaps through a particle, and what lies above and below does not help to bridge them. */
const sliceShares: Shares = { closing: 0.25, smoothing: 0.145, separation: 0.45, leastVolume: 0.2 };

/** Fewer voxels say nothing about form. */
const leastVoxels = 27;

const sharesFor = ([nz]: Shape): Shares => (nz === 1 ? sliceShares : volumeShares);

/** The shipped closing for a mask of a scale, µm. */
export function usualClosing(scale: number, shape: Shape): number {
  return sharesFor(shape).closing * scale;
}

/** The shipped default for a mask of a scale. */
export function usualCut(scale: number, shape: Shape, voxelSize: VoxelSize): CutSettings {
  const { smoothing, separation, leastVolume } = sharesFor(shape);
  return {
    smoothing: smoothing * scale,
    separation: separation * scale,
    depth: 0,
    neckRatio: 2,
    leastVoxels: Math.max(leastVoxels, Math.round(leastVolume * ballVoxels(scale, shape, voxelSize))),
  };
}

/** Radius of a ball of so many voxels, or of a disc in a single slice, µm. */
export function bodyRadius(voxels: number, shape: Shape, voxelSize: VoxelSize): number {
  const one = ballVoxels(1, shape, voxelSize);
  return shape[0] === 1 ? Math.sqrt(voxels / one) : Math.cbrt(voxels / one);
}

/** Voxels of a ball of a radius, or of a disc in a single slice. */
export function ballVoxels(radius: number, [nz]: Shape, voxelSize: VoxelSize): number {
  if (nz === 1) return (Math.PI * radius ** 2) / (voxelSize[1] * voxelSize[2]);
  return ((4 / 3) * Math.PI * radius ** 3) / voxelVolume(voxelSize);
}

/**
 * The mean distance to the outside of a mask, times four (in a single slice three): the mean radius of its parts, by
 * volume, if they are balls (discs).
 * @param distance µm
 */
export function maskScale(distance: Float32Array, shape: Shape): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < distance.length; i++) {
    const value = distance[i]!;
    if (value === 0 || value === Infinity) continue;
    sum += value;
    count++;
  }
  return count === 0 ? 0 : Number((((shape[0] > 1 ? 4 : 3) * sum) / count).toPrecision(9));
}

/** Particles numbered from 1 in the order of their first summit; 0 elsewhere. */
export interface Labels {
  /** `[z][y][x]` */
  readonly data: Int32Array;
  readonly count: number;
}

/**
 * Cuts a mask into particles: distance, smoothing, basins, markers, watershed.
 * @param inside `[z][y][x]`, not 0 inside
 * @param chunk voxels along z, y, x that are worked on at once; the whole when left out, with the same result
 */
export function cutParticles(
  inside: Uint8Array,
  shape: Shape,
  voxelSize: VoxelSize,
  settings?: CutSettings,
  chunk: Shape = shape,
): Labels {
  const chosen = settings ?? usualCut(maskScale(distanceMap(inside, shape, voxelSize), shape), shape, voxelSize);
  const { depth, neckRatio } = chosen;
  const whole = chunk.every((edge, axis) => edge >= shape[axis]!);
  const { basin, graph, stands } = whole
    ? wholeBasins(inside, shape, voxelSize, chosen)
    : chunkedBasins(inside, shape, voxelSize, chosen, chunk);
  const depths = depth > 0 ? dynamics(graph) : null;
  const marked = stands.map((stand, k) => (stand === 1 && (depths === null || depths[k]! >= depth) ? 1 : 0));
  return numberParticles(basin, mergedByNeck(graph, markedParts(graph, marked), neckRatio), chosen.leastVoxels);
}

function wholeBasins(
  inside: Uint8Array,
  shape: Shape,
  voxelSize: VoxelSize,
  { smoothing, separation }: CutSettings,
): MarkedBasins {
  const height = distanceMap(inside, shape, voxelSize);
  gaussian(height, shape, [smoothing / voxelSize[0], smoothing / voxelSize[1], smoothing / voxelSize[2]]);
  const basin = ascent(inside, height, shape, voxelSize);
  climb(basin);
  const graph = basinGraph(basin, height, shape, numberBasins(basin));
  return { basin, graph, stands: separatedSummits(graph, height, shape, voxelSize, separation) };
}
/** Turns basins into particles, in place. */
function numberParticles(basin: Int32Array, part: Int32Array, leastVoxels: number): Labels {
  const voxels = new Float64Array(part.length);
  for (const of of basin) if (of >= 0) voxels[part[of]!]! += 1;
  const label = new Int32Array(part.length);
  let count = 0;
  for (const of of part.keys()) if (part[of] === of && voxels[of]! >= leastVoxels) label[of] = ++count;
  for (let i = 0; i < basin.length; i++) basin[i] = basin[i]! < 0 ? 0 : label[part[basin[i]!]!]!;
  return { data: basin, count };
}
