import type { Shape } from "../volume/volume.js";

/** Largest distance at which voxels are compared, voxels. */
const farthest = 8;

/** Pairs of voxels of one particle, `lag` voxels apart along an axis, whose grey levels count: `[lag]`, 0 for single voxels. */
export interface LagSums {
  readonly pairs: Float64Array;
  /** Of these the ones at like depth, and Σ of the squares of their differences in grey level. */
  readonly level: Float64Array;
  readonly squares: Float64Array;
}

export function emptyLags(): LagSums {
  const zeros = () => new Float64Array(farthest + 1);
  return { pairs: zeros(), level: zeros(), squares: zeros() };
}

/** A box about a particle: grey levels, squared distance to its outside in voxels, and which voxels count. */
export interface Levels {
  readonly shape: Shape;
  readonly grey: Float32Array;
  readonly below: Float32Array;
  readonly counts: (k: number) => boolean;
}

/** Adds the pairs along the axes. Only pairs at like depth (within half a voxel) are compared: a profile is no noise. */
export function addLags(
  { pairs, level, squares }: LagSums,
  { shape: [nz, ny, nx], grey, below, counts }: Levels,
): void {
  const clear = Uint8Array.from(grey, (_, k) => (counts(k) ? 1 : 0));
  const depth = Float32Array.from(below, (square) => Math.sqrt(square));
  const axes = [
    [nx, 1],
    [ny, nx],
    [nz, nx * ny],
  ] as const;
  for (let k = 0; k < clear.length; k++) {
    if (clear[k] === 0) continue;
    pairs[0] += axes.filter(([count]) => count > 1).length;
    for (const [count, stride] of axes) {
      const last = Math.min(farthest, count - 1 - (Math.floor(k / stride) % count));
      for (let lag = 1; lag <= last; lag++) {
        const other = k + lag * stride;
        if (clear[other] === 0) continue;
        pairs[lag] += 1;
        if (Math.abs(depth[k] - depth[other]) > 0.5) continue;
        level[lag] += 1;
        squares[lag] += (grey[k] - grey[other]) ** 2;
      }
    }
  }
}

/** Correlations weaker than this, and what lies beyond the first, count as none. */
const weakest = 0.05;

/** Fewest pairs that say something. */
const fewest = 100;

/**
 * By how much the variance of a mean of grey levels exceeds that of as many independent voxels: the sum of the noise's
 * correlation over all neighbours that count, itself among them. Correlation by the variogram along the axes, taken to be
 * alike in all directions; its sill is the mean over the farthest half. 1 where too few pairs are known.
 * @param flat a single slice
 */
export function noiseInflation({ pairs, level, squares }: LagSums, flat: boolean): number {
  const half = (lag: number) => squares[lag] / (2 * level[lag]);
  const known = Array.from({ length: farthest }, (_, k) => k + 1).filter((lag) => level[lag] >= fewest);
  const far = known.slice(Math.floor(known.length / 2));
  const weight = far.reduce((sum, lag) => sum + level[lag], 0);
  const sill = far.reduce((sum, lag) => sum + level[lag] * half(lag), 0) / weight;
  if (known.length < 4 || !(sill > 0)) return 1;
  const shares = [1];
  for (const lag of known) {
    const correlation = 1 - half(lag) / sill;
    if (lag !== shares.length || correlation < weakest) break;
    shares.push((correlation * pairs[lag]) / pairs[0]);
  }
  return summed(shares, flat);
}

/** Σ over whole-numbered lags in space (in a plane) of a function of distance, straight between its values, 0 beyond. */
function summed(shares: readonly number[], flat: boolean): number {
  const reach = shares.length;
  const at = (distance: number) => {
    const low = Math.floor(distance);
    const [a, b] = [shares[low] ?? 0, shares[low + 1] ?? 0];
    return a + (distance - low) * (b - a);
  };
  let sum = 0;
  for (let z = flat ? 0 : -reach; z <= (flat ? 0 : reach); z++)
    for (let y = -reach; y <= reach; y++) for (let x = -reach; x <= reach; x++) sum += at(Math.hypot(x, y, z));
  return sum;
}
