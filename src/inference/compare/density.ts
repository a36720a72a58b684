import { deviation } from "../../statistics/mean.js";
import { quantile } from "../../statistics/quantile.js";

/** A density on equally spaced places. */
export interface Density {
  readonly x: Float64Array;
  readonly density: Float64Array;
  /** Standard deviation of the kernel. */
  readonly bandwidth: number;
}

/**
 * Kernel density of values from 0 up: Gaussian kernels mirrored at 0, so that no mass is lost below it. The bandwidth is
 * Silverman's, 0.9 min(s, IQR / 1.34) n^(−1/5).
 * @param to the last place.
 */
export function mirroredDensity(values: ArrayLike<number>, to: number, places = 200): Density {
  const spread = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.34;
  const sd = deviation(values);
  const scale = Math.min(sd, spread > 0 ? spread : sd);
  const bandwidth = scale > 0 ? 0.9 * scale * values.length ** -0.2 : to / 100;
  const x = Float64Array.from({ length: places }, (_, k) => (to * k) / (places - 1));
  const norm = 1 / (values.length * bandwidth * Math.sqrt(2 * Math.PI));
  const density = x.map((at) => {
    let sum = 0;
    for (let k = 0; k < values.length; k++)
      for (const value of [values[k], -values[k]]) sum += Math.exp(-0.5 * ((at - value) / bandwidth) ** 2);
    return sum * norm;
  });
  return { x, density, bandwidth };
}
