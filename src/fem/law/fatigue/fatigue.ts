/**
 * Damage of the interface by time under load: dD/dt = f (1 − D). Cycles are not counted: a constant traction above the
 * threshold damages as a cycled one does. It is called fatigue for the part it plays.
 */
import { expm1 } from "../../../elementary/elementary.js";
import { kindOf } from "../../../schema/kind.js";
import type { FatigueLaw } from "../law.js";

/** Fatigue alone never breaks the last thousandth. */
export const MOST_FATIGUE_DAMAGE = 0.999;

/** Defines a kind of fatigue law; it is given τ in s, the clock of the protocol. */
export const fatigue = kindOf<FatigueLaw, [tau: number]>("fatigue law");

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
