/**
 * By time under load, as of a viscous binder; its cycles are not counted: a constant traction above the threshold damages as a
 * cycled one does.
 *   dΛ/dt = f,   f = k_c [⟨t̂ − θ⟩ / (1 − θ)]^m,   t̂ = √(⟨t_n⟩² + β² t_s²) / t_ref
 *
 *   k_c    1/s   growth of Λ = −ln(1 − D) at t̂ = 1
 *   m, θ   –     exponent, threshold below which nothing happens
 *   t_ref  Pa    reference traction
 *   β      –     weight of shear; compression does not count
 *
 * A modelling choice, not a published law: thresholded power law in the nominal (degraded) traction, so that damage
 * unloads the point. Driven by the effective traction K δ it would run away; without threshold, spreads would close by
 * saturation alone.
 */
import { means, notNegative } from "../../../schema/leaf.js";
import { fatigue, loadDrive, loadKeys, loadLevel } from "./fatigue.js";

/** Damage by time under load. */
export const creep = fatigue({
  kind: "creep",
  keys: {
    rate: means("growth of −ln(1 − D) by time at the reference traction", notNegative("frequency")),
    ...loadKeys,
  },
  law: ({ rate, exponent, threshold, referenceTraction, shearWeight }) => {
    const drive = loadDrive(exponent, threshold);
    return {
      level: loadLevel(referenceTraction, shearWeight),
      growth: (from, to, dt) => 0.5 * rate * (drive(from) + drive(to)) * dt,
      foreseen: (level) => level,
    };
  },
});
