import type { Grid } from "./mechanics.js";

/**
 * Standard deviation of white noise in a map, from the median size of its second differences across and down, which
 * smooth fields and most of a two-phase picture leave small.
 * Source: Immerkær, Comput. Vis. Image Underst. 64 (1996) 300, with the median instead of the mean.
 * @param known `[pixel]` 1 where the map holds
 */
export function whiteNoise({ width, height }: Grid, map: Float64Array, known: Uint8Array): number {
  const sizes: number[] = [];
  const weights = [1, -2, 1];
  for (let row = 1; row < height - 1; row++) {
    for (let column = 1; column < width - 1; column++) {
      let [sum, all] = [0, true];
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 3; j++) {
          const k = (row + i - 1) * width + column + j - 1;
          sum += weights[i] * weights[j] * map[k];
          all &&= known[k] === 1;
        }
      if (all) sizes.push(Math.abs(sum));
    }
  }
  if (sizes.length === 0) return 0;
  const median = Float64Array.from(sizes).sort()[Math.floor(sizes.length / 2)];
  return median / (6 * normalMedian);
}

/** Median of |x| for x of unit normal distribution. */
const normalMedian = 0.674489750196082;
