/**
 * Smooth continuation of functions of stoichiometry outside the range in which their formula holds.
 * Inside the range the function is untouched, bit by bit; value and derivative are continuous across the ends.
 */
import { exp, square } from "../../elementary/elementary.js";
import type { StoichiometryFunction } from "./law.js";

/** Range in which open-circuit potentials and exchange currents are taken as published. */
export const TRUSTED: readonly [low: number, high: number] = [0.005, 0.995];

/** V, RT/F at 298.15 K: the weight of the barrier, that of an ideal solid solution. */
export const BARRIER = 0.025692579;
/** Share of the distance to 0 (or 1) at which the barrier gives way to its tangent: 26 V beyond its foot. */
export const LAST = 1e-3;
/** Share of the value at the end of the range that is always left of a positive function. */
export const FLOOR = 1e-3;

/**
 * An open-circuit potential that grows without bound as s falls to 0 and falls without bound as s grows to 1.
 *
 * Beyond an end a of the range, at the share t = |s − a|/w of the width w between that end and 0 (or 1):
 *   U = U(a) + U'(a)(s − a) ± b(t),  b = W t²/(1 − t),  W = RT/F,
 * whose value and slope vanish at t = 0. The pole is of first order: U is β volts beyond its continued line where
 * 1 − t ≈ W/(W + β), so a volt is reached 2.5 % of w before the particle is full, far from where doubles end. (With the
 * logarithm of a solid solution it is e^−40 of w.) For t > 0.999 the barrier goes on along its tangent, so that every
 * real s that an iterate may hand in has a finite potential.
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

/** W t²/(1 − t), then its tangent at t = 1 − LAST. */
function barrier(t: number): number {
  const end = 1 - LAST;
  if (t <= end) return (BARRIER * t * t) / (1 - t);
  return (BARRIER * end * end) / LAST + barrierSlope(end) * (t - end);
}

function barrierSlope(t: number): number {
  const u = Math.min(t, 1 - LAST);
  return (BARRIER * u * (2 - u)) / square(1 - u);
}

/**
 * Ends of the range in which a potential is taken as its source gives it: as wide as wanted, but no wider than it falls
 * and stays a potential. Beyond its data a formula may turn round, have a pole or rise by orders of magnitude; there the
 * range ends before it does, or before it is too steep.
 */
export function fallingRange(
  f: StoichiometryFunction,
  [low, high]: readonly [low: number, high: number],
): readonly [low: number, high: number] {
  const outward = (from: number, to: number): number => {
    let [last, before] = [from, f.value(from)];
    for (let k = 1; k <= PROBES; k++) {
      const s = k === PROBES ? to : from + ((to - from) * k) / PROBES;
      const u = f.value(s);
      const slope = f.derivative(s);
      const falls = slope <= 0 && slope >= STEEPEST && (u - before) * (to - from) <= 0;
      if (!(falls && u >= PLAUSIBLE[0] && u <= PLAUSIBLE[1])) return last;
      [last, before] = [s, u];
    }
    return to;
  };
  const [first, end] = [Math.max(low, f.validity[0]), Math.min(high, f.validity[1])];
  return [outward(first, low), outward(end, high)];
}

/** Places at which a potential is asked, between the end of its data and the end wanted. */
const PROBES = 64;
/** V per unit of s: steeper, the rounding of s alone moves lithium through a rest of a year. */
export const STEEPEST = -100;
/** V against lithium, what a formula may say of a positive electrode beyond its data. */
export const PLAUSIBLE: readonly [lowest: number, highest: number] = [1, 6];

/**
 * An exchange current density that vanishes as a particle becomes full or empty: continued as any positive function, and
 * within 0.005 of 0 and 1 multiplied by (1 − t²)², t the share of the way there, down to a thousandth.
 */
export function continuedExchange(
  f: StoichiometryFunction,
  range: readonly [low: number, high: number] = TRUSTED,
): StoichiometryFunction {
  const g = continuedPositive(f, range);
  return {
    value: (s) => {
      const t = nearness(s);
      return t > 0 ? g.value(s) * vanishing(t) : g.value(s);
    },
    derivative: (s) => {
      const t = nearness(s);
      if (!(t > 0)) return g.derivative(s);
      const turn = (s < 0.5 ? -1 : 1) / TRUSTED[0];
      return g.derivative(s) * vanishing(t) + g.value(s) * turn * vanishingSlope(t);
    },
    validity: f.validity,
  };
}

/** Share of the way from the trusted range to 0 or 1; not positive inside the range. */
function nearness(s: number): number {
  return (s < 0.5 ? TRUSTED[0] - s : s - TRUSTED[1]) / TRUSTED[0];
}

function vanishing(t: number): number {
  return t < 1 ? FLOOR + (1 - FLOOR) * square(1 - t * t) : FLOOR;
}

function vanishingSlope(t: number): number {
  return t < 1 ? -4 * (1 - FLOOR) * t * (1 - t * t) : 0;
}

/**
 * A positive function (a diffusivity, say) that stays positive and bounded for every s: beyond an
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
  if (rate < 0) return FLOOR + (1 - FLOOR) * exp((rate * distance) / (1 - FLOOR));
  return 2 - exp(-rate * distance);
}

function shareSlope(rate: number, distance: number): number {
  return rate < 0 ? rate * exp((rate * distance) / (1 - FLOOR)) : rate * exp(-rate * distance);
}

function checkRange(what: string, range: readonly [number, number]): readonly [number, number] {
  if (!(range[0] > 0 && range[0] < range[1] && range[1] < 1))
    throw new RangeError(`${what}: found the range [${range[0]}, ${range[1]}]; it must lie inside (0, 1).`);
  return range;
}
