import { gaussian } from "../../imaging/filter/gaussian.js";
import type { Grid } from "./mechanics.js";

/**
 * A map with gaps, blurred so that the gaps neither darken their surroundings nor are filled: what noise hides from the
 * eye comes out.
 * @param values `[pixel]`, NaN in gaps
 * @param sigma pixels
 */
export function smoothed({ width, height }: Grid, values: ArrayLike<number>, sigma: number): Float64Array {
  const known = (k: number) => Number.isFinite(values[k]);
  const sum = Float32Array.from({ length: values.length }, (_, k) => (known(k) ? values[k] : 0));
  const weight = Float32Array.from({ length: values.length }, (_, k) => (known(k) ? 1 : 0));
  for (const each of [sum, weight]) gaussian(each, [1, height, width], [0, sigma, sigma]);
  return Float64Array.from(values, (_, k) => (known(k) ? sum[k] / weight[k] : Number.NaN));
}
