import { covarianceOf, spanOf } from "./covariance.js";
import type { Residuals } from "./problem.js";
import { type Minimum, type TrustRegionSettings, trustRegion } from "./trust-region.js";

/** Sum of squares against one parameter, all others making the best of it. */
export interface Profile {
  /** By rising place; the minimum is among them. `excess` over the minimum, in variances. */
  readonly points: readonly { readonly z: number; readonly excess: number }[];
  /** Where the excess crosses the threshold, internal coordinate; null where it does not before the bound. */
  readonly low: number | null;
  readonly high: number | null;
  /** Excess that leaves 95 % inside. */
  readonly threshold: number;
  /** A better minimum met on the way. */
  readonly better: Float64Array | null;
}

export interface ProfileSettings extends TrustRegionSettings {
  readonly noiseKnown: boolean;
  /** Points on each side. */
  readonly points: number;
}

/**
 * Walks from the minimum to both sides of a parameter until the excess passes the threshold or a bound is met.
 * Source: A. Raue et al., Bioinformatics 25 (2009) 1923–1929; D. M. Bates, D. G. Watts, Nonlinear Regression Analysis
 * (1988), section 6.1, for the threshold when the noise is not known.
 */
export async function profileOf(
  residuals: Residuals,
  minimum: Minimum,
  parameter: number,
  settings: ProfileSettings,
): Promise<Profile> {
  const { variance, freedom, matrix } = covarianceOf(minimum, settings.noiseKnown);
  const threshold = spanOf(settings.noiseKnown, freedom) ** 2;
  const spread = Math.sqrt(matrix[parameter]![parameter]! * threshold);
  const walk = (direction: 1 | -1) =>
    walked(residuals, minimum, parameter, { settings, direction, spread, variance, threshold });
  const [below, above] = [await walk(-1), await walk(1)];
  const points = [...below.points.reverse(), { z: minimum.z[parameter]!, excess: 0 }, ...above.points];
  return { points, low: below.crossing, high: above.crossing, threshold, better: below.better ?? above.better };
}

interface Walk {
  readonly settings: ProfileSettings;
  readonly direction: 1 | -1;
  /** Where the linear model has the threshold. */
  readonly spread: number;
  readonly variance: number;
  readonly threshold: number;
}

interface Walked {
  readonly points: { z: number; excess: number }[];
  readonly crossing: number | null;
  readonly better: Float64Array | null;
}

async function walked(residuals: Residuals, minimum: Minimum, parameter: number, walk: Walk): Promise<Walked> {
  const { settings, direction, spread, variance, threshold } = walk;
  const from = minimum.z[parameter]!;
  const bound = (direction > 0 ? settings.box.high : settings.box.low)[parameter]!;
  const room = Math.abs(bound - from);
  const points: { z: number; excess: number }[] = [];
  const whole = { points, crossing: null, better: null };
  if (!(room > 1e-9)) return whole;
  let [last, lastExcess] = [from, 0];
  let guess = minimum.z;
  let stride = Math.min(room, Number.isFinite(spread) ? spread / 2 : room / 4);
  for (let k = 0; k < settings.points; k++) {
    const lastTry = k === settings.points - 1;
    const z = lastTry || Math.abs(bound - last) <= 1.2 * stride ? bound : last + direction * stride;
    const start = guess.slice();
    start[parameter] = z;
    const held = new Set([...(settings.held ?? []), parameter]);
    const found = await trustRegion(residuals, start, { ...settings, held });
    if (!found.ok) return whole;
    const excess = (found.sum - minimum.sum) / variance;
    points.push({ z, excess });
    if (excess < -1e-3) return { points, crossing: null, better: found.z };
    if (excess >= threshold) return { points, crossing: crossed(last, lastExcess, z, excess, threshold), better: null };
    if (z === bound) return whole;
    // twice as far where the profile is flat, else to where a parabola would cross
    const reach =
      excess > lastExcess + 1e-3 ? Math.abs(z - from) * (Math.sqrt(threshold / excess) - 1) * 1.1 : 2 * stride;
    stride = Math.min(2.5 * stride, Math.max(0.3 * stride, reach));
    [last, lastExcess, guess] = [z, excess, found.z];
  }
  return whole;
}

/** Between two points, by the square root of the excess, which is straight for a parabola. */
function crossed(a: number, excessA: number, b: number, excessB: number, threshold: number): number {
  const [low, high] = [Math.sqrt(Math.max(0, excessA)), Math.sqrt(excessB)];
  return a + ((b - a) * (Math.sqrt(threshold) - low)) / (high - low);
}
