import { boxAbout, particleBoxes } from "../label/particle-boxes.js";
import { matter, type Specimen, type StoredSpecimen, specimenIn } from "../matter/specimen.js";
import { squaredDistance } from "../morphology/distance.js";
import { type Strides, within } from "../steps/steps.js";
import type { Box } from "../volume/box.js";
import type { Shape } from "../volume/volume.js";
import { addLags, emptyLags, type LagSums } from "./noise-correlation.js";

/** How depth below the outside of a particle is cut into shells. */
export interface ShellScale {
  /** Words for the depth, with its unit. */
  readonly name: string;
  readonly width: number;
  /** Shells of a particle that reaches down to a depth, µm; deeper voxels belong to the last. */
  count(deepest: number): number;
  /** @param depth and inradius in µm */
  of(depth: number, inradius: number): number;
}

/** Shells of equal shares of the way from the surface to the deepest voxel. */
export function fractionShells(count: number): ShellScale {
  return { name: "Depth fraction", width: 1 / count, count: () => count, of: (depth, inradius) => depth / inradius };
}

/** Shells of equal width, µm, `most` a particle. */
export function depthShells(width: number, most: number): ShellScale {
  const count = (deepest: number) => Math.min(most, Math.floor(deepest / width) + 1);
  return { name: "Depth [um]", width, count, of: (depth) => depth };
}

/** What is counted in the shells of each particle, each with as many as it can fill; row 0 is what is no particle. */
export interface ShellSums {
  readonly scale: ShellScale;
  /** Where the shells of each particle begin, and those of the last end: `[particle + 1]`. */
  readonly start: Int32Array;
  /** Voxels: `[particle][shell]`; of these without active material: cracks and voids. */
  readonly voxels: Float64Array;
  readonly voids: Float64Array;
  /** Σ of places on the scale: over active material, and over the voxels whose grey levels count. */
  readonly place: Float64Array;
  readonly clearPlace: Float64Array;
  /** Σ 1, g, g² of grey levels of active material clear of its edges: `[particle][shell][3]`. */
  readonly grey: Float64Array;
}

export interface RadialSums {
  /** Depth of the deepest voxel, µm: `[particle]`, row 0 unused. */
  readonly inradius: Float64Array;
  /** How alike the grey levels of neighbours are. */
  readonly lags: LagSums;
  readonly scales: readonly ShellSums[];
}

/**
 * Voxels by which the distance to the nearest voxel outside exceeds the depth below the surface, and by which the inradius
 * exceeds the largest such distance: means over balls of 6 to 40 voxels at random places (0.1 to 0.3, and 0 to 0.8).
 */
const [tooFar, tooNear] = [0.2, 0.4];

/**
 * Counts shells below the outside of each particle: depth is the exact Euclidean distance to the nearest voxel that is not
 * the particle, less what that is too far on balls. Beyond the faces of the picture nothing is outside, so that cut
 * particles look deeper than they are known to be.
 * @param margin µm; grey levels count only where nothing but active material is nearer: blur mixes what is beside it.
 * @param slab voxels
 */
export function* radialSums(
  specimen: StoredSpecimen,
  scales: readonly ShellScale[],
  margin: number,
  slab: number,
): Strides<RadialSums> {
  const { count, labels, shape } = specimen;
  const boxes = yield* within(0, 0.05, particleBoxes(labels, count, slab));
  const deepest = deepestPossible(boxes, specimen.voxelSize);
  const sums = {
    inradius: new Float64Array(count + 1),
    lags: emptyLags(),
    scales: scales.map((scale) => emptyShells(scale, deepest)),
  };
  const reach = specimen.voxelSize.map((edge) => Math.ceil(margin / edge) + 1) as unknown as Shape;
  for (let label = 1; label <= count; label++) {
    if (boxes[6 * label + 3] < 0) continue;
    addParticle(sums, cropOf(specimen, boxAbout(boxes, label, reach, shape), label), label, margin);
    if (label % 16 === 0) yield 0.05 + (0.95 * label) / count;
  }
  return sums;
}

