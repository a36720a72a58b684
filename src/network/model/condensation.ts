import type { Grid } from "./grid.js";
import type { LocalMode } from "./local-mode.js";
import type { RadialMode } from "./radial.js";
import type { NetworkPoints } from "./surface-points.js";

/** Particles covered all over, or not at all, within this have one patch; their difference mode rests. */
const onePatch = 1e-9;

/** The condensed tangent of a network. */
export interface Condensation {
  /** [patch] s = m + lever · d at the patch: 1 − θ and −θ. */
  readonly lever: Float64Array;
  /** [patch] what a current in A counts for in the difference mode: 1/θ and −1/(1 − θ); 0 where it rests. */
  readonly tilt: Float64Array;
  /** [point] slopes in the held factor. */
  readonly byPotential: Float64Array;
  readonly byStoichiometry: Float64Array;
  /** out −= (B held − B) φ, over the graph's nodes: by how much the factor's blocks are not those of the slopes. */
  subtractStale(potential: Float64Array, out: Float64Array): void;
  factor(
    slopes: { readonly byPotential: Float64Array; readonly byStoichiometry: Float64Array },
    a0: number,
    heldVoltage: boolean,
  ): boolean;
  /** From residuals and, in `out`, the modes solved without reaction, to the whole correction. */
  solve(residual: Float64Array, out: Float64Array): void;
}

interface Modes {
  readonly mean: RadialMode;
  readonly spread: RadialMode;
  readonly deviation: LocalMode;
}

/**
 * At a point Δi = g_s (Δs + Δl) + g_φ Δφ and Δl = ρ − β (Δi − Δī), β = G/(1 + τ a₀); the mean over the points gives a patch's
 * ΔI = G_s Δs + G_φ Δφ + J. With Δs = σ − B ΔI on a particle's two patches (B: the modes' responses to a unit current),
 * ΔI = P (G_s σ + G_φ Δφ + J), P = (1 + G_s B)⁻¹, and the graph's matrix is L + P G_φ.
 */
