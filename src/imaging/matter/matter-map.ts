import { type Filter, filtered } from "../filter/filter.js";
import { medians } from "../filter/median.js";
import { byOtsu, type Thresholding } from "../filter/thresholding.js";
import type { Shape, Volume } from "../volume/volume.js";
import { phaseValues } from "./phases.js";
import { matter } from "./specimen.js";

/** Which voxels are active material, and which are binder. */
export interface MatterSettings {
  /** Value of the active material in a picture of phases. */
  readonly active: number;
  /** Value of the carbon/binder; null when it is not told apart from the pores. */
  readonly binder: number | null;
  /** How grey levels tell active material; null: by Otsu's method, unless the picture is one of phases. */
  readonly threshold: Thresholding | null;
  /** Filters on grey levels before the threshold, in their order. */
  readonly filters: readonly Filter[];
}

export const usualMatter: MatterSettings = { active: 1, binder: 2, threshold: null, filters: [medians(1)] };

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
 * @param chunk voxels along z, y, x that are filtered at once; the whole when left out, with the same result
 * @throws RangeError when a picture of phases has no voxel of the active value
 */
export function matterMap(volume: Volume, settings: MatterSettings, chunk: Shape = volume.shape): MatterMap {
  const phases = settings.threshold === null ? phaseValues(volume.data) : null;
  if (phases === null) return greyMatter(volume, settings, chunk);
  const map = new Uint8Array(volume.data.length);
  const of = activeIn(phases, settings);
  for (let i = 0; i < map.length; i++) map[i] = of(volume.data[i]);
  return { matter: map, phases, threshold: null };
}

/** The matter of a value of a picture of phases. @throws RangeError when none of them is active material */
export function activeIn(
  phases: readonly number[],
  { active, binder }: Pick<MatterSettings, "active" | "binder">,
): (value: number) => number {
  if (!phases.includes(active)) {
    if (phases.length === 1)
      throw new RangeError(
        `Looking for active material: every voxel has the value ${phases[0]}, and nothing can be told apart. Check that this is the right file, array or channel.`,
      );
    throw new RangeError(
      `Looking for active material: no voxel has the value ${active}; there are: ${phases.join(", ")}. Say which with --active.`,
    );
  }
  return (value) => (value === active ? matter.active : value === binder ? matter.binder : matter.pore);
}

function greyMatter(volume: Volume, { threshold, filters }: MatterSettings, chunk: Shape): MatterMap {
  const { inside, level } = (threshold ?? byOtsu()).mask(filtered(volume, filters, chunk), volume.shape);
  return { matter: inside, phases: null, threshold: level };
}
