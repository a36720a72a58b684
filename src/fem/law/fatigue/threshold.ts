/**
 *   f = (k_f/τ) [⟨t̂ − θ⟩ / (1 − θ)]^m,   t̂ = √(⟨t_n⟩² + β² t_s²) / t_ref
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
import { means, number, positive } from "../../../schema/leaf.js";
import { fatigue } from "./fatigue.js";

/** A thresholded power law of the traction. */
export const threshold = fatigue({
  kind: "threshold",
  keys: {
    rate: means("growth over the time τ at the reference traction", number(0, 1e6)),
    exponent: means("exponent of the law", number(0, 20, { low: true }).default(2)),
    threshold: means(
      "share of the reference traction below which nothing grows",
      number(0, 1, { high: true }).default(0.3),
    ),
    referenceTraction: means("traction by which loads are measured", positive("pressure").prefault("60 MPa")),
    shearWeight: means("weight of shear beside opening", number(0, 100).default(1)),
  },
  faults: (_, tau) => (tau > 0 ? [] : [{ found: `τ ${tau} s`, allowed: "above 0 s" }]),
  law: ({ rate, exponent, threshold, referenceTraction, shearWeight }, tau) => ({
    rate(normalTraction, shearTraction) {
      const normal = Math.max(0, normalTraction);
      const shear = shearWeight * shearTraction;
      const level = Math.sqrt(normal * normal + shear * shear) / referenceTraction;
      if (level <= threshold) return 0;
      return (rate / tau) * pow((level - threshold) / (1 - threshold), exponent);
    },
  }),
});
