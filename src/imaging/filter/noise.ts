import type { Voxels } from "../volume/volume.js";

const bins = 4096;

/**
 * Standard deviation of a picture's noise from the differences of neighbours along x: their median size, which the few
 * at edges do not move, over 0.6745 √2 (the quartile of the normal distribution; a difference holds two voxels' noise).
 * Noise that neighbours share is not seen.
 * @param data `[…][x]`
 * @param nx voxels in a row
 */
export function noiseDeviation(data: Voxels, nx: number): number {
  let largest = 0;
  eachDifference(data, nx, (size) => {
    if (size > largest && size < Infinity) largest = size;
  });
  if (largest === 0) return 0;
  const whole = !(data instanceof Float32Array) && largest < bins;
  const width = whole ? 1 : largest / bins;
  const counts = new Float64Array(bins + 1);
  let total = 0;
  eachDifference(data, nx, (size) => {
    if (!(size < Infinity)) return;
    counts[Math.min(bins, Math.floor(size / width + (whole ? 0.5 : 0)))] += 1;
    total++;
  });
  return medianOf(counts, total, width, whole) / (0.6745 * Math.SQRT2);
}

function eachDifference(data: Voxels, nx: number, visit: (size: number) => void): void {
  for (let row = 0; row < data.length; row += nx) {
    for (let i = row + 1; i < row + nx; i++) visit(Math.abs(data[i] - data[i - 1]));
  }
}

/** A whole number stands for the sizes half a level around it, of which those of 0 are half as many. */
function medianOf(counts: Float64Array, total: number, width: number, whole: boolean): number {
  let below = 0;
  for (const [bin, count] of counts.entries()) {
    if (below + count >= total / 2) {
      const share = (total / 2 - below) / count;
      if (!whole) return (bin + share) * width;
      return bin === 0 ? share / 2 : bin - 0.5 + share;
    }
    below += count;
  }
  return 0;
}
