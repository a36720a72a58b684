import { sphereRoots } from "../../../fem/verification/crank.js";

/**
 * Lithium in a sphere whose surface current is constant between the times at which it is asked: the modes of diffusion
 * follow exactly, whatever the step. With τ = ∫D dt/R² and g = i R/(F c_max D), inward,
 *   s_surf = s̄ + Σ_n y_n + g (1/5 − Σ_n 2/q_n²),   ẏ_n = −q_n² y_n + 2 g,   ṡ̄ = 3 g,   tan q_n = q_n
 * The modes that are left out are taken as settled. Source: J. Crank, The Mathematics of Diffusion (1975), section 6.3.6.
 */
export interface RoundParticle {
  /** Moves on by dτ under the gradient g. */
  step(tau: number, gradient: number): void;
  readonly mean: number;
  readonly surface: number;
}

/** The last settles within τ = 1/q² = 2.7e-5: under a second for a particle of 5 µm with D = 4e-15 m²/s. */
const roots = sphereRoots(60);
const rest = 1 / 5 - roots.reduce((sum, q) => sum + 2 / q ** 2, 0);

export function roundParticle(initial: number): RoundParticle {
  const modes = new Float64Array(roots.length);
  let [mean, surface] = [initial, initial];
  return {
    step(tau, gradient) {
      mean += 3 * gradient * tau;
      let sum = 0;
      for (let n = 0; n < modes.length; n++) {
        const rate = roots[n]! ** 2;
        const settled = (2 * gradient) / rate;
        modes[n] = settled + (modes[n]! - settled) * Math.exp(-rate * tau);
        sum += modes[n]!;
      }
      surface = mean + sum + gradient * rest;
    },
    get mean() {
      return mean;
    },
    get surface() {
      return surface;
    },
  };
}
