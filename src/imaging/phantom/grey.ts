import type { Draws } from "../../draws/draws.js";
import { gaussian } from "../filter/gaussian.js";
import { matter } from "../matter/specimen.js";
import { type Volume, volume } from "../volume/volume.js";

/** How a phantom is seen. */
export interface Appearance {
  /** Grey level of pores, active material and binder. */
  readonly levels: readonly [number, number, number];
  /** Standard deviation of the blur, µm. */
  readonly blur: number;
  /** Standard deviation of the noise, grey levels. */
  readonly noise: number;
  /** Height of concentric rings about the middle of each slice, grey levels. */
  readonly rings: number;
  /** Rise of the background from one side of each slice to the other (charging), grey levels. */
  readonly slope: number;
}

export const usualAppearance: Appearance = { levels: [90, 176, 110], blur: 0.4, noise: 12, rings: 0, slope: 0 };

/**
 * Grey levels in 8 bits of a picture of `matter`.
 * @param active grey level of the active material where it is not alike everywhere, `[z][y][x]`
 */
export function greyPicture(
  phases: Volume<Uint8Array>,
  look: Appearance,
  random: Draws,
  active?: Float32Array,
): Volume<Uint8Array> {
  const { shape, voxelSize } = phases;
  const [, ny, nx] = shape;
  const level = new Float32Array(phases.data.length);
  for (let i = 0; i < level.length; i++) {
    const made = phases.data[i];
    level[i] = active !== undefined && made === matter.active ? active[i] : look.levels[made];
  }
  gaussian(level, shape, [look.blur / voxelSize[0], look.blur / voxelSize[1], look.blur / voxelSize[2]]);
  const ring = Float64Array.from({ length: nx + ny }, () => look.rings * random.normal());
  const grey = new Uint8Array(level.length);
  for (let i = 0; i < grey.length; i++) {
    const [x, y] = [i % nx, Math.floor(i / nx) % ny];
    const radius = Math.round(Math.hypot(x - nx / 2, y - ny / 2));
    const value = level[i] + look.noise * random.normal() + ring[radius] + look.slope * (x / nx - 0.5);
    grey[i] = Math.max(0, Math.min(255, Math.round(value)));
  }
  return volume(grey, shape, voxelSize, [...phases.provenance, "grey levels"]);
}
