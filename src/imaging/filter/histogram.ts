import type { Voxels } from "../volume/volume.js";

/** Counts of grey levels in equal bins. */
export interface Histogram {
  readonly low: number;
  /** Width of a bin. */
  readonly width: number;
  readonly counts: Float64Array;
}

/** A bin for each level of 8-bit pictures, 1,024 between the extremes of others. NaN and infinities are left out. */
export function histogram(data: Voxels, include: (i: number) => boolean = () => true): Histogram {
  const { low, high } = levelRange(data);
  const all = histogramBetween(low, high, !(data instanceof Float32Array));
  addLevels(all, data, include);
  return all;
}

/** The lowest and the highest finite level; infinite and the wrong way round where there is none. */
export function levelRange(data: Voxels): { readonly low: number; readonly high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (value < low && Number.isFinite(value)) low = value;
    if (value > high && Number.isFinite(value)) high = value;
  }
  return { low, high };
}

/**
 * Empty bins for levels between two.
 * @param whole whether levels are whole numbers
 * @throws RangeError when there is no level
 */
export function histogramBetween(low: number, high: number, whole: boolean): Histogram {
  if (!(low <= high)) throw new RangeError("Counting grey levels: the picture holds no finite value.");
  const each = whole && high - low < 1024;
  const bins = each ? high - low + 1 : 1024;
  return { low, width: each || high === low ? 1 : (high - low) / bins, counts: new Float64Array(bins) };
}

/** Counts levels into bins. */
export function addLevels(
  { low, width, counts }: Histogram,
  data: Voxels,
  include: (i: number) => boolean = () => true,
): void {
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    if (Number.isFinite(value) && include(i)) {
      counts[Math.min(counts.length - 1, Math.floor((value - low) / width))] += 1;
    }
  }
}

/** Middle of a bin. */
export function levelAt({ low, width }: Histogram, bin: number): number {
  return width === 1 ? low + bin : low + (bin + 0.5) * width;
}

/** The level below which a share of the voxels lies. */
export function percentile(of: Histogram, share: number): number {
  const total = of.counts.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  for (const [bin, count] of of.counts.entries()) {
    sum += count;
    if (sum >= share * total) return levelAt(of, bin);
  }
  return levelAt(of, of.counts.length - 1);
}
