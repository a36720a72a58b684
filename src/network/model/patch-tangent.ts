import type { Lithium } from "./lithium-response.js";
import type { PointLaw, PointTangent } from "./point-law.js";
import type { NetworkPoints } from "./surface-points.js";

/**
 * The law's tangent, gathered from points onto patches and particles. At a point
 *   Δi = D (J + g_φ Δφ + g_s (Δs + β Δī)),   D = 1/(1 + g_s β);
 * summed over a patch, ΔI = O + S Δs + G Δφ; and with Δs_a = −Σ_b B_ab ΔI_b of the particle's two patches, solved for ΔI,
 *   ΔI_a = O_a + Σ_b G_ab Δφ_b.
 */
export interface PatchTangent {
  /** [point] J, g_φ, g_s and D. */
  readonly J: Float64Array;
  readonly g_phi: Float64Array;
  readonly g_s: Float64Array;
  readonly D: Float64Array;
  /** A, A and S, [patch] of a patch by itself. */
  readonly O: Float64Array;
  readonly S: Float64Array;
  readonly G: Float64Array;
  /** O, A [patch], and G, S [particle][2][2]. */
  readonly offset: Float64Array;
  readonly blocks: Float64Array;
}

/** A tangent without entries, for so many points and patches. */
export function patchTangent(points: number, patches: number): PatchTangent {
  const [J, g_phi, g_s, D] = Array.from({ length: 4 }, () => new Float64Array(points));
  const [O, S, G, offset] = Array.from({ length: 4 }, () => new Float64Array(patches));
  return { J, g_phi, g_s, D, O, S, G, offset, blocks: new Float64Array(2 * patches) };
}

/** The state of a patch: s at its surface, its β, φ in V and current in A; and of its points, l and i in A/m² [point]. */
export interface PatchState {
  readonly s: number;
  readonly beta: number;
  readonly phi: number;
  readonly I: number;
  readonly local: Float64Array;
  readonly current: Float64Array;
}

/** Gather the points of patches into `tangent`; what is returned is off in A, Σ w |D J|. */
export function gathering(
  { each, weight }: NetworkPoints,
  law: PointLaw,
  tangent: PatchTangent,
): (a: number, patch: PatchState) => number {
  const { J, g_phi, g_s, D } = tangent;
  const at: PointTangent = { J: 0, g_phi: 0, g_s: 0 };
  return (a, { s, beta, phi, I, local, current }) => {
    const w = weight[a * each];
    const mean = I / (w * each);
    let sumJ = 0;
    let sumPhi = 0;
    let sumS = 0;
    let off = 0;
    for (let p = a * each; p < (a + 1) * each; p++) {
      const i = current[p];
      law.at(p, s + local[p] - beta * (i - mean), phi, i, beta, at);
      const damped = 1 / (1 + at.g_s * beta);
      J[p] = at.J;
      g_phi[p] = at.g_phi;
      g_s[p] = at.g_s;
      D[p] = damped;
      sumJ += damped * at.J;
      sumPhi += damped * at.g_phi;
      sumS += damped * at.g_s;
      off += Math.abs(damped * at.J);
    }
    const whole = (w * each) / (each - beta * sumS);
    tangent.O[a] = whole * sumJ;
    tangent.S[a] = whole * sumS;
    tangent.G[a] = whole * sumPhi;
    return w * off;
  };
}

/** A patch without surface. */
export function emptyPatch({ O, S, G }: PatchTangent, a: number): void {
  O[a] = 0;
  S[a] = 0;
  G[a] = 0;
}

/** Solve the two patches of particle k for their currents. */
export function condense({ O, S, G, offset, blocks }: PatchTangent, k: number, { mean, spread, shape }: Lithium): void {
  const { lever, tilt } = shape;
  const h = 2 * k;
  const l = h + 1;
  const e = 4 * k;
  const am = mean.response[k];
  const ad = spread.response[k];
  const p00 = 1 + S[h] * (am + lever[h] * tilt[h] * ad);
  const p01 = S[h] * (am + lever[h] * tilt[l] * ad);
  const p10 = S[l] * (am + lever[l] * tilt[h] * ad);
  const p11 = 1 + S[l] * (am + lever[l] * tilt[l] * ad);
  const over = 1 / (p00 * p11 - p01 * p10);
  blocks[e] = p11 * over * G[h];
  blocks[e + 1] = -p01 * over * G[l];
  blocks[e + 2] = -p10 * over * G[h];
  blocks[e + 3] = p00 * over * G[l];
  offset[h] = over * (p11 * O[h] - p01 * O[l]);
  offset[l] = over * (p00 * O[l] - p10 * O[h]);
}
