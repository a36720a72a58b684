import type { ContactPoints } from "../assembly/contact-points.js";
import type { Coupling } from "../assembly/contact-term.js";
import type { ContactLaw } from "../law/law.js";
import type { ParticleContact } from "../law/surface/surface.js";
import type { ElectrochemicalUnknowns } from "./electrochemical-unknowns.js";

/**
 * Electrons that pass a contact and then the particle, where the reaction takes them all over the surface:
 *   j = g (φ − φ_p),   g = λ(D) (h g_high + (1 − h) g_low),   ∇·(σ_p(s) ∇φ_p) = 0 in the particle,
 *   (σ_p ∇φ_p, ∇ψ) + Σ w ψ (i − j) = 0,   (σ ∇φ, ∇ψ) + Σ w ψ j = I ψ(collector)
 *
 *   j        A/m²   from the carbon/binder into the particle, positive on charge
 *   g        S/m²   conductance of the contact; h is the share of high-conductivity carbon/binder at the point
 *   λ(D)     –      share of it that damage leaves
 *   σ_p      S/m    conductivity of the particle
 *
 * φ_p is a level of each particle, that of one of its nodes, and what the others have above it. The level's row is the sum of
 * all of the particle's, Σ w (i − j) = 0: Kirchhoff's law, in which no digits are lost to a good conductor. Without the part
 * above it a particle is equipotential.
 *
 * Without such a contact, each place of a surface draws from the carbon/binder that touches it, φ_p = φ.
 */
export interface ContactPassage extends ContactLaw {
  /** Take D `[point]` of a step. */
  take(damage: Float64Array): void;
}

/** One value φ − φ_p in V and one flux w j in A at a point. */
export function contactPassage(
  { conductance: [best, worst], left }: ParticleContact,
  { weight, high, count }: Pick<ContactPoints, "count" | "weight" | "high">,
): ContactPassage {
  /** `[point]` S */
  const conductance = new Float64Array(count);
  return {
    values: 1,
    fluxes: 1,
    take: (damage) => {
      for (let p = 0; p < count; p++)
        conductance[p] = weight[p] * left(damage[p]) * (high[p] * best + (1 - high[p]) * worst);
    },
    flux: (p, value, flux) => {
      flux[p] = conductance[p] * value[p];
    },
    block: (p, _, block) => {
      block[p] = conductance[p];
    },
    subtract: (p, block, value, flux) => {
      flux[p] -= block[p] * value[p];
    },
  };
}

/** φ and φ_p at each interface point. */
export function passageCoupling({ pointPotential, pointParticle }: ElectrochemicalUnknowns): Coupling {
  return {
    roles: [
      { unknown: pointPotential, value: 0, flux: 0, sign: 1 },
      ...pointParticle.map((unknown) => ({ unknown, value: 0, flux: 0, sign: -1 }) as const),
    ],
    level: null,
  };
}