/** Depth, µm, that no voxel of a particle exceeds unless it fills the picture: from corner to corner of its box. */
function deepestPossible(boxes: Int32Array, voxelSize: Specimen["voxelSize"]): Float64Array {
  return Float64Array.from({ length: boxes.length / 6 }, (_, label) => {
    const extents = voxelSize.map((edge, axis) => edge * (boxes[6 * label + 3 + axis] - boxes[6 * label + axis] + 1));
    return boxes[6 * label + 3] < 0 ? 0 : Math.hypot(...extents);
  });
}

function emptyShells(scale: ShellScale, deepest: Float64Array): ShellSums {
  const start = new Int32Array(deepest.length + 1);
  for (const [label, depth] of deepest.entries()) start[label + 1] = start[label] + scale.count(depth);
  const cells = start[deepest.length];
  const zeros = () => new Float64Array(cells);
  return {
    scale,
    start,
    voxels: zeros(),
    voids: zeros(),
    place: zeros(),
    clearPlace: zeros(),
    grey: new Float64Array(3 * cells),
  };
}

/** The box about a particle, cut out. */
interface Crop {
  readonly shape: Shape;
  readonly voxelSize: Specimen["voxelSize"];
  /** 1 in the particle; 1 in active material of any particle. */
  readonly own: Uint8Array;
  readonly active: Uint8Array;
  /** Grey levels of the crop, or null. */
  readonly grey: Float32Array | null;
}

function cropOf(specimen: StoredSpecimen, box: Box, label: number): Crop {
  const { labels, matter: made, grey, shape, voxelSize } = specimenIn(specimen, box);
  const own = Uint8Array.from(labels, (each) => (each === label ? 1 : 0));
  const active = Uint8Array.from(made, (each) => (each === matter.active ? 1 : 0));
  return { shape, voxelSize, own, active, grey: grey === null ? null : Float32Array.from(grey) };
}

/** Adds one particle to every scale. */
function addParticle(sums: RadialSums, crop: Crop, label: number, margin: number): void {
  const { shape, voxelSize, own, active, grey } = crop;
  const [, , dx] = voxelSize;
  const edge = Math.min(...voxelSize);
  const below = squaredDistance(own, shape, voxelSize);
  const clear = grey === null ? null : squaredDistance(active, shape, voxelSize);
  const inradius = deepest(own, below, dx) + tooNear * edge;
  const free = (margin / dx) ** 2 * (1 + 1e-6);
  sums.inradius[label] = inradius;
  if (grey !== null)
    addLags(sums.lags, { shape, grey, below, counts: (k) => own[k] === 1 && active[k] === 1 && clear![k] > free });
  for (let k = 0; k < own.length; k++) {
    if (own[k] === 0) continue;
    const depth = Math.sqrt(below[k]) * dx - tooFar * edge;
    const counts = grey !== null && active[k] === 1 && clear![k] > free;
    for (const shells of sums.scales) {
      const { scale, start } = shells;
      const first = start[label];
      const place = scale.of(depth, inradius);
      const cell = Math.min(start[label + 1] - 1, first + Math.max(0, Math.floor(place / scale.width)));
      shells.voxels[cell] += 1;
      if (active[k] === 0) shells.voids[cell] += 1;
      else shells.place[cell] += place;
      if (!counts) continue;
      shells.clearPlace[cell] += place;
      addGrey(shells.grey, 3 * cell, grey[k]);
    }
  }
}

function addGrey(sums: Float64Array, at: number, value: number): void {
  sums[at] += 1;
  sums[at + 1] += value;
  sums[at + 2] += value * value;
}

/** µm; finite also for a particle that fills its picture. */
function deepest(own: Uint8Array, below: Float32Array, dx: number): number {
  let most = 0;
  for (let k = 0; k < own.length; k++) if (own[k] === 1 && below[k] > most) most = below[k];
  return Number.isFinite(most) ? Math.sqrt(most) * dx : Number.NaN;
}
