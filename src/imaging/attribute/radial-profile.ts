import type { ShellSums } from "./radial.js";

/** Grey levels of one particle from its surface inward. */
export interface RadialProfile {
  /** Shells that hold grey levels. */
  readonly shells: readonly Shell[];
  /** Mean grey level over all shells, with its standard error; NaN where nothing counts. */
  readonly mean: Estimated;
  /** Of the straight line through the shells: at the surface, at the deepest voxel, and their difference. */
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
  /** Place on the scale, middle of the shell. */
  readonly at: number;
  /** Voxels whose grey levels count. */
  readonly voxels: number;
  readonly grey: Estimated;
}

const unknown: Estimated = { value: Number.NaN, deviation: Number.NaN };

/**
 * Grey levels by shell. The standard error of a shell is that of its octants' means about it, pooled over the shells of the
 * particle: noise that neighbouring voxels share, and unevenness about the particle, both widen it, as they should; a single
 * voxel's deviation over √n would not.
 */
export function radialProfile(sums: ShellSums, label: number): RadialProfile {
  const { count, width } = sums.scale;
  const cells = Array.from({ length: count }, (_, shell) => octantsOf(sums, label * count + shell));
  const variance = voxelVariance(cells);
  const shells = cells.flatMap(({ n, sum }, shell) =>
    n === 0
      ? []
      : [
          {
            shell,
            at: (shell + 0.5) * width,
            voxels: n,
            grey: { value: sum / n, deviation: Math.sqrt(variance / n) },
          },
        ],
  );
  return { shells, mean: meanOf(shells, variance), ...lineThrough(shells, variance) };
}

interface Octants {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
  /** n and Σ g of each octant. */
  readonly parts: readonly (readonly [number, number])[];
}

function octantsOf({ grey }: ShellSums, cell: number): Octants {
  let [n, sum, squares] = [0, 0, 0];
  const parts: [number, number][] = [];
  for (let octant = 0; octant < 8; octant++) {
    const at = 24 * cell + 3 * octant;
    if (grey[at] === 0) continue;
    parts.push([grey[at]!, grey[at + 1]!]);
    n += grey[at]!;
    sum += grey[at + 1]!;
    squares += grey[at + 2]!;
  }
  return { n, sum, squares, parts };
}

/** Variance that a voxel would have if voxels were independent: of octants about their shells, but at least that of voxels. */
function voxelVariance(cells: readonly Octants[]): number {
  let [between, free, within, voxels] = [0, 0, 0, 0];
  for (const { n, sum, squares, parts } of cells) {
    if (n < 2) continue;
    const mean = sum / n;
    within += squares - n * mean * mean;
    voxels += n - 1;
    for (const [many, total] of parts) between += many * (total / many - mean) ** 2;
    free += parts.length - 1;
  }
  if (voxels === 0) return Number.NaN;
  return Math.max(free === 0 ? 0 : between / free, Math.max(within, 0) / voxels);
}

function meanOf(shells: readonly Shell[], variance: number): Estimated {
  const voxels = shells.reduce((sum, shell) => sum + shell.voxels, 0);
  if (voxels === 0) return unknown;
  const value = shells.reduce((sum, { grey, voxels: n }) => sum + n * grey.value, 0) / voxels;
  return { value, deviation: Math.sqrt(variance / voxels) };
}

/** Weighted least squares over shells, by voxels: variance of each is that of a voxel over their number. */
function lineThrough(shells: readonly Shell[], variance: number): Pick<RadialProfile, "surface" | "centre" | "rise"> {
  let [w, wx, wy, wxx, wxy] = [0, 0, 0, 0, 0];
  for (const { at, grey, voxels } of shells) {
    w += voxels;
    wx += voxels * at;
    wy += voxels * grey.value;
    wxx += voxels * at * at;
    wxy += voxels * at * grey.value;
  }
  const spread = wxx - (wx * wx) / w;
  if (shells.length < 3 || !(spread > 0)) return { surface: unknown, centre: unknown, rise: unknown };
  const slope = (wxy - (wx * wy) / w) / spread;
  const middle = wx / w;
  const on = (x: number): Estimated => ({
    value: wy / w + slope * (x - middle),
    deviation: Math.sqrt(variance * (1 / w + (x - middle) ** 2 / spread)),
  });
  return { surface: on(0), centre: on(1), rise: { value: slope, deviation: Math.sqrt(variance / spread) } };
}
