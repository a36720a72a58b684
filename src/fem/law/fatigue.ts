/**
 * Damage of the interface by time under load above a threshold. Cycles are not counted: a constant traction above the
 * threshold damages as a cycled one does. It is called fatigue for the part it plays.
 *
 *   dD/dt = f (1 − D),   f = (k_f/τ) [⟨t̂ − θ⟩ / (1 − θ)]^m,   t̂ = √(⟨t_n⟩² + β² t_s²) / t_ref
 *
 *   k_f    –     growth at t̂ = 1 over the time τ
 *   τ      s     clock of the protocol
 *   m, θ   –     exponent, threshold below which nothing happens
 *   t_ref  Pa    reference traction, 4 μ ε* of the full window for a sphere in an infinite binder
 *   β      –     weight of shear; compression does not count
 *
 * A modelling choice, not a published law: thresholded power law in the nominal (degraded) traction, so that damage
 * unloads the point. Driven by the effective traction K δ it would run away; without threshold, spreads would close by
 * saturation alone.
 */
import { expm1, pow } from "../../elementary/elementary.js";
import type { FatigueLaw } from "./law.js";

/** Fatigue alone never breaks the last thousandth. */
export const MOST_FATIGUE_DAMAGE = 0.999;

/** The choice of a scenario file. */
export interface FatigueParameters {
  /** k_f, per τ */
  readonly rate: number;
  readonly exponent: number;
  readonly threshold: number;
  /** Pa */
  readonly referenceTraction: number;
  readonly shearWeight: number;
}

/**
 * The law whose `rate` is in 1/s from tractions in Pa.
 *
 * @param tau s. Throws RangeError unless k_f ≥ 0, m > 0, 0 ≤ θ < 1, t_ref > 0, β ≥ 0, τ > 0.
 */
export function thresholdFatigue(parameters: FatigueParameters, tau: number): FatigueLaw {
  const { rate, exponent, threshold, referenceTraction, shearWeight } = parameters;
  const sound =
    rate >= 0 &&
    exponent > 0 &&
    threshold >= 0 &&
    threshold < 1 &&
    referenceTraction > 0 &&
    shearWeight >= 0 &&
    tau > 0;
  if (!sound)
    throw new RangeError(
      `fatigue law: found k_f ${rate}, m ${exponent}, θ ${threshold}, t_ref ${referenceTraction} Pa, β ${shearWeight}, ` +
        `τ ${tau} s; allowed are k_f ≥ 0, m > 0, 0 ≤ θ < 1, t_ref > 0, β ≥ 0, τ > 0.`,
    );
  return {
    rate(normalTraction, shearTraction) {
      const normal = Math.max(0, normalTraction);
      const shear = shearWeight * shearTraction;
      const level = Math.sqrt(normal * normal + shear * shear) / referenceTraction;
      if (level <= threshold) return 0;
      return (rate / tau) * pow((level - threshold) / (1 - threshold), exponent);
    },
  };
}

/**
 * Damage after `dt` under rates that run linearly from `rateOld` to `rateNew`: the exact exponential
 * D ← 1 − (1 − D) exp(−½ (f_old + f_new) dt), capped at 0.999 and never below the damage handed in.
 *
 * @param damage in [0, 1]
 * @param rateOld 1/s at the start of the step
 * @param rateNew 1/s at its end
 * @param dt s
 */
export function accumulate(damage: number, rateOld: number, rateNew: number, dt: number): number {
  const grown = damage - (1 - damage) * expm1(-0.5 * (rateOld + rateNew) * dt);
  return Math.max(damage, Math.min(MOST_FATIGUE_DAMAGE, grown));
}
