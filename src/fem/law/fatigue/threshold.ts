/**
 * By time under load, whose cycles are not counted: a constant traction above the threshold damages as a cycled one does.
 *   dΛ/dt = f,   f = (k_f/τ) [⟨t̂ − θ⟩ / (1 − θ)]^m,   t̂ = √(⟨t_n⟩² + β² t_s²) / t_ref
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
import { pow } from "../../../elementary/elementary.js";
import type { ValuesOf } from "../../../schema/kind.js";
import { means, number } from "../../../schema/leaf.js";
import { fatigue, loadKeys, loadLevel } from "./fatigue.js";

/** A thresholded power law of the traction. */
export const threshold = fatigue({
  kind: "threshold",
  keys: {
    rate: means("growth over the time τ at the reference traction", number(0, 1e6)),
    ...loadKeys,
  },
  faults: (_, tau) => (tau > 0 ? [] : [{ found: `τ ${tau} s`, allowed: "above 0 s" }]),
  law: ({ rate, exponent, threshold, referenceTraction, shearWeight }, tau) => {
    const perSecond = (level: number): number =>
      level <= threshold ? 0 : (rate / tau) * pow((level - threshold) / (1 - threshold), exponent);
    return {
      level: loadLevel(referenceTraction, shearWeight),
      growth: (from, to, dt) => 0.5 * (perSecond(from) + perSecond(to)) * dt,
      foreseen: (level) => level,
    };
  },
});

/** Its parameters in SI units. */
export type ThresholdFatigue = ValuesOf<typeof threshold.keys>;
