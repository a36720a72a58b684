/** The lithium of each particle, summed over the unknowns of s. */
export interface ParticleLithium {
  /** `[unknown of s]` F c_max ∫N dV, C: weights of the lithium content. */
  readonly content: Float64Array;
  /** C, `[particle]` at s = 1, and of all particles. */
  readonly whole: Float64Array;
  readonly total: number;
  /** `[particle]` means of s by content. */
  means(s: Float64Array): Float64Array;
  /** `[particle]` sums of a column `[unknown of s]`. */
  sums(column: Float64Array): Float64Array;
}

/** `owner` `[unknown of s]` its particle. */
export function particleLithium(owner: Int32Array, content: Float64Array, particles: number): ParticleLithium {
  const sums = (column: Float64Array): Float64Array => {
    const sum = new Float64Array(particles);
    for (let i = 0; i < owner.length; i++) sum[owner[i]] += column[i];
    return sum;
  };
  const whole = sums(content);
  return {
    content,
    whole,
    total: whole.reduce((sum, own) => sum + own, 0),
    sums,
    means: (s) => {
      const mean = new Float64Array(particles);
      for (let i = 0; i < owner.length; i++) mean[owner[i]] += content[i] * s[i];
      return mean.map((sum, k) => sum / whole[k]);
    },
  };
}
