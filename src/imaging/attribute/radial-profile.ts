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
 * Grey levels by shell. The standard error of a shell is that of its octants' means about it, pooled over the shells of the
 * particle: noise that neighbouring voxels share, and unevenness about the particle, both widen it, as they should; a single
 * voxel's deviation over √n would not.
 */
export function radialProfile(sums: ShellSums, label: number): RadialProfile {
  const { count } = sums.scale;
  const cells = Array.from({ length: count }, (_, shell) => octantsOf(sums, label * count + shell));
  const variance = voxelVariance(cells);
  const shells = cells.flatMap(({ n, sum }, shell) => {
    if (n === 0) return [];
    const at = sums.clearPlace[label * count + shell]! / n;
    return [{ shell, at, voxels: n, grey: { value: sum / n, deviation: Math.sqrt(variance / n) } }];
  });
  const line = lineThrough(shells, variance);
  if (line === null) return { shells, mean: unknown, surface: unknown, centre: unknown, rise: unknown };
  const { on, rise } = line;
  return { shells, mean: meanOf(sums, label, shells, on), surface: on(0), centre: on(1), rise };
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

/** The line's deviation at the mean place stands for that of the mean. */
function meanOf(sums: ShellSums, label: number, shells: readonly Shell[], on: Line["on"]): Estimated {
  const { count } = sums.scale;
  const known = new Map(
    shells.map(({ shell, at, grey, voxels }) => [shell, { off: grey.value - on(at).value, voxels }]),
  );
  let [total, places, over] = [0, 0, 0];
  for (let shell = 0; shell < count; shell++) {
    const cell = label * count + shell;
    const active = sums.voxels[cell]! - sums.voids[cell]!;
    total += active;
    places += sums.place[cell]!;
    const found = known.get(shell);
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
