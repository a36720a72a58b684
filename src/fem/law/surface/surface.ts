/** How electrons reach the reaction at a particle's surface. */
import { kindOf } from "../../../schema/kind.js";
import type { StoichiometryFunction } from "../law.js";

/** Electrons that pass a contact into the particle and spread in it; the equations are in `fem/model/particle-contact.ts`. */
export interface ParticleContact {
  /**
   * How electrons spread from the contact: `none`, each place of the surface has those of its own; `equipotential`, one
   * potential a particle; or σ_p(s) in S/m.
   */
  readonly conduction: "none" | "equipotential" | StoichiometryFunction;
  /** S/m², to carbon/binder of high and of low conductivity. */
  readonly conductance: readonly [high: number, low: number];
  /** λ(D), share of the conductance that damage leaves, 0 … 1. */
  readonly left: (damage: number) => number;
}

/** Defines a kind of surface; null where each place draws from the carbon/binder that touches it. */
export const surface = kindOf<ParticleContact | null>("surface");
