/**
 * Particles between the same potentials whose open-circuit potential has the slope U' and whose resistance per area is
 * R_k: with a linear U the stoichiometries follow exact exponentials.
 *
 *   F c_max (R/3) ds/dt = −i,   i = (Φ − U(s))/R_k    (sphere; R/2 for a cylinder)
 *   τ_eq = F c_max R R_k / (3 |U'|),   steady spread Δs = i ΔR / |U'|
 */
import { FARADAY } from "../../src/fem/law/faraday.js";
import { volumePerSurface } from "./single-particle.js";

export interface LinearParticle {
  /** m */
  readonly radius: number;
  /** mol/m³ */
  readonly maximumConcentration: number;
  /** Ω m² in series with the open-circuit potential. */
  readonly resistance: number;
  readonly initialStoichiometry: number;
}

/** Time constant, s. */
export function equalisationTime(
  shape: keyof typeof volumePerSurface,
  particle: Pick<LinearParticle, "radius" | "maximumConcentration" | "resistance">,
  slope: number,
): number {
  const { radius, maximumConcentration, resistance } = particle;
  return (FARADAY * maximumConcentration * radius * volumePerSurface[shape] * resistance) / Math.abs(slope);
}

/** Difference in s that carries the same current through resistances that differ by `difference` (Ω m²). */
export function steadySpread(current: number, difference: number, slope: number): number {
  return (current * difference) / Math.abs(slope);
}

/**
 * Two equal-sized spheres (or cylinders) under a fixed mean current density with U = U0 + U' s, U' < 0: their
 * stoichiometries at a time, exactly.
 *
 *   m ds_k/dt = −i_k,  i_1 + i_2 = 2i,  R_1 i_1 + U(s_1) = R_2 i_2 + U(s_2)
 *   ⇒ the difference d = s_1 − s_2 relaxes with τ = m (R_1 + R_2)/(2|U'|) to i (R_2 − R_1)/U'
 */
export function twoParticleStoichiometries(
  shape: keyof typeof volumePerSurface,
  [first, second]: readonly [LinearParticle, LinearParticle],
  slope: number,
  current: number,
  time: number,
): readonly [number, number] {
  const mass = FARADAY * first.maximumConcentration * first.radius * volumePerSurface[shape];
  const tau = (mass * (first.resistance + second.resistance)) / (2 * Math.abs(slope));
  const final = (current * (second.resistance - first.resistance)) / slope;
  const start = first.initialStoichiometry - second.initialStoichiometry;
  const difference = final + (start - final) * Math.exp(-time / tau);
  const mean = (first.initialStoichiometry + second.initialStoichiometry) / 2 - (current * time) / mass;
  return [mean + difference / 2, mean - difference / 2];
}
