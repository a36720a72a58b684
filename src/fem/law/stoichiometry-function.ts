/**
 * Scalar functions of the stoichiometry s = c/c_max, each with its derivative.
 *
 * A Newton iterate may hand in any real s, also below 0 or above 1. Functions made here answer every finite s with a
 * finite value and a continuous derivative; `continuation.ts` does that for closed forms that would not.
 */

import { continuedExchange } from "./continuation.js";
import type { StoichiometryFunction } from "./law.js";

/** The same value at every s, in the caller's unit. */
export function constant(value: number): StoichiometryFunction {
  if (!Number.isFinite(value)) throw new RangeError(`constant function: found ${value}; give a finite number.`);
  return { value: () => value, derivative: () => 0, validity: [0, 1], constant: true };
}

/** A formula with its derivative, as published; `validity` is the range of s that its source covers. */
export function closedForm(
  value: (s: number) => number,
  derivative: (s: number) => number,
  validity: readonly [low: number, high: number],
): StoichiometryFunction {
  return { value, derivative, validity };
}

/**
 * i0 = 2 i_ref √(s(1−s)) in A/m²: i_ref at s = 1/2. Outside 0.005–0.995 it falls to a positive floor.
 *
 * @param reference A/m², > 0
 */
export function symmetricExchange(reference: number): StoichiometryFunction {
  if (!(reference > 0 && Number.isFinite(reference)))
    throw new RangeError(`symmetric exchange current: found reference ${reference} A/m²; it must be positive.`);
  const root = (s: number) => Math.sqrt(s * (1 - s));
  return continuedExchange(
    closedForm(
      (s) => 2 * reference * root(s),
      (s) => (reference * (1 - 2 * s)) / root(s),
      [0, 1],
    ),
  );
}

/**
 * Monotone piecewise cubic through the points (PCHIP), C¹, continued linearly beyond both ends with the end slopes.
 * No new extrema appear between points. Slopes: Fritsch & Butland, SIAM J. Sci. Stat. Comput. 5 (1984) 300–304, with
 * the one-sided three-point end formula of Moler, Numerical Computing with MATLAB (2004), section 3.4.
 *
 * @param points at least two [s, value], s strictly increasing; throws RangeError otherwise
 */
export function table(points: readonly (readonly [stoichiometry: number, value: number])[]): StoichiometryFunction {
  checkTable(points);
  const x = Float64Array.from(points, (point) => point[0]);
  const y = Float64Array.from(points, (point) => point[1]);
  const slope = monotoneSlopes(x, y);
  const last = x.length - 1;
  const evaluate = (s: number, derivative: boolean): number => {
    if (s <= x[0]) return derivative ? slope[0] : y[0] + slope[0] * (s - x[0]);
    if (s >= x[last]) return derivative ? slope[last] : y[last] + slope[last] * (s - x[last]);
    return hermite(x, y, slope, interval(x, s), s, derivative);
  };
  return {
    value: (s) => evaluate(s, false),
    derivative: (s) => evaluate(s, true),
    validity: [x[0], x[last]],
  };
}

function checkTable(points: readonly (readonly [number, number])[]): void {
  if (points.length < 2)
    throw new RangeError(`table of a function of stoichiometry: found ${points.length} point(s); give at least two.`);
  for (let k = 0; k < points.length; k++) {
    const [s, value] = points[k];
    if (!Number.isFinite(s) || !Number.isFinite(value))
      throw new RangeError(`table of a function of stoichiometry: point ${k + 1} is [${s}, ${value}]; give numbers.`);
    if (k > 0 && !(s > points[k - 1][0]))
      throw new RangeError(
        `table of a function of stoichiometry: point ${k + 1} has s = ${s} after ${points[k - 1][0]}; ` +
          "s must increase strictly. Sort the points and drop repeated ones.",
      );
  }
}

/** Index k with x[k] ≤ s < x[k+1]. */
function interval(x: Float64Array, s: number): number {
  let low = 0;
  let high = x.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= s) low = middle;
    else high = middle;
  }
  return low;
}

function hermite(x: Float64Array, y: Float64Array, m: Float64Array, k: number, s: number, derivative: boolean): number {
  const h = x[k + 1] - x[k];
  const t = (s - x[k]) / h;
  const secant = (y[k + 1] - y[k]) / h;
  const a = m[k] - secant;
  const b = m[k + 1] - secant;
  if (derivative) return secant + (1 - t) * (1 - 3 * t) * a + t * (3 * t - 2) * b;
  return y[k] + h * t * (secant + (1 - t) * ((1 - t) * a - t * b));
}

function monotoneSlopes(x: Float64Array, y: Float64Array): Float64Array {
  const n = x.length;
  const m = new Float64Array(n);
  const h = (k: number) => x[k + 1] - x[k];
  const d = (k: number) => (y[k + 1] - y[k]) / h(k);
  if (n === 2) return m.fill(d(0));
  for (let k = 1; k < n - 1; k++) {
    if (d(k - 1) * d(k) <= 0) continue;
    const before = 2 * h(k) + h(k - 1);
    const after = h(k) + 2 * h(k - 1);
    m[k] = (before + after) / (before / d(k - 1) + after / d(k));
  }
  m[0] = endSlope(h(0), h(1), d(0), d(1));
  m[n - 1] = endSlope(h(n - 2), h(n - 3), d(n - 2), d(n - 3));
  return m;
}

function endSlope(h0: number, h1: number, d0: number, d1: number): number {
  const slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1);
  if (slope * d0 <= 0) return 0;
  return d0 * d1 <= 0 && Math.abs(slope) > Math.abs(3 * d0) ? 3 * d0 : slope;
}
