/**
 * Traction against opening at a point of the interface, with a damage D that never falls; compression is carried undamaged.
 *
 *   δ_n, δ_s  m     opening along the particle's outward normal, sliding
 *   K         Pa/m  penalty stiffness
 *   D         –     damage, which stands for the largest opening: at a fixed mode each determines the other. Kept as D,
 *                   damage by other causes (fatigue) enters the same state.
 */
import { square } from "../../../elementary/elementary.js";
import { kindOf } from "../../../schema/kind.js";
import type { CohesiveLaw } from "../law.js";

/** Defines a kind of cohesive law; it is given the stiffness of the sound bond in Pa/m. */
export const cohesive = kindOf<CohesiveLaw, [stiffness: number]>("cohesive law");

/**
 * Write the tractions of a damaged bond: (1 − D) K δ in opening and sliding, K δ in compression.
 * @param stiffness Pa/m, K
 * @param normalGap m
 * @param shearGap m
 */
export function degrade(
  stiffness: number,
  normalGap: number,
  shearGap: number,
  damage: number,
  out: Parameters<CohesiveLaw["traction"]>[3],
): void {
  const left = (1 - damage) * stiffness;
  out.normalSecant = normalGap < 0 ? stiffness : left;
  out.shearSecant = left;
  out.normal = out.normalSecant * normalGap;
  out.shear = left * shearGap;
  out.damage = damage;
  out.softening = 0;
}

/** Effective opening √(⟨δ_n⟩² + δ_s²), m. */
export function effectiveOpening(normalGap: number, shearGap: number): number {
  const opening = Math.max(0, normalGap);
  return Math.sqrt(opening * opening + shearGap * shearGap);
}

/** Energy stored in the interface, J/m²: ½ K [(1 − D)(⟨δ_n⟩² + δ_s²) + ⟨−δ_n⟩²]. */
export function interfaceEnergy(stiffness: number, normalGap: number, shearGap: number, damage: number): number {
  const contact = Math.min(0, normalGap);
  return 0.5 * stiffness * ((1 - damage) * square(effectiveOpening(normalGap, shearGap)) + contact * contact);
}

/**
 * Energy dissipated in a step, J/m²: ½ K δ_m^n δ_m^{n+1} (D^{n+1} − D^n) ≥ 0 from the effective openings before and
 * after. For proportional opening it is exactly the work ½ (t^n + t^{n+1})(δ^{n+1} − δ^n) less the change of the
 * stored energy, and along the softening line exactly the area under it.
 */
export function dissipationIncrement(
  stiffness: number,
  openingOld: number,
  openingNew: number,
  damageOld: number,
  damageNew: number,
): number {
  return 0.5 * stiffness * openingOld * openingNew * (damageNew - damageOld);
}
