import type { Elastic } from "../../fem/assembly/forms.js";

/**
 * A particle that shrinks in an infinite matrix, bound by a spring (Lamé; docs/networks.md): the traction t follows from
 *   t C + t/K = −ε g R
 * with the linear strain ε of the particle, K (Pa/m) of the interface and
 *   3-D   C = R/(4μ_m) + R/(3K_i),                    g = 1
 *   2-D   C = R/(2μ_m) + R/(2(λ_i + μ_i)),            g = 3K_i/(2(λ_i + μ_i))   (plane strain)
 */
export interface Misfit {
  /** C over R, 1/Pa. */
  readonly compliance: number;
  /** g */
  readonly gain: number;
}

export function misfit(dimension: 2 | 3, particle: Elastic, matrix: Elastic): Misfit {
  const bulk = particle.lambda + (2 / 3) * particle.mu;
  if (dimension === 3) return { compliance: 1 / (4 * matrix.mu) + 1 / (3 * bulk), gain: 1 };
  const inPlane = 2 * (particle.lambda + particle.mu);
  return { compliance: 1 / (2 * matrix.mu) + 1 / inPlane, gain: (3 * bulk) / inPlane };
}
