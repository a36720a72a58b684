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
  /** Points on each side, beside those that close in on the threshold. */
  readonly points: number;
}

/**
 * Walks from the minimum to both sides of a parameter until the excess passes the threshold or a bound is met. A step
 * that passes it by far is taken back and made shorter, so that the crossing lies between near points.
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
  const spread = Math.sqrt(matrix[parameter][parameter] * threshold);
  const slopes = matrix.map((row) => row[parameter] / matrix[parameter][parameter]);
  const at = heldAt(residuals, minimum, parameter, { settings, variance });
  const walk = (direction: 1 | -1) =>
    walked(
      at,
      { z: minimum.z[parameter], excess: 0, all: minimum.z, slopes },
      {
        ...{ settings, direction, spread, threshold },
        bound: (direction > 0 ? settings.box.high : settings.box.low)[parameter],
      },
    );
  const [below, above] = [await walk(-1), await walk(1)];
  const points = [...below.points, { z: minimum.z[parameter], excess: 0 }, ...above.points].sort((a, b) => a.z - b.z);
  return { points, low: below.crossing, high: above.crossing, threshold, better: below.better ?? above.better };
}

/** A point of a profile with all parameters, internal coordinates. */
interface Held {
  readonly z: number;
  readonly excess: number;
  readonly all: Float64Array;
  /** How the parameters move with the one that is held. */
  readonly slopes: readonly number[];
}

/** The best with the parameter held at `z`, downhill from where the last point leads or, where the prediction fails there,
 * from that point; null where it fails as well. */
type HeldAt = (z: number, last: Held) => Promise<Held | null>;

function heldAt(
  residuals: Residuals,
  minimum: Minimum,
  parameter: number,
  { settings, variance }: { readonly settings: ProfileSettings; readonly variance: number },
): HeldAt {
  const own = { ...settings, held: new Set([...(settings.held ?? []), parameter]) };
  const { low, high } = settings.box;
  const downhill = (start: Float64Array, z: number) => {
    start[parameter] = z;
    return trustRegion(residuals, start, own);
  };
  return async (z, last) => {
    const led = last.all.map((value, j) => {
      const slope = last.slopes[j];
      return Number.isFinite(slope) ? Math.min(high[j], Math.max(low[j], value + slope * (z - last.z))) : value;
    });
    const first = await downhill(led, z);
    const found = first.ok ? first : await downhill(last.all.slice(), z);
    if (!found.ok) return null;
    const slopes = Array.from(found.z, (value, j) => (value - last.all[j]) / (z - last.z));
    return { z, excess: (found.sum - minimum.sum) / variance, all: found.z, slopes };
  };
}

interface Walk {
  readonly settings: ProfileSettings;
  readonly direction: 1 | -1;
  readonly bound: number;
  /** Where the linear model has the threshold. */
  readonly spread: number;
  readonly threshold: number;
}

interface Walked {
  readonly points: readonly Held[];
  readonly crossing: number | null;
  readonly better: Float64Array | null;
}

async function walked(
  at: HeldAt,
  from: Held,
  { settings, direction, bound, spread, threshold }: Walk,
): Promise<Walked> {
  const room = Math.abs(bound - from.z);
  const points: Held[] = [];
  let beyond: Held | null = null;
  let last = from;
  const end = (better: Float64Array | null = null): Walked => ({
    points: beyond ? [...points, beyond] : points,
    crossing: beyond && crossed(last, beyond, threshold),
    better,
  });
  if (!(room > 1e-9)) return end();
  let stride = Math.min(room, Number.isFinite(spread) ? spread / 2 : room / 4);
  let [left, back] = [settings.points, mostBack];
  while (left > 0 && back > 0 && !settings.signal?.aborted) {
    const toBound = (left === 1 && !beyond) || Math.abs(bound - last.z) <= 1.2 * stride;
    const next: Held | null = await at(toBound ? bound : last.z + direction * stride, last);
    if (!next) break;
    if (next.excess < -lower) return end(next.all);
    if (next.excess >= threshold) {
      beyond = next;
      if (near(from, last, next, threshold)) break;
      stride = stepBack(last, next, threshold);
      back--;
      continue;
    }
    // what lies beyond the threshold only on the way from further inside does not count
    if (beyond && direction * (next.z - beyond.z) >= 0) beyond = null;
    if (beyond) back--;
    else left--;
    points.push(next);
    stride = stepOn(from, last, next, threshold, stride);
    last = next;
    if (next.z === bound) break;
  }
  return end();
}

/** Excess by which a point must lie below the minimum to be a better one. */
const lower = 1e-3;

/** Most points on a side that close in on the threshold. */
const mostBack = 20;

/** Whether a straight root of the excess may be trusted: passed by little, or by two points close together. */
function near(from: Held, last: Held, next: Held, threshold: number): boolean {
  if (next.excess <= 2 * threshold && last.excess >= threshold / 10) return true;
  return Math.abs(next.z - last.z) <= 0.005 * Math.abs(next.z - from.z);
}

/** After a step too far: to where the threshold is guessed, at most half as far. */
function stepBack(last: Held, next: Held, threshold: number): number {
  const stride = Math.abs(next.z - last.z);
  const guess = Math.abs(crossed(last, next, threshold) - last.z);
  return Math.min(stride / 2, Math.max(stride / 10, 1.1 * guess));
}

/** Twice as far where the profile is flat, else to where a parabola would cross. */
function stepOn(from: Held, last: Held, next: Held, threshold: number, stride: number): number {
  const reach =
    next.excess > last.excess + 1e-3
      ? Math.abs(next.z - from.z) * (Math.sqrt(threshold / next.excess) - 1) * 1.1
      : 2 * stride;
  return Math.min(2.5 * stride, Math.max(0.3 * stride, reach));
}

/** Between two points, by the square root of the excess, which is straight for a parabola. */
function crossed(inside: Held, outside: Held, threshold: number): number {
  const [low, high] = [Math.sqrt(Math.max(0, inside.excess)), Math.sqrt(outside.excess)];
  return inside.z + ((outside.z - inside.z) * (Math.sqrt(threshold) - low)) / (high - low);
}
