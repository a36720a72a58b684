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
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value < low && Number.isFinite(value)) low = value;
    if (value > high && Number.isFinite(value)) high = value;
  }
  if (!(low <= high)) throw new RangeError("Counting grey levels: the picture holds no finite value.");
  const whole = !(data instanceof Float32Array) && high - low < 1024;
  const bins = whole ? high - low + 1 : 1024;
  const width = whole || high === low ? 1 : (high - low) / bins;
  const counts = new Float64Array(bins);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (Number.isFinite(value) && include(i)) counts[Math.min(bins - 1, Math.floor((value - low) / width))]! += 1;
  }
  return { low, width, counts };
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
