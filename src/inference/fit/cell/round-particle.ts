import { tridiagonalSolver } from "../../../fem/linear/tridiagonal.js";
import { radialMesh } from "../../../network/model/radial.js";

/**
 * Lithium in a sphere, on linear elements that are finest at the surface:
 *   ∂s/∂t = ∇·(D(s) ∇s),   D ∂s/∂r = G at the surface
 * by the L-stable two-stage Runge–Kutta method of second order (γ = 1 − 1/√2), with D at the state before each stage.
 * Source: R. Alexander, SIAM J. Numer. Anal. 14 (1977) 1006–1021.
 */
export interface RoundParticle {
  /**
   * Moves on.
   * @param duration s
   * @param inflow m/s: G, what goes in through a unit of surface, over the maximum concentration
   * @param faster than at the reference temperature diffusion is, by this factor
   */
  step(duration: number, inflow: number, faster: number): void;
  readonly mean: number;
  readonly surface: number;
}

const mesh = radialMesh(3, 0.006, 1.18, 0.09);
const { nodes, place, content, mass } = mesh;
const gamma = 1 - Math.SQRT1_2;

/** ∫r² over an element, over its length squared: its stiffness for a unit of D. */
const stiff = Float64Array.from({ length: nodes - 1 }, (_, e) => {
  return (place[e + 1] ** 3 - place[e] ** 3) / 3 / (place[e + 1] - place[e]) ** 2;
});

/**
 * @param radius m
 * @param initial stoichiometry
 * @param diffusivity m²/s, of the stoichiometry
 */
export function roundParticle(radius: number, initial: number, diffusivity: (s: number) => number): RoundParticle {
  const s = new Float64Array(nodes).fill(initial);
  const [rate, stage] = [new Float64Array(nodes), new Float64Array(nodes)];
  const system = tridiagonalSolver(nodes);
  const conduct = new Float64Array(nodes - 1);

  /** Solves (M + a K) k = −K at + inflow for the rate k, lengths over R. */
  const solveRate = (at: Float64Array, a: number, inflow: number, faster: number, k: Float64Array) => {
    for (let e = 0; e + 1 < nodes; e++)
      conduct[e] = (stiff[e] * faster * diffusivity((at[e] + at[e + 1]) / 2)) / radius ** 2;
    const { diagonal, next } = system.matrices;
    for (let j = 0; j < nodes; j++) {
      const before = j > 0 ? conduct[j - 1] : 0;
      const after = j + 1 < nodes ? conduct[j] : 0;
      diagonal[j] = mass.diagonal[j] + a * (before + after);
      if (j + 1 < nodes) next[j] = mass.next[j] - a * after;
      k[j] =
        (j > 0 ? before * (at[j - 1] - at[j]) : 0) + (j + 1 < nodes ? after * (at[j + 1] - at[j]) : inflow / radius);
    }
    system.factor();
    system.solve(k, k);
  };

  return {
    step(duration, inflow, faster) {
      solveRate(s, gamma * duration, inflow, faster, rate);
      for (let j = 0; j < nodes; j++) stage[j] = s[j] + (1 - gamma) * duration * rate[j];
      for (let j = 0; j < nodes; j++) s[j] += (1 - gamma) * duration * rate[j];
      solveRate(stage, gamma * duration, inflow, faster, rate);
      for (let j = 0; j < nodes; j++) s[j] += gamma * duration * rate[j];
    },
    get mean() {
      return 3 * content.reduce((sum, weight, j) => sum + weight * s[j], 0);
    },
    get surface() {
      return s[nodes - 1];
    },
  };
}
