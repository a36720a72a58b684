import { type MatterMap, type MatterSettings, matterMap, usualMatter } from "../attribute/matter-map.js";
import { matter } from "../attribute/specimen.js";
import { closed } from "../morphology/closing.js";
import { distanceMap } from "../morphology/distance.js";
import { fillHoles } from "../morphology/flood.js";
import type { Shape, Volume } from "../volume/volume.js";
import { closeParticles } from "./close-particles.js";
import {
  ballVoxels,
  type CutSettings,
  cutParticles,
  type Labels,
  maskScale,
  usualClosing,
  usualCut,
} from "./particles.js";

/** What may be asked of a segmentation; lengths in µm, and what is left out follows from the picture's own scale. */
export interface SegmentSettings extends MatterSettings, Partial<CutSettings> {
  /** Cracks narrower than twice this are bridged before particles are told apart. */
  readonly closing?: number;
  /** Enclosed voids of the volume of a ball up to this radius belong to their particle; half the scale when left out. */
  readonly voidRadius?: number;
  /** Voxels along each axis that are cut at once; the whole when left out, with the same result. */
  readonly chunk?: number;
}

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

export interface Segmentation {
  readonly labels: Labels;
  readonly map: MatterMap;
  readonly settings: UsedSettings;
}

/** Tells how far the work has come. */
export type Stage = (name: string) => void;

/**
 * From a picture of phases or grey levels to particles: active material, cracks bridged, voids filled, cut, and cracks
 * given back to the particle they are in.
 * @throws RangeError when there is no active material
 */
export function segment(volume: Volume, wanted: SegmentSettings, stage: Stage = () => {}): Segmentation {
  const { shape, voxelSize } = volume;
  stage("active material");
  const map = matterMap(volume, wanted, chunkShape(wanted.chunk, shape));
  let inside = activeMask(map.matter);
  stage("scale");
  let scale = scaleOf(inside, volume);
  const closing = wanted.closing ?? usualClosing(scale, shape);
  if (closing > 0) {
    stage("cracks");
    inside = closed(inside, shape, voxelSize, closing);
    scale = scaleOf(inside, volume);
  }
  const voidRadius = wanted.voidRadius ?? scale / 2;
  stage("voids");
  const filledVoxels = fillHoles(inside, shape, ballVoxels(voidRadius, shape, voxelSize));
  const cut = cutSettings(usualCut(scale, shape, voxelSize), wanted);
  stage("particles");
  const labels = cutParticles(inside, shape, voxelSize, cut, chunkShape(wanted.chunk, shape));
  if (closing > 0) {
    stage("cracks of each particle");
    closeParticles(labels, map.matter, shape, voxelSize, closing);
  }
  const used = { ...cut, scale, closing, voidRadius, threshold: map.threshold, filledVoxels };
  return { labels, map, settings: used };
}

function chunkShape(edge: number | undefined, shape: Shape): Shape {
  return edge === undefined ? shape : [edge, edge, edge];
}

function activeMask(made: Uint8Array): Uint8Array {
  const inside = new Uint8Array(made.length);
  for (let i = 0; i < made.length; i++) if (made[i] === matter.active) inside[i] = 1;
  return inside;
}

/** @throws RangeError when there is no active material, or nothing else. */
function scaleOf(inside: Uint8Array, { shape, voxelSize }: Volume): number {
  const scale = maskScale(distanceMap(inside, shape, voxelSize), shape);
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
