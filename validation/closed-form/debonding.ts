/**
 * A shrinking sphere that pulls off an infinite binder through a bilinear interface, rigid-core limit.
 *
 *   k_m = 4μ/R          radial stiffness of the binder, Pa/m
 *   onset               ε* = (σ_c/k_m + δ_0)/R
 *   full separation     ε* = δ_f/R
 *   stable if           k_m > σ_c/(δ_f − δ_0);  with K → ∞ that is G_c > σ_c² R/(8μ)
 *   energy available    2 μ ε*² R per area
 *
 *   σ_c Pa strength;  G_c J/m² toughness;  K Pa/m stiffness;  δ_0 = σ_c/K;  δ_f = 2 G_c/σ_c
 */

export interface SphereInterface {
  /** Pa, shear modulus of the binder. */
  readonly binderShear: number;
  /** m */
  readonly radius: number;
  /** Pa */
  readonly strength: number;
  /** J/m² */
  readonly toughness: number;
  /** Pa/m */
  readonly stiffness: number;
}

export interface Debonding {
  /** Pa/m */
  readonly binderStiffness: number;
  /** Pa/m, slope of the softening branch. */
  readonly softeningStiffness: number;
  readonly stable: boolean;
  /** |ε*| at onset and at full separation. */
  readonly onset: number;
  readonly full: number;
}

/** Thresholds of the eigenstrain. */
export function sphereDebonding(p: SphereInterface): Debonding {
  const binderStiffness = (4 * p.binderShear) / p.radius;
  const first = p.strength / p.stiffness;
  const last = (2 * p.toughness) / p.strength;
  const softeningStiffness = p.strength / (last - first);
  return {
    binderStiffness,
    softeningStiffness,
    stable: binderStiffness > softeningStiffness,
    onset: (p.strength / binderStiffness + first) / p.radius,
    full: last / p.radius,
  };
}

/** Least toughness for stable separation with a stiff interface, J/m². */
export function leastStableToughness(
  shape: "sphere" | "cylinder",
  binderShear: number,
  radius: number,
  strength: number,
): number {
  return (strength ** 2 * radius) / ((shape === "sphere" ? 8 : 4) * binderShear);
}

/** Elastic energy that a shrinking sphere can release per area of its surface, J/m². */
export function sphereEnergyCeiling(binderShear: number, eigenstrain: number, radius: number): number {
  return 2 * binderShear * eigenstrain ** 2 * radius;
}

/** The same for the plane-strain cylinder, whose in-plane eigenstrain is amplified by 1 + ν. */
export function cylinderEnergyCeiling(
  binderShear: number,
  eigenstrain: number,
  radius: number,
  poissonRatio: number,
): number {
  return binderShear * ((1 + poissonRatio) * eigenstrain) ** 2 * radius;
}
