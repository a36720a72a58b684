/** Cracks inside particles: their growth in `cycles.ts`, what they do to the reaction in `effect.ts`. */
import { kindOf } from "../../../schema/kind.js";
import type { StoichiometryFunction } from "../law.js";

/** What cracks do to the particle they are in. */
export interface CrackEffect {
  /** Reacting area over that of the sound particle, ≥ 1, at a crack share. */
  area(share: number): number;
}

/** Cracks of a particle: its only memory is the latest level of the load and what has grown. */
export interface CrackLaw {
  /** σ̂ ≥ 0, from the particle's mean s, that over its surface, and its strength in Pa. */
  level(meanStoichiometry: number, surfaceStoichiometry: number, strength: number): number;
  /** ΔΛ_A ≥ 0 between two levels. */
  growth(from: number, to: number): number;
  /** A, crack volume over that of the particle, from Λ_A. */
  share(grown: number): number;
  /**
   * σ_k in Pa of a particle whose radius is known, from a number in [0, 1).
   * @param radius m
   * @param dimension of the particle, 2 for disks and 3 for spheres
   */
  strength(radius: number, dimension: 2 | 3, drawn: number): number;
  readonly effect: CrackEffect;
}

/** The particle that cracks. */
export interface CrackingSolid {
  /** Pa */
  readonly youngModulus: number;
  readonly poissonRatio: number;
  /** Linear strain against s. */
  readonly eigenstrain: StoichiometryFunction;
}

/** Defines a kind of crack law; it is given the solid. */
export const crack = kindOf<CrackLaw, [solid: CrackingSolid]>("crack law");

/** Defines what cracks do. */
export const crackEffect = kindOf<CrackEffect>("effect of cracks");
