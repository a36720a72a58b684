import type { ChargeTransfer, ChargeTransferSpec } from "./charge-transfer.js";
import type { FreeResponse, Lithium } from "./lithium-response.js";
import { localAnswer } from "./local-mode.js";
import { condense, emptyPatch, gathering, type PatchTangent, patchTangent } from "./patch-tangent.js";
import { pointLaw } from "./point-law.js";
import type { NetworkPoints } from "./surface-points.js";

/**
 * The reaction with the points' currents i as unknowns. What the lithium makes of currents is linear,
 *   s_a = s°_a − Σ_b B_ab I_b,   l_p = l°_p − β (i_p − ī),
 * s° and l° those without any, so that balances hold whatever the currents are; what is left of the law at each point
 * (`point-law.ts`) is approached by its tangent, gathered onto patches and particles (`patch-tangent.ts`).
 */
export interface PointCurrents extends Pick<PatchTangent, "offset" | "blocks"> {
  /** A/m², [point] */
  readonly current: Float64Array;
  /** A, [particle] how far its points' currents are off, Σ w |D J|. */
  readonly off: Float64Array;
  /** A, [patch] */
  readonly patchCurrent: Float64Array;
  /** Take the delays of a step of 1/a₀. */
  take(a0: number): void;
  /** Take the currents that made extrapolated lithium, its surface [particle] and l [point] given. */
  foresee(free: FreeResponse, at: FreeResponse): void;
  /** Sum the present currents into `patchCurrent`. */
  sum(): void;
  /** Evaluate the law at the present currents and these potentials, V [patch] above `reference`. */
  evaluate(free: FreeResponse, potential: Float64Array, reference: number): void;
  /**
   * Change the currents as the tangent has it by Δφ [patch], every patch's sum made to be `to`, A [patch], in which the current of a
   * patch without surface goes to the other.
   */
  move(change: Float64Array, to: Float64Array): void;
}

/** What the functions below share. */
interface Interface {
  readonly points: NetworkPoints;
  readonly lithium: Lithium;
  readonly tangent: PatchTangent;
  /** i [point], I [patch] and β [particle]. */
  readonly current: Float64Array;
  readonly I: Float64Array;
  readonly beta: Float64Array;
}

export function pointCurrents(
  points: NetworkPoints,
  spec: ChargeTransferSpec,
  reaction: Pick<ChargeTransfer, "current" | "film" | "activity">,
  lithium: Lithium,
): PointCurrents {
  const { share } = points;
  const particles = share.length / 2;
  const { current } = reaction;
  const tangent = patchTangent(points.count, share.length);
  const gather = gathering(points, pointLaw(spec, reaction), tangent);
  const [I, s] = [new Float64Array(share.length), new Float64Array(share.length)];
  const [off, beta] = [new Float64Array(particles), new Float64Array(particles)];
  const shared: Interface = { points, lithium, tangent, current, I, beta };
  return {
    current,
    offset: tangent.offset,
    blocks: tangent.blocks,
    off,
    patchCurrent: I,
    take: (a0) => localAnswer(lithium.deviation, a0, beta),
    foresee: (free, at) => {
      for (let k = 0; k < particles; k++) foreseeParticle(shared, k, free, at);
    },
    sum: () => {
      for (let a = 0; a < share.length; a++) I[a] = patchSum(points, current, a);
    },
    evaluate: ({ mean, spread, local }, potential, reference) => {
      for (let k = 0; k < particles; k++) {
        for (let a = 2 * k; a < 2 * k + 2; a++) I[a] = patchSum(points, current, a);
        surface(lithium, k, [mean[k], spread[k]], I, s);
        off[k] = 0;
        for (let a = 2 * k; a < 2 * k + 2; a++) {
          const phi = potential[a] + reference;
          if (share[a] === 0) emptyPatch(tangent, a);
          else off[k] += gather(a, { s: s[a], beta: beta[k], phi, I: I[a], local, current });
        }
        condense(tangent, k, lithium);
      }
    },
    move: (change, to) => {
      for (let k = 0; k < particles; k++) moveParticle(shared, k, change, to);
    },
  };
}

/** A */
function patchSum({ each, weight }: NetworkPoints, current: Float64Array, a: number): number {
  let sum = 0;
  for (let p = a * each; p < (a + 1) * each; p++) sum += current[p];
  return weight[a * each] * sum;
}

/** Write s at the patches of particle k, m and d without any current given. */
function surface(
  { mean, spread, shape: { lever, tilt } }: Lithium,
  k: number,
  [freeMean, freeSpread]: readonly [number, number],
  I: Float64Array,
  s: Float64Array,
): void {
  const h = 2 * k;
  const l = h + 1;
  const m = freeMean - mean.response[k] * (I[h] + I[l]);
  const d = freeSpread - spread.response[k] * (tilt[h] * I[h] + tilt[l] * I[l]);
  s[h] = m + lever[h] * d;
  s[l] = m + lever[l] * d;
}

function foreseeParticle(
  { points, lithium, current, beta }: Interface,
  k: number,
  free: FreeResponse,
  at: FreeResponse,
): void {
  const { each, share, weight } = points;
  const { mean, spread, shape } = lithium;
  const { tilt } = shape;
  const [h, l] = [2 * k, 2 * k + 1];
  const sum = (free.mean[k] - at.mean[k]) / mean.response[k];
  const apart = (free.spread[k] - at.spread[k]) / spread.response[k];
  const high = tilt[h] === 0 ? (share[h] > share[l] ? sum : 0) : (apart - tilt[l] * sum) / (tilt[h] - tilt[l]);
  for (let a = h; a <= l; a++) {
    if (share[a] === 0) continue;
    const density = (a === h ? high : sum - high) / (weight[a * each] * each);
    for (let p = a * each; p < (a + 1) * each; p++) current[p] = density + (free.local[p] - at.local[p]) / beta[k];
  }
}

function moveParticle(shared: Interface, k: number, change: Float64Array, to: Float64Array): void {
  const { each, share, weight } = shared.points;
  const { mean, spread, shape } = shared.lithium;
  const { lever, tilt } = shape;
  const { I } = shared;
  const h = 2 * k;
  const l = h + 1;
  // What the solution of the graph leaves at a patch without surface passes through the other.
  if (share[h] === 0) to[l] += to[h];
  if (share[l] === 0) to[h] += to[l];
  const dh = share[h] === 0 ? 0 : to[h] - I[h];
  const dl = share[l] === 0 ? 0 : to[l] - I[l];
  const m = -mean.response[k] * (dh + dl);
  const d = -spread.response[k] * (tilt[h] * dh + tilt[l] * dl);
  for (let a = h; a <= l; a++) {
    if (share[a] === 0) continue;
    I[a] = to[a];
    const density = (a === h ? dh : dl) / (weight[a * each] * each);
    movePatch(shared, a, change[a], m + lever[a] * d, density);
  }
}

/** Move the currents of patch a by Δφ and Δs, their mean by Δī. */
function movePatch(
  { points, tangent, current, beta }: Interface,
  a: number,
  phi: number,
  s: number,
  mean: number,
): void {
  const { each } = points;
  const { J, g_phi, g_s, D } = tangent;
  const b = beta[a >> 1];
  let sum = 0;
  for (let p = a * each; p < (a + 1) * each; p++) {
    J[p] = D[p] * (J[p] + g_phi[p] * phi + g_s[p] * (s + b * mean));
    sum += J[p];
  }
  const rest = mean - sum / each;
  for (let p = a * each; p < (a + 1) * each; p++) current[p] += J[p] + rest;
}
