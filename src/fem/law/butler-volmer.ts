/**
 * Symmetric Butler–Volmer reaction with a film in series, solved for the current at one interface point.
 *
 *   drive − i R_f − 2 V_T asinh(i / (2 i0)) = 0
 *
 *   drive  V      φ − φ_e − U(s)
 *   i      A/m²   current density, positive when lithium leaves the particle
 *   R_f    Ω m²   film resistance, ≥ 0
 *   i0     A/m²   exchange current density that is left, i0(s) S(D) > 0
 *   V_T    V      RT/F
 *
 * With y = asinh(i / 2 i0) ≥ 0 the function h(y) = |drive| − 2 i0 R_f sinh y − 2 V_T y is concave and decreasing, and
 * y0 = min(|drive| / 2V_T, asinh(|drive| / (2 i0 R_f))) lies at or above its root: Newton's method from y0 falls
 * monotonically onto the root, and clamping to [0, y0] makes any other start safe; the asinh is only taken where a step is
 * long. The film is implicit, and no
 * exponential of the overpotential is formed before y is bounded.
 *
 * Source: Newman & Thomas-Alyea, Electrochemical Systems, 3rd ed. (2004), chapter 8, for α = 1/2.
 */
import { asinh, exp, log, sinh } from "../../elementary/elementary.js";
import type { ReactionPoint } from "./law.js";

const MOST_STEPS = 60;
/** A Newton step Δ leaves a relative error of Δ²/2 in y, since |h''/h'| ≤ tanh y. */
const SETTLED = 1e-8;
/** Below it the difference of exponentials loses digits. */
const SMALL = 0.3;
/** A step of Newton's this long starts from far off: only then is the tighter bound worth its logarithm. */
const FAR = 0.5;

/**
 * Solves the reaction at a point and writes current and slopes into `out`. Allocates nothing.
 *
 * @param drive V, φ − φ_e − U(s)
 * @param exchange A/m², exchange current density, > 0
 * @param film Ω m², ≥ 0
 * @param thermalVoltage V, RT/F
 * @param guess A/m², a current to start from; NaN starts from the bound. Starts agree to a few units in the last
 *   place, not in every bit: pass NaN where runs must repeat bit by bit.
 * @param out takes `current` (A/m²), `conductance` (∂i/∂drive, S/m²), `exchangeSlope` (∂i/∂i0)
 */
export function butlerVolmer(
  drive: number,
  exchange: number,
  film: number,
  thermalVoltage: number,
  guess: number,
  out: ReactionPoint,
): void {
  const twice = 2 * exchange;
  const size = Math.abs(drive);
  const sinhY =
    film > 0
      ? filmed(size, twice * film, 2 * thermalVoltage, Math.abs(guess) / twice)
      : sinh(size / (2 * thermalVoltage));
  const current = (drive < 0 ? -twice : twice) * sinhY;
  const slope = (2 * thermalVoltage) / Math.sqrt(current * current + twice * twice);
  out.current = current;
  out.conductance = 1 / (slope + film);
  out.exchangeSlope = (out.conductance * slope * current) / exchange;
}

/** sinh y at the root of size − a sinh y − b y, from a guess of it. */
function filmed(size: number, a: number, b: number, guess: number): number {
  // sinh y ≥ y.
  let bound = Math.min(size / b, size / a);
  let y = Number.isNaN(guess) ? bound : Math.min(bound, startFrom(guess));
  let tight = false;
  let sinhY = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const grown = exp(y);
    sinhY = y > SMALL ? 0.5 * (grown - 1 / grown) : sinh(y);
    const coshY = 0.5 * (grown + 1 / grown);
    const change = (size - a * sinhY - b * y) / (a * coshY + b);
    if (!tight && !(Math.abs(change) < FAR)) {
      bound = Math.min(bound, asinh(size / a));
      y = Math.min(y, bound);
      tight = true;
      continue;
    }
    const next = Math.min(bound, Math.max(0, y + change));
    const moved = next - y;
    // The last, small move is made on the hyperbolic functions themselves, which it changes by their Taylor series.
    if (Math.abs(moved) <= SETTLED) return sinhY + moved * (coshY + 0.5 * moved * sinhY);
    y = next;
  }
  return sinhY;
}

/** asinh, to a few digits. */
function startFrom(sinh: number): number {
  return sinh < SMALL ? sinh : log(sinh + Math.sqrt(sinh * sinh + 1));
}
