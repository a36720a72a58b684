import type { ShellSums } from "./radial.js";

/** Grey levels of one particle from its surface inward. */
export interface RadialProfile {
  /** Shells that hold grey levels. */
  readonly shells: readonly Shell[];
  /** Mean over all active material: of shells half of whose voxels count, elsewhere of the line through these shells. */
  readonly mean: Estimated;
  /** Of the straight line through the shells: where the scale is 0 and 1, and their difference. */
  readonly surface: Estimated;
  readonly centre: Estimated;
  readonly rise: Estimated;
}

/** A number with its standard deviation. */
export interface Estimated {
  readonly value: number;
  readonly deviation: number;
}

export interface Shell {
  readonly shell: number;
  /** Mean place on the scale of the voxels whose grey levels count. */
  readonly at: number;
  /** Voxels whose grey levels count. */
  readonly voxels: number;
  readonly grey: Estimated;
}

const unknown: Estimated = { value: Number.NaN, deviation: Number.NaN };

/**
 * Grey levels by shell. The variance of a voxel is that about the means of the shells, times how far neighbours share their
 * noise: a single voxel's deviation over √n would be too small.
 * @param inflation of the variance of a mean (`noiseInflation`)
 */
export function radialProfile(sums: ShellSums, label: number, inflation: number): RadialProfile {
  const { start, grey, clearPlace } = sums;
  const cells = Array.from({ length: start[label + 1] - start[label] }, (_, shell) => start[label] + shell);
  const variance = inflation * voxelVariance(grey, cells);
  const shells = cells.flatMap((cell, shell) => {
    const [n, sum] = [grey[3 * cell], grey[3 * cell + 1]];
    if (n === 0) return [];
    const deviation = Math.sqrt(variance / n);
    return [{ shell, at: clearPlace[cell] / n, voxels: n, grey: { value: sum / n, deviation } }];
  });
  const line = lineThrough(shells, variance);
  if (line === null) return { shells, mean: unknown, surface: unknown, centre: unknown, rise: unknown };
  const { on, rise } = line;
  return { shells, mean: meanOf(sums, label, shells, on), surface: on(0), centre: on(1), rise };
}

/** About the means of the shells. */
function voxelVariance(grey: Float64Array, cells: readonly number[]): number {
  let [within, free] = [0, 0];
  for (const cell of cells) {
    const n = grey[3 * cell];
    if (n < 2) continue;
    within += grey[3 * cell + 2] - grey[3 * cell + 1] ** 2 / n;
    free += n - 1;
  }
  return free === 0 ? Number.NaN : Math.max(within, 0) / free;
}

/** The line's deviation at the mean place stands for that of the mean. */
function meanOf(sums: ShellSums, label: number, shells: readonly Shell[], on: Line["on"]): Estimated {
  const [first, end] = [sums.start[label], sums.start[label + 1]];
  const known = new Map(
    shells.map(({ shell, at, grey, voxels }) => [shell, { off: grey.value - on(at).value, voxels }]),
  );
  let [total, places, over] = [0, 0, 0];
  for (let cell = first; cell < end; cell++) {
    const active = sums.voxels[cell] - sums.voids[cell];
    total += active;
    places += sums.place[cell];
    const found = known.get(cell - first);
    if (found !== undefined && found.voxels >= active / 2) over += active * found.off;
  }
  const { value, deviation } = on(places / total);
  return { value: value + over / total, deviation };
}

interface Line {
  readonly on: (place: number) => Estimated;
  readonly rise: Estimated;
}

/** Weighted least squares over shells, by voxels: the variance of each is that of a voxel over their number. */
function lineThrough(shells: readonly Shell[], variance: number): Line | null {
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  for (const { at, grey, voxels } of shells) {
    w += voxels;
    wx += voxels * at;
    wy += voxels * grey.value;
    wxx += voxels * at * at;
    wxy += voxels * at * grey.value;
  }
  const spread = wxx - (wx * wx) / w;
  if (shells.length < 3 || !(spread > 0)) return null;
  const slope = (wxy - (wx * wy) / w) / spread;
  const middle = wx / w;
  const on = (place: number): Estimated => ({
    value: wy / w + slope * (place - middle),
    deviation: Math.sqrt(variance * (1 / w + (place - middle) ** 2 / spread)),
  });
  return { on, rise: { value: slope, deviation: Math.sqrt(variance / spread) } };
}
