import type { CrackLaw } from "../law/crack/crack.js";

/** Particles that crack. */
export interface CrackedParticles {
  readonly law: CrackLaw;
  /** `[particle]` Pa */
  readonly strength: Float64Array;
}

/** What the cracks of particles carry from step to step. All `[particle]`. */
export interface CrackState {
  /** σ̂, level of the load by the latest lithium. */
  readonly level: Float64Array;
  /** Λ_A */
  readonly grown: Float64Array;
}

/** Means of s `[particle]` over the volume and over the surface. */
export interface ParticleMeans {
  readonly meanStoichiometry: Float64Array;
  readonly surfaceStoichiometry: Float64Array;
}

/** Sound particles whose lithium is everywhere `stoichiometry`. */
export function soundCracks({ law, strength }: CrackedParticles, stoichiometry: number): CrackState {
  return {
    level: strength.map((own) => law.level(stoichiometry, stoichiometry, own)),
    grown: new Float64Array(strength.length),
  };
}

/** The state after a step to these means. */
export function grownCracks(
  { law, strength }: CrackedParticles,
  { level, grown }: CrackState,
  { meanStoichiometry, surfaceStoichiometry }: ParticleMeans,
): CrackState {
  const reached = strength.map((own, k) => law.level(meanStoichiometry[k], surfaceStoichiometry[k], own));
  return { level: reached, grown: grown.map((before, k) => before + law.growth(level[k], reached[k])) };
}

/** `[particle]` A; zero where nothing cracks. */
export function crackShare(particles: number, law: CrackLaw | undefined, state: CrackState | null): Float64Array {
  return law === undefined || state === null ? new Float64Array(particles) : state.grown.map(law.share);
}

/** `[particle]` reacting area over that of sound particles; null where nothing cracks. */
export function crackedArea({ law }: CrackedParticles, share: Float64Array): Float64Array {
  return share.map((own) => law.effect.area(own));
}
