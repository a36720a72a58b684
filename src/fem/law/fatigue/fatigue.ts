/** Damage of the interface that gathers under load: by its growth in `cycles.ts`, by time under it in `creep.ts`. */
import { expm1, pow } from "../../../elementary/elementary.js";
import { kindOf } from "../../../schema/kind.js";
import { means, number, positive } from "../../../schema/leaf.js";
import type { FatigueLaw } from "../law.js";

/** Fatigue alone never breaks the last thousandth. */
export const MOST_FATIGUE_DAMAGE = 0.999;

/** Defines a kind of fatigue law. */
export const fatigue = kindOf<FatigueLaw>("fatigue law");

/** What every law measures a load by. */
export const loadKeys = {
  exponent: means("exponent of the law", number(0, 20, { low: true }).default(3)),
  threshold: means(
    "share of the reference traction below which nothing grows",
    number(0, 1, { high: true }).default(0.1),
  ),
  referenceTraction: means("traction by which loads are measured", positive("pressure").prefault("35 MPa")),
  shearWeight: means("weight of shear beside opening", number(0, 100).default(1)),
};

/** t̂ = √(⟨t_n⟩² + β² t_s²) / t_ref, from tractions in Pa. */
export function loadLevel(referenceTraction: number, shearWeight: number): FatigueLaw["level"] {
  return (normalTraction, shearTraction) => {
    const normal = Math.max(0, normalTraction);
    const shear = shearWeight * shearTraction;
    return Math.sqrt(normal * normal + shear * shear) / referenceTraction;
  };
}

/** F(t̂) = [⟨t̂ − θ⟩ / (1 − θ)]^p */
export function loadDrive(exponent: number, threshold: number): (level: number) => number {
  return (level) => (level <= threshold ? 0 : pow((level - threshold) / (1 - threshold), exponent));
}

/** ΔΛ = k ⟨F(to) − F(from)⟩, the growth under growing load alone; exact for any step. `drive` F must not fall. */
export function loadingGrowth(
  perLoading: number,
  drive: (level: number) => number,
): (from: number, to: number) => number {
  return (from, to) => (to > from ? perLoading * (drive(to) - drive(from)) : 0);
}

/**
 * Damage after Λ has grown, D ← 1 − (1 − D) exp(−ΔΛ), capped at 0.999 and never below the damage handed in.
 *
 * @param damage in [0, 1]
 * @param growth ΔΛ ≥ 0
 */
export function accumulate(damage: number, growth: number): number {
  const grown = damage - (1 - damage) * expm1(-growth);
  return Math.max(damage, Math.min(MOST_FATIGUE_DAMAGE, grown));
}