export function condensation(grid: Grid, points: NetworkPoints, { mean, spread, deviation }: Modes): Condensation {
  const particles = grid.held.length / 4;
  const collector = 2 * particles;
  const { share, each, weight, particle } = points;
  const resting = (k: number): boolean => share[2 * k] < onePatch || share[2 * k + 1] < onePatch;
  const lever = Float64Array.from(share, (_, a) => (resting(a >> 1) ? 0 : a % 2 === 0 ? share[a + 1] : -share[a - 1]));
  const tilt = Float64Array.from(share, (own, a) => (resting(a >> 1) ? 0 : (a % 2 === 0 ? 1 : -1) / own));
  const [byPotential, byStoichiometry, damping, feedback] = Array.from(
    { length: 4 },
    () => new Float64Array(points.count),
  );
  /** [patch] G_s and G_φ, and the factor of the patch's own mean current. */
  const [patchStoichiometry, patchPotential, gathered] = Array.from(
    { length: 3 },
    () => new Float64Array(2 * particles),
  );
  /** [particle] 1 + τ a₀, and β. */
  const lag = new Float64Array(particles);
  const beta = new Float64Array(particles);
  /** [particle][2][2] P. */
  const inverse = new Float64Array(4 * particles);
  const free = new Float64Array(2 * particles);
  /** S, [particle][2][2] P G_φ. */
  const blocks = new Float64Array(4 * particles);
  const potential = new Float64Array(2 * particles + 1);
  const n = mean.influence.length;
  const firstPotential = 2 * n + points.count;

  /** Slopes of the patches' currents, their points' deviations eliminated. */
  const gather = (a: number): void => {
    const k = a >> 1;
    let [sumS, sumPhi, sumOwn] = [0, 0, 0];
    for (let p = a * each; p < (a + 1) * each; p++) {
      damping[p] = 1 / (1 + byStoichiometry[p] * beta[k]);
      feedback[p] = byStoichiometry[p] * damping[p];
      sumS += feedback[p];
      sumPhi += byPotential[p] * damping[p];
      sumOwn += feedback[p] * beta[k];
    }
    gathered[a] = share[a] === 0 ? 0 : (weight[a * each] * each) / (each - sumOwn);
    patchStoichiometry[a] = gathered[a] * sumS;
    patchPotential[a] = gathered[a] * sumPhi;
  };

  return {
    lever,
    tilt,
    byPotential,
    byStoichiometry,
    factor: (slopes, a0, heldVoltage) => {
      byPotential.set(slopes.byPotential);
      byStoichiometry.set(slopes.byStoichiometry);
      for (let k = 0; k < particles; k++) {
        lag[k] = 1 + deviation.delay[k] * a0;
        beta[k] = deviation.gain[k] / lag[k];
        const [h, l] = [2 * k, 2 * k + 1];
        gather(h);
        gather(l);
        const [am, ad] = [mean.response[k], spread.response[k]];
        const b = (row: number, column: number): number => am + lever[row] * tilt[column] * ad;
        const [gh, gl] = [patchStoichiometry[h], patchStoichiometry[l]];
        const [p00, p01, p10, p11] = [1 + gh * b(h, h), gh * b(h, l), gl * b(l, h), 1 + gl * b(l, l)];
        const determinant = p00 * p11 - p01 * p10;
        inverse.set([p11 / determinant, -p01 / determinant, -p10 / determinant, p00 / determinant], 4 * k);
        for (let e = 4 * k; e < 4 * k + 4; e++) blocks[e] = inverse[e] * patchPotential[2 * k + (e & 1)];
      }
      return grid.factor(blocks, heldVoltage);
    },
    subtractStale: (at, out) => {
      for (let k = 0; k < particles; k++) {
        const stale = (e: number): number => grid.held[4 * k + e] - blocks[4 * k + e];
        out[2 * k] -= stale(0) * at[2 * k] + stale(1) * at[2 * k + 1];
        out[2 * k + 1] -= stale(2) * at[2 * k] + stale(3) * at[2 * k + 1];
      }
    },
    solve: (residual, out) => {
      const surface = n - particles;
      // Without a change of potential: the currents' offsets, patch by patch.
      for (let a = 0; a < 2 * particles; a++) {
        const k = a >> 1;
        let offset = 0;
        for (let p = a * each; p < (a + 1) * each; p++) {
          out[2 * n + p] = residual[2 * n + p] / lag[k];
          offset += feedback[p] * out[2 * n + p];
        }
        const s = out[surface + k] + lever[a] * out[n + surface + k];
        free[a] = patchStoichiometry[a] * s + gathered[a] * offset;
      }
      for (let k = 0; k < particles; k++) {
        const [h, l] = [2 * k, 2 * k + 1];
        potential[h] = residual[firstPotential + h] - inverse[4 * k] * free[h] - inverse[4 * k + 1] * free[l];
        potential[l] = residual[firstPotential + l] - inverse[4 * k + 2] * free[h] - inverse[4 * k + 3] * free[l];
      }
      potential[collector] = residual[firstPotential + collector];
      grid.solve(potential);
      const current = free;
      for (let k = 0; k < particles; k++) {
        const [h, l] = [2 * k, 2 * k + 1];
        const high = free[h] + patchPotential[h] * potential[h];
        const low = free[l] + patchPotential[l] * potential[l];
        current[h] = inverse[4 * k] * high + inverse[4 * k + 1] * low;
        current[l] = inverse[4 * k + 2] * high + inverse[4 * k + 3] * low;
      }
      for (let row = 0; row < n; row += particles) {
        for (let k = 0; k < particles; k++) {
          const at = row + k;
          const [high, low] = [current[2 * k], current[2 * k + 1]];
          out[at] -= mean.influence[at] * (high + low);
          out[n + at] -= spread.influence[at] * (tilt[2 * k] * high + tilt[2 * k + 1] * low);
        }
      }
      for (let p = 0; p < points.count; p++) {
        const a = Math.floor(p / each);
        const k = particle[p];
        if (share[a] === 0) continue;
        const density = current[a] / (weight[p] * each);
        const s = out[surface + k] + lever[a] * out[n + surface + k];
        const own =
          damping[p] * (byPotential[p] * potential[a] + byStoichiometry[p] * (s + out[2 * n + p] + beta[k] * density));
        out[2 * n + p] -= beta[k] * (own - density);
      }
      for (let a = 0; a < 2 * particles; a++) out[firstPotential + a] = potential[a] - potential[collector];
      out[firstPotential + collector] = potential[collector];
    },
  };
}
