import { histogram } from "../filter/histogram.js";
import { median } from "../filter/median.js";
import { above, otsu } from "../filter/threshold.js";
import { phaseValues } from "../segmentation/phases.js";
import type { Volume } from "../volume/volume.js";
import { matter } from "./specimen.js";

/** Which voxels are active material, and which are binder. */
export interface MatterSettings {
  /** Value of the active material in a picture of phases. */
  readonly active: number;
  /** Value of the carbon/binder; null when it is not told apart from the pores. */
  readonly binder: number | null;
  /** Grey level above which a voxel is active material; null for Otsu's. */
  readonly threshold: number | null;
  /** Median filters on grey levels before the threshold. */
  readonly medians: number;
}

export const usualMatter: MatterSettings = { active: 1, binder: 2, threshold: null, medians: 1 };

/** `matter` of every voxel, with how it was told. */
export interface MatterMap {
  readonly matter: Uint8Array;
  /** The phases of the picture, or null when it holds grey levels. */
  readonly phases: readonly number[] | null;
  /** The grey level that parts active material from the rest; null for phases. */
  readonly threshold: number | null;
}

/**
 * Tells active material, binder and pores apart: by value in a picture of phases, by a threshold in one of grey levels.
 * @throws RangeError when a picture of phases has no voxel of the active value
 */
export function matterMap(volume: Volume, settings: MatterSettings): MatterMap {
  const phases = settings.threshold === null ? phaseValues(volume.data) : null;
  if (phases === null) return greyMatter(volume, settings);
  if (!phases.includes(settings.active)) {
    throw new RangeError(
      `Looking for active material: no voxel has the value ${settings.active}; there are: ${phases.join(", ")}. Say which with --active.`,
    );
  }
  const map = new Uint8Array(volume.data.length);
  for (let i = 0; i < map.length; i++) {
    const value = volume.data[i]!;
    map[i] = value === settings.active ? matter.active : value === settings.binder ? matter.binder : matter.pore;
  }
  return { matter: map, phases, threshold: null };
}

function greyMatter({ data, shape }: Volume, { threshold, medians }: MatterSettings): MatterMap {
  let smoothed = data;
  for (let k = 0; k < medians; k++) smoothed = median(smoothed, shape);
  const level = threshold ?? otsu(histogram(smoothed))[0]!;
  return { matter: above(smoothed, level), phases: null, threshold: level };
}
