import { log } from "../../elementary/elementary.js";
import { butlerVolmer } from "../../fem/law/butler-volmer.js";
import type { ReactionPoint } from "../../fem/law/law.js";
import type { ChargeTransfer, ChargeTransferSpec } from "./charge-transfer.js";
import { type Looked, lawTable } from "./law-table.js";
import { type LocalMode, localAnswer } from "./local-mode.js";
import type { PatchShape } from "./patch-shape.js";
import type { RadialMode } from "./radial.js";
import type { NetworkPoints } from "./surface-points.js";

/**
 * The reaction with the points' currents i as unknowns. What the lithium makes of currents is linear,
 *   s_a = s°_a − Σ_b B_ab I_b,   l_p = l°_p − β (i_p − ī),
 * s° and l° those without any, so that balances hold whatever the currents are; what is left of the law,
 *   r_p = φ_a − U(s_a + l_p) − R_f i_p − 2 V_T asinh(i_p / 2 i0(s_a + l_p)),
 * is a voltage. Its tangent is gathered onto patches and particles: ΔI_a = O_a + Σ_b G_ab Δφ_b.
 */
export interface InterfaceLaw {
  /** A/m², [point] */
  readonly current: Float64Array;
  /** O, A [patch], and G, S [particle][2][2]. */
  readonly offset: Float64Array;
  readonly blocks: Float64Array;
  /** A, [particle] how far its points' currents are off, Σ w |J/(1 + g_s β)|. */
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

/** What the particles' lithium does without any current. */
export interface FreeResponse {
  /** [particle] m and d at the surface. */
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  /** [point] l */
  readonly local: Float64Array;
}

/** A current that is off by more than this share of what bends its law, local lithium answering, is solved for by itself. */
const far = 0.2;

/** How the particles' lithium answers. */
export interface Lithium {
  readonly mean: RadialMode;
  readonly spread: RadialMode;
  readonly deviation: LocalMode;
  readonly shape: PatchShape;
}

export function interfaceLaw(
  points: NetworkPoints,
  spec: ChargeTransferSpec,
  reaction: Pick<ChargeTransfer, "current" | "film" | "activity">,
  { mean, spread, deviation, shape }: Lithium,
): InterfaceLaw {
  const { each, share, weight } = points;
  const { current, film, activity } = reaction;
  const { lever, tilt } = shape;
  const particles = share.length / 2;
  const { thermalVoltage } = spec;
  const law = lawTable(spec);
  const here: Looked = { potential: 0, potentialSlope: 0, exchange: 0, exchangeSlope: 0 };
  const patches = (): Float64Array => new Float64Array(2 * particles);
  const [stoichiometry, patchCurrent, offset, slopeS, slopePhi, own] = [
    patches(),
    patches(),
    patches(),
    patches(),
    patches(),
    patches(),
  ];
  const at: ReactionPoint = { current: 0, conductance: 0, exchangeSlope: 0 };
  const blocks = new Float64Array(4 * particles);
  const off = new Float64Array(particles);
  const beta = new Float64Array(particles);
  /** [point] the tangent's Δi = damped (J + g_φ Δφ + g_s (Δs + β Δī)). */
  const [missing, byPotential, byStoichiometry, damping] = Array.from(
    { length: 4 },
    () => new Float64Array(points.count),
  );

  const sumOver = (a: number): void => {
    let sum = 0;
    for (let p = a * each; p < (a + 1) * each; p++) sum += current[p];
    patchCurrent[a] = weight[a * each] * sum;
  };

  const lithium = (k: number, free: FreeResponse): void => {
    const h = 2 * k;
    const l = h + 1;
    sumOver(h);
    sumOver(l);
    const m = free.mean[k] - mean.response[k] * (patchCurrent[h] + patchCurrent[l]);
    const d = free.spread[k] - spread.response[k] * (tilt[h] * patchCurrent[h] + tilt[l] * patchCurrent[l]);
    stoichiometry[h] = m + lever[h] * d;
    stoichiometry[l] = m + lever[l] * d;
  };

  /** The points of a patch, gathered; returns what is off in A. */
  const gather = (a: number, local: Float64Array, potential: number): number => {
    const b = beta[a >> 1];
    const s = stoichiometry[a];
    const w = weight[a * each];
    const average = patchCurrent[a] / (w * each);
    let sumJ = 0;
    let sumPhi = 0;
    let sumS = 0;
    let sumOff = 0;
    for (let p = a * each; p < (a + 1) * each; p++) {
      const i = current[p];
      law.at(s + local[p] - b * (i - average), here);
      const drive = potential - here.potential;
      const twice = 2 * activity[p] * here.exchange;
      const size = i < 0 ? -i : i;
      const root = Math.sqrt(i * i + twice * twice);
      const over = 2 * thermalVoltage * log((size + root) / twice);
      const kinetic = (2 * thermalVoltage) / root;
      let g = 1 / (film[p] + kinetic);
      let j = g * (drive - film[p] * i - (i < 0 ? -over : over));
      let byExchange = (2 * g * kinetic * i) / twice;
      let gs = byExchange * activity[p] * here.exchangeSlope - g * here.potentialSlope;
      if (Math.abs(j) > far * root * (1 + Math.abs(b * gs))) {
        butlerVolmer(drive, twice / 2, film[p], thermalVoltage, i, at);
        j = at.current - i;
        g = at.conductance;
        byExchange = at.exchangeSlope;
        gs = byExchange * activity[p] * here.exchangeSlope - g * here.potentialSlope;
      }
      const damped = 1 / (1 + gs * b);
      missing[p] = j;
      byPotential[p] = g;
      byStoichiometry[p] = gs;
      damping[p] = damped;
      sumJ += damped * j;
      sumPhi += damped * g;
      sumS += damped * gs;
      sumOff += Math.abs(damped * j);
    }
    const whole = (w * each) / (each - b * sumS);
    own[a] = whole * sumJ;
    slopeS[a] = whole * sumS;
    slopePhi[a] = whole * sumPhi;
    return w * sumOff;
  };

  /** A patch without surface. */
  const empty = (a: number): number => {
    own[a] = 0;
    slopeS[a] = 0;
    slopePhi[a] = 0;
    return 0;
  };

  const condense = (k: number): void => {
    const h = 2 * k;
    const l = h + 1;
    const e = 4 * k;
    const am = mean.response[k];
    const ad = spread.response[k];
    const p00 = 1 + slopeS[h] * (am + lever[h] * tilt[h] * ad);
    const p01 = slopeS[h] * (am + lever[h] * tilt[l] * ad);
    const p10 = slopeS[l] * (am + lever[l] * tilt[h] * ad);
    const p11 = 1 + slopeS[l] * (am + lever[l] * tilt[l] * ad);
    const over = 1 / (p00 * p11 - p01 * p10);
    blocks[e] = p11 * over * slopePhi[h];
    blocks[e + 1] = -p01 * over * slopePhi[l];
    blocks[e + 2] = -p10 * over * slopePhi[h];
    blocks[e + 3] = p00 * over * slopePhi[l];
    offset[h] = over * (p11 * own[h] - p01 * own[l]);
    offset[l] = over * (p00 * own[l] - p10 * own[h]);
  };

  const evaluate = (free: FreeResponse, potential: Float64Array, reference: number): void => {
    for (let k = 0; k < particles; k++) {
      lithium(k, free);
      off[k] = 0;
      for (let a = 2 * k; a < 2 * k + 2; a++)
        off[k] += share[a] === 0 ? empty(a) : gather(a, free.local, potential[a] + reference);
      condense(k);
    }
  };

  const foresee = (free: FreeResponse, at: FreeResponse): void => {
    for (let k = 0; k < particles; k++) {
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
  };

  const move = (change: Float64Array, to: Float64Array): void => {
    for (let k = 0; k < particles; k++) {
      const h = 2 * k;
      const l = h + 1;
      // What the solution of the graph leaves at a patch without surface passes through the other.
      if (share[h] === 0) to[l] += to[h];
      if (share[l] === 0) to[h] += to[l];
      const dh = share[h] === 0 ? 0 : to[h] - patchCurrent[h];
      const dl = share[l] === 0 ? 0 : to[l] - patchCurrent[l];
      const m = -mean.response[k] * (dh + dl);
      const d = -spread.response[k] * (tilt[h] * dh + tilt[l] * dl);
      for (let a = h; a <= l; a++) {
        if (share[a] === 0) continue;
        patchCurrent[a] = to[a];
        const density = (a === h ? dh : dl) / (weight[a * each] * each);
        const phi = change[a];
        const s = m + lever[a] * d;
        const b = beta[k];
        let sum = 0;
        for (let p = a * each; p < (a + 1) * each; p++) {
          missing[p] = damping[p] * (missing[p] + byPotential[p] * phi + byStoichiometry[p] * (s + b * density));
          sum += missing[p];
        }
        const rest = density - sum / each;
        for (let p = a * each; p < (a + 1) * each; p++) current[p] += missing[p] + rest;
      }
    }
  };

  return {
    current,
    offset,
    blocks,
    off,
    patchCurrent,
    take: (a0) => localAnswer(deviation, a0, beta),
    foresee,
    sum: () => {
      for (let a = 0; a < 2 * particles; a++) sumOver(a);
    },
    evaluate,
    move,
  };
}
