/**
 * Smooth continuation of functions of stoichiometry outside the range in which their formula holds.
 * Inside the range the function is untouched, bit by bit; value and derivative are continuous across the ends.
 */
import type { StoichiometryFunction } from "./law.js";

/** Range in which open-circuit potentials and exchange currents are taken as published. */
export const TRUSTED: readonly [low: number, high: number] = [0.005, 0.995];

/** V, RT/F at 298.15 K: the weight of the barrier, that of an ideal solid solution. */
const BARRIER = 0.025692579;
/** Share of the distance to 0 (or 1) at which the logarithm gives way to its tangent. */
const LAST = 1e-6;
/** Share of the value at the end of the range that is always left of a positive function. */
const FLOOR = 1e-3;

/**
 * An open-circuit potential that grows without bound as s falls and falls without bound as s grows.
 *
 * Beyond an end a of the range at distance d = |s − a|, with a the width between that end and 0 (or 1):
 *   U = U(a) + U'(a)(s − a) ± b(d),  b = −w [ln(1 − d/a) + d/a],  w = RT/F,
 * whose value and slope vanish at d = 0; for d > 0.99 a the barrier goes on along its tangent, so every real s has a
 * finite potential.
 *
 * @param f V; throws RangeError where its slope at an end of the range is positive or not finite
 * @param range must lie inside (0, 1)
 */
export function continuedPotential(
  f: StoichiometryFunction,
  range: readonly [low: number, high: number] = TRUSTED,
): StoichiometryFunction {
  const [low, high] = checkRange("open-circuit potential", range);
  for (const end of range) {
    const slope = f.derivative(end);
    if (!(slope <= 0 && Number.isFinite(slope) && Number.isFinite(f.value(end))))
      throw new RangeError(
        `open-circuit potential: at s = ${end} the value is ${f.value(end)} V and the slope ${slope} V; ` +
          "the potential must be finite and must not rise with s. Check the table or choose another set.",
      );
  }
  const [valueLow, slopeLow] = [f.value(low), f.derivative(low)];
  const [valueHigh, slopeHigh] = [f.value(high), f.derivative(high)];
  return {
    value: (s) => {
      if (s < low) return valueLow + slopeLow * (s - low) + barrier((low - s) / low);
      if (s > high) return valueHigh + slopeHigh * (s - high) - barrier((s - high) / (1 - high));
      return f.value(s);
    },
    derivative: (s) => {
      if (s < low) return slopeLow - barrierSlope((low - s) / low) / low;
      if (s > high) return slopeHigh - barrierSlope((s - high) / (1 - high)) / (1 - high);
      return f.derivative(s);
    },
    validity: f.validity,
  };
}

/** −w [ln(1 − t) + t], then its tangent at t = 1 − LAST. */
function barrier(t: number): number {
  const end = 1 - LAST;
  if (t <= end) return -BARRIER * (Math.log1p(-t) + t);
  return -BARRIER * (Math.log(LAST) + end) + barrierSlope(end) * (t - end);
}

function barrierSlope(t: number): number {
  const u = Math.min(t, 1 - LAST);
  return (BARRIER * u) / (1 - u);
}

/**
 * A positive function (exchange current density, diffusivity) that stays positive and bounded for every s: beyond an
 * end it falls exponentially to a thousandth of its value there, or rises to at most twice that value.
 *
 * @param range inside which `f` must be positive with a finite slope; throws RangeError where it is not at the ends
 */
export function continuedPositive(
  f: StoichiometryFunction,
  range: readonly [low: number, high: number] = TRUSTED,
): StoichiometryFunction {
  const [low, high] = checkRange("positive function of stoichiometry", range);
  for (const end of range)
    if (!(f.value(end) > 0 && Number.isFinite(f.derivative(end))))
      throw new RangeError(
        `positive function of stoichiometry: at s = ${end} the value is ${f.value(end)} and the slope ` +
          `${f.derivative(end)}; the value must be positive and the slope finite. Check the table or formula.`,
      );
  const [valueLow, outwardLow] = [f.value(low), -f.derivative(low) / f.value(low)];
  const [valueHigh, outwardHigh] = [f.value(high), f.derivative(high) / f.value(high)];
  return {
    value: (s) => {
      if (s < low) return valueLow * share(outwardLow, low - s);
      if (s > high) return valueHigh * share(outwardHigh, s - high);
      return f.value(s);
    },
    derivative: (s) => {
      if (s < low) return -valueLow * shareSlope(outwardLow, low - s);
      if (s > high) return valueHigh * shareSlope(outwardHigh, s - high);
      return f.derivative(s);
    },
    validity: f.validity,
  };
}

/** Starts at 1 with slope `rate`; tends to FLOOR when falling, to 2 when rising. */
function share(rate: number, distance: number): number {
  if (rate < 0) return FLOOR + (1 - FLOOR) * Math.exp((rate * distance) / (1 - FLOOR));
  return 2 - Math.exp(-rate * distance);
}

function shareSlope(rate: number, distance: number): number {
  return rate < 0 ? rate * Math.exp((rate * distance) / (1 - FLOOR)) : rate * Math.exp(-rate * distance);
}

function checkRange(what: string, range: readonly [number, number]): readonly [number, number] {
  if (!(range[0] > 0 && range[0] < range[1] && range[1] < 1))
    throw new RangeError(`${what}: found the range [${range[0]}, ${range[1]}]; it must lie inside (0, 1).`);
  return range;
}
