import { type FieldWork, loops } from "../morphology/field-work.js";
import { type Strides, within } from "../steps/steps.js";
import { slabsOf } from "../volume/slab.js";
import type { VoxelStore } from "../volume/store.js";
import { type Shape, type VoxelSize, voxelVolume } from "../volume/volume.js";
import { basins } from "./basins.js";
import { dynamics, markedParts, mergedByNeck } from "./markers.js";

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
 * volume, if they are balls (discs). 0 without an inside or an outside.
 * @param slab voxels
 */
export function* maskScale(
  inside: VoxelStore<Uint8Array>,
  distance: VoxelStore<Float32Array>,
  voxelSize: VoxelSize,
  slab: number,
  work: FieldWork = loops,
): Strides<number> {
  const { shape } = inside;
  const width = voxelSize[2];
  yield* within(0, 0.9, work.distance(inside, distance, voxelSize, slab));
  let [sum, count] = [0, 0];
  let slices: Float32Array | undefined;
  for (const { from, count: some } of slabsOf(shape, slab)) {
    slices = distance.slices(from, some, slices);
    for (let i = 0; i < slices.length; i++) {
      const value = slices[i];
      if (value === 0 || value === Infinity) continue;
      sum += Math.round((value / width) * grain);
      count++;
    }
    yield 0.9 + (0.1 * (from + some)) / shape[0];
  }
  return count === 0 ? 0 : Number((((shape[0] > 1 ? 4 : 3) * width * sum) / (grain * count)).toPrecision(9));
}

/** Distances are added up in such parts of a voxel: sums of whole numbers are the same in any order. */
const grain = 2 ** 16;

/** Particles numbered from 1 in the order of their first summit; 0 elsewhere. */
export interface Labels {
  /** `[z][y][x]` */
  readonly data: Int32Array;
  readonly count: number;
}

/** Particles in a store. */
export interface StoredLabels {
  readonly data: VoxelStore<Int32Array>;
  readonly count: number;
}

/**
 * Cuts a mask into particles: distance, smoothing, basins, markers, watershed.
 * @param inside not 0 inside
 * @param height room for the smoothed distance
 * @param label room for the particles
 * @param slab voxels that are worked on at once; the result is the same
 */
export function* storedParticles(
  inside: VoxelStore<Uint8Array>,
  height: VoxelStore<Float32Array>,
  label: VoxelStore<Int32Array>,
  voxelSize: VoxelSize,
  settings: CutSettings,
  slab: number,
  work: FieldWork = loops,
): Strides<StoredLabels> {
  const { depth, neckRatio, leastVoxels } = settings;
  const { graph, stands, voxels } = yield* within(
    0,
    0.95,
    basins(inside, height, label, voxelSize, settings, slab, work),
  );
  const depths = depth > 0 ? dynamics(graph) : null;
  const marked = stands.map((stand, k) => (stand === 1 && (depths === null || depths[k] >= depth) ? 1 : 0));
  const part = mergedByNeck(graph, markedParts(graph, marked), neckRatio);
  const { numbers, count } = particleNumbers(part, voxels, leastVoxels);
  let slices: Int32Array | undefined;
  for (const { from, count: some } of slabsOf(label.shape, slab)) {
    slices = label.slices(from, some, slices);
    for (let i = 0; i < slices.length; i++) slices[i] = slices[i] < 0 ? 0 : numbers[slices[i]];
    label.putSlices(from, slices);
    yield 0.95 + (0.05 * (from + some)) / label.shape[0];
  }
  return { data: label, count };
}

/** The number of each basin's particle: 0 for those of too few voxels. */
function particleNumbers(part: Int32Array, voxels: Float64Array, leastVoxels: number) {
  const sums = new Float64Array(part.length);
  for (const [basin, of] of part.entries()) sums[of] += voxels[basin];
  const numbers = new Int32Array(part.length);
  let count = 0;
  for (const of of part.keys()) if (part[of] === of && sums[of] >= leastVoxels) numbers[of] = ++count;
  return { numbers: numbers.map((_, basin) => numbers[part[basin]]), count };
}
