import { type MatterMap, type MatterSettings, usualMatter } from "../matter/matter-map.js";
import { matter } from "../matter/specimen.js";
import { type StoredMatter, storedMatter } from "../matter/stored-matter.js";
import { closeStored } from "../morphology/closing.js";
import { type FieldWork, loops } from "../morphology/field-work.js";
import { fillStoredHoles } from "../morphology/holes.js";
import { finished, type Part, type Steps, type Strides, stage, within } from "../steps/steps.js";
import { slabsOf, usualSlab } from "../volume/slab.js";
import { memory, type Scratch, type VoxelStore } from "../volume/store.js";
import { type StoredPicture, storedVolume } from "../volume/stored-picture.js";
import type { Volume, VoxelSize } from "../volume/volume.js";
import { closeStoredParticles } from "./close-particles.js";
import {
  ballVoxels,
  type CutSettings,
  type Labels,
  maskScale,
  type StoredLabels,
  storedParticles,
  usualClosing,
  usualCut,
} from "./particles.js";

/** What may be asked of a segmentation; lengths in µm, and what is left out follows from the picture's own scale. */
export interface SegmentSettings extends MatterSettings, Partial<CutSettings> {
  /** Cracks narrower than twice this are bridged before particles are told apart. */
  readonly closing?: number;
  /** Enclosed voids of the volume of a ball up to this radius belong to their particle; half the scale when left out. */
  readonly voidRadius?: number;
}

/** The settings that `synchrode segment` has unless told otherwise. */
export const usualSegment: SegmentSettings = usualMatter;

/** Settings with every length as it was used. */
export interface UsedSettings extends CutSettings {
  /** Mean radius by volume as the mask suggests it. */
  readonly scale: number;
  readonly closing: number;
  readonly voidRadius: number;
  readonly threshold: number | null;
  /** Voxels of holes that were filled. */
  readonly filledVoxels: number;
}

/** Particles found in a volume. */
export interface Segmentation {
  readonly labels: Labels;
  readonly map: MatterMap;
  readonly settings: UsedSettings;
}

/** A segmentation whose voxels lie in stores. */
export interface StoredSegmentation {
  readonly labels: StoredLabels;
  readonly map: StoredMatter;
  readonly settings: UsedSettings;
}

/** Tells which stage begins. */
export type Stage = (name: string) => void;

/**
 * From a picture of phases or grey levels to particles: active material, cracks bridged, voids filled, cut, and cracks
 * given back to the particle they are in.
 * @throws RangeError when there is no active material
 */
export function segment(volume: Volume, wanted: SegmentSettings, stage: Stage = () => {}): Segmentation {
  const told = ({ stage: name, share }: Part) => share === 0 && stage(name);
  const { labels, map, settings } = finished(segmentSteps(storedVolume(volume), wanted, memory, usualSlab), told);
  return {
    labels: { data: labels.data.whole!, count: labels.count },
    map: { ...map, matter: map.matter.whole! },
    settings,
  };
}

/**
 * As `segment`, for a picture in a store: slab by slab, with the same result whatever the slabs.
 * @param scratch where masks, distances and particles are kept: 10 bytes a voxel
 * @param slab voxels
 * @param work how distances are computed
 */
export function* segmentSteps(
  picture: StoredPicture,
  wanted: SegmentSettings,
  scratch: Scratch,
  slab: number,
  work: FieldWork = loops,
): Steps<StoredSegmentation> {
  const { shape, voxelSize } = picture;
  checkLengths(picture, wanted);
  const map = yield* stage("active material", storedMatter(picture, wanted, scratch, slab));
  const inside = scratch.store("u8", shape);
  const distance = scratch.store("f32", shape);
  let scale = yield* stage("scale", scaleOf(map.matter, inside, distance, voxelSize, slab, work));
  const closing = wanted.closing ?? usualClosing(scale, shape);
  if (closing > 0) {
    yield* stage("cracks", closeStored(inside, distance, voxelSize, closing, slab, work));
    scale = checkedScale(yield* stage("scale", maskScale(inside, distance, voxelSize, slab, work)));
  }
  const voidRadius = wanted.voidRadius ?? scale / 2;
  const most = ballVoxels(voidRadius, shape, voxelSize);
  const filledVoxels = yield* stage("voids", fillStoredHoles(inside, most, slab));
  const cut = cutSettings(usualCut(scale, shape, voxelSize), wanted);
  const room = scratch.store("i32", shape);
  const labels = yield* stage("particles", storedParticles(inside, distance, room, voxelSize, cut, slab, work));
  if (closing > 0) {
    yield* stage("cracks of each particle", closeStoredParticles(labels, map.matter, voxelSize, closing, slab));
  }
  const used = { ...cut, scale, closing, voidRadius, threshold: map.threshold, filledVoxels };
  return { labels, map, settings: used };
}

/** @throws RangeError for lengths that reach beyond the picture: they would only cost time */
function checkLengths({ shape, voxelSize }: StoredPicture, wanted: SegmentSettings): void {
  const across = Math.hypot(...shape.map((count, axis) => count * (voxelSize[axis] as number)));
  for (const name of ["closing", "smoothing", "separation"] as const) {
    const length = wanted[name] ?? 0;
    if (length <= across) continue;
    throw new RangeError(
      `Cutting particles: found --${name} ${length} µm; the picture is ${Number(across.toPrecision(3))} µm from corner to corner. Give a shorter length.`,
    );
  }
}

/** The scale of active material, whose mask is left in `inside`. */
function* scaleOf(
  made: VoxelStore<Uint8Array>,
  inside: VoxelStore<Uint8Array>,
  distance: VoxelStore<Float32Array>,
  voxelSize: VoxelSize,
  slab: number,
  work: FieldWork,
): Strides<number> {
  let [slices, mask]: [Uint8Array?, Uint8Array?] = [];
  for (const { from, count } of slabsOf(made.shape, slab)) {
    slices = made.slices(from, count, slices);
    mask = inside.slices(from, count, mask);
    for (let i = 0; i < slices.length; i++) mask[i] = slices[i] === matter.active ? 1 : 0;
    inside.putSlices(from, mask);
    yield (0.1 * (from + count)) / made.shape[0];
  }
  return checkedScale(yield* within(0.1, 1, maskScale(inside, distance, voxelSize, slab, work)));
}

/** @throws RangeError when there is no active material, or nothing else. */
function checkedScale(scale: number): number {
  if (scale > 0) return scale;
  throw new RangeError(
    "Cutting particles: the picture holds no active material, or nothing else; check --active and --threshold.",
  );
}

function cutSettings(usual: CutSettings, wanted: SegmentSettings): CutSettings {
  return {
    smoothing: wanted.smoothing ?? usual.smoothing,
    separation: wanted.separation ?? usual.separation,
    depth: wanted.depth ?? usual.depth,
    neckRatio: wanted.neckRatio ?? usual.neckRatio,
    leastVoxels: wanted.leastVoxels ?? usual.leastVoxels,
  };
}
