import type { Shape } from "./volume.js";

/** Consecutive slices of a picture. */
export interface Slab {
  /** First slice. */
  readonly from: number;
  readonly count: number;
}

/** Voxels that are worked on at once where nothing else is said: few enough to be left soon, enough to be quick. */
export const usualSlab = 2 ** 22;

/**
 * Slabs of about so many voxels that fill a picture; at least one slice each.
 * @param voxels of a slab
 * @throws RangeError when `voxels` is no number above 0
 */
export function slabsOf([nz, ny, nx]: Shape, voxels: number): Slab[] {
  return parts(nz, ny * nx, voxels);
}

/** Ranges of rows, each through all slices, of about so many voxels. */
export function columnsOf([nz, ny, nx]: Shape, voxels: number): Slab[] {
  return parts(ny, nz * nx, voxels);
}

function parts(length: number, each: number, voxels: number): Slab[] {
  if (!(voxels > 0)) throw new RangeError(`Cutting into slabs: ${voxels} voxels; a number above 0 is allowed.`);
  const count = Math.max(1, Math.floor(voxels / each));
  return Array.from({ length: Math.ceil(length / count) }, (_, k) => ({
    from: k * count,
    count: Math.min(count, length - k * count),
  }));
}

/** A slab and so many slices on either side, as far as there are any. */
export function withHalo({ from, count }: Slab, [nz]: Shape, halo: number): Slab {
  const first = Math.max(0, from - halo);
  return { from: first, count: Math.min(nz, from + count + halo) - first };
}
