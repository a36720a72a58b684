import { type InterfaceLaw, interfaceLaw, interfacePoint, type Span } from "../../fem/law/interface-law.js";
import type { CohesiveLaw, FatigueLaw, StoichiometryFunction, TractionPoint } from "../../fem/law/law.js";
import type { Deform } from "../../fem/model/attempt.js";
import type { ContactState, ReachedContact } from "../../fem/model/contact-state.js";
import { filmsOf } from "./films.js";
import type { Misfit } from "./misfit.js";
import { least } from "./neighbour-law.js";
import type { NetworkPoints } from "./surface-points.js";

/** What pulls at the surface points, besides the particles' lithium. */
export interface DetachmentSpec {
  readonly eigenstrain: StoichiometryFunction;
  readonly initialStoichiometry: number;
  readonly cohesive: CohesiveLaw;
  readonly fatigue: FatigueLaw | null;
  readonly misfit: Misfit;
  /** m, [particle] */
  readonly radius: Float64Array;
  /** [particle] from electrochemical unknowns. */
  readonly meanStoichiometry: (x: Float64Array) => Float64Array;
}

/**
 * κ: share of the surroundings' compliance that a point feels by itself; the rest answers to the particle's mean traction.
 * And what sound tractions are over the closed form's. Calibrated on disks, three in a row and twenty at random
 * (`synchrode validate network-agreement`).
 */
export const LOCAL = 0.07;
export const GRIP = 1.03;

/** m, an opening that no interface is damaged by. */
const tiny = 1e-15;
const mostIterations = 200;
/** Share of the free misfit that may be left unbalanced. */
const settled = 1e-12;

/**
 * Tractions and openings around each particle, in balance with its surroundings,
 *   δ_q + κ_q t_q + γ_q t̄ = (1/K + κ_q) t°_q + γ_q t̄°,   t̄ = Σ w_q (1 − φ_q) t_q,
 * where a sound interface of stiffness K has t°_q = e_q/(C/T_q + 1/K): e_q the free misfit −ε g R, half of what neighbours add
 * taken from theirs, C the compliance of a lone particle's surroundings, T_q the traction over a lone particle's, less what
 * films between neighbours pulled before they let go at the other side (`films.ts`). Of T_q the share φ_q is by films, which
 * have their own compliance and share none: κ_q = C (κ (1 − φ_q) + φ_q/T_q), γ_q = C (1 − κ)(1 − φ_q). Points that let go hand
 * their load to the others through t̄, but not what a film pulled.
 */
export function detaching(points: NetworkPoints, spec: DetachmentSpec): Deform {
  const fresh = spec.eigenstrain.value(spec.initialStoichiometry);
  const displacement = new Float64Array(0);
  const at: TractionPoint = { normal: 0, shear: 0, normalSecant: 0, shearSecant: 0, damage: 0, softening: 0 };
  const each = 2 * points.each;
  spec.cohesive.traction(tiny, 0, 0, at);
  const ring = ringOf(points, each, at.normalSecant);
  const freeGap = new Float64Array(spec.radius.length);
  const compliance = spec.radius.map((r) => spec.misfit.compliance * r);
  const films = filmsOf(points, compliance, at.normalSecant);
  const law = interfaceLaw(spec.cohesive, spec.fatigue);
  return ({ start: from, h, x, damage, share }, contact) => {
    const mean = spec.meanStoichiometry(x);
    let worst = 0;
    const { start, particle, share: weight } = points.felt;
    films.weigh(spec.cohesive, damage, share);
    for (let k = 0; k < spec.radius.length; k++)
      freeGap[k] = (fresh - spec.eigenstrain.value(mean[k])) * spec.misfit.gain;
    for (let k = 0; k < spec.radius.length; k++) {
      let around = start[k] === start[k + 1] ? freeGap[k] : 0;
      for (let e = start[k]; e < start[k + 1]; e++) around += weight[e] * freeGap[particle[e]];
      const [r, own] = [spec.radius[k], freeGap[k]];
      const load = {
        free: own * r,
        around: around * r,
        compliance: compliance[k],
        held: films.heldAround(k),
        law,
        from: from.contact,
        over: { h, share },
      };
      const unbalanced = ring(k, load, contact);
      if (!(unbalanced <= settled)) {
        return { ok: false, reason: `no equilibrium around particle ${k + 1}`, residual: unbalanced };
      }
      worst = Math.max(worst, unbalanced);
    }
    return { ok: true, displacement, residual: worst, iterations: 0, factorings: 0 };
  };
}

interface Load {
  /** m, of the particle itself and the mean of its neighbours. */
  readonly free: number;
  readonly around: number;
  /** m/Pa */
  readonly compliance: number;
  /** Share of the films' pull that the neighbours hold. */
  readonly held: number;
  readonly law: InterfaceLaw;
  /** [point of the network] where the step starts from. */
  readonly from: Pick<ContactState, "normalGap" | "damage" | "level">;
  readonly over: Span;
}

/** The points of one particle, all [point of it]. */
interface Ring {
  /** Pa and Pa/m: the law as t = offset + stiffness δ where it was last asked. */
  readonly offset: Float64Array;
  readonly stiffness: Float64Array;
  /** t°_q, Pa. */
  readonly sound: Float64Array;
  /** m/Pa, κ_q and γ_q: of what a point feels by itself and what it shares; and its share of the area that shares. */
  readonly own: Float64Array;
  readonly common: Float64Array;
  readonly weight: Float64Array;
}

/**
 * Balances one particle, its law by tangents at points that gather damage under load and by secants where they open, until tractions
 * stay; returns what is left over the free misfit.
 */
function ringOf(
  points: NetworkPoints,
  each: number,
  stiffness: number,
): (k: number, load: Load, contact: ReachedContact) => number {
  const at = interfacePoint();
  const memory = { damage: 0, level: 0 };
  const columns = Array.from({ length: 6 }, () => new Float64Array(each));
  const [offset, slope, sound, own, common, weight] = columns;
  const ring: Ring = { offset, stiffness: slope, sound, own, common, weight };
  return (k, load, contact) => {
    const first = k * each;
    const soundMean = loadRing(ring, points, first, load, stiffness);
    const pull = (q: number): number => (1 / stiffness + own[q]) * sound[q] + common[q] * soundMean;
    const { free, compliance, from } = load;
    const pulled = (p: number, gap: number): void => {
      memory.damage = from.damage[p];
      memory.level = from.level[p];
      load.law.traction(gap, 0, memory, load.over, at);
    };
    for (let q = 0; q < each; q++) {
      const gap = from.normalGap[first + q];
      pulled(first + q, gap * free > 0 ? gap : free * 1e-9);
      offset[q] = 0;
      slope[q] = at.normalSecant;
    }
    let left = Number.POSITIVE_INFINITY;
    for (let iteration = 0; iteration < mostIterations && left > settled; iteration++) {
      const mean = meanTraction(ring, pull);
      left = 0;
      for (let q = 0; q < each; q++) {
        const p = first + q;
        const gap = (pull(q) - own[q] * offset[q] - common[q] * mean) / (1 + own[q] * slope[q]);
        pulled(p, gap);
        const missing = at.normal - offset[q] - slope[q] * gap;
        left = Math.max(left, free === 0 ? 0 : Math.abs((missing * compliance) / free));
        const soft = at.opened > memory.damage ? 0 : at.softening * Math.max(0, gap) * gap;
        slope[q] = at.normalSecant - soft;
        offset[q] = soft * gap;
        contact.normalGap[p] = gap;
        contact.shearGap[p] = 0;
        contact.normalTraction[p] = at.normal;
        contact.shearTraction[p] = 0;
        contact.damage[p] = at.damage;
        contact.level[p] = at.level;
        contact.opened[p] = at.opened;
      }
    }
    return left;
  };
}

/** Write compliances, shares and sound tractions of the points from `first` on; returns the mean of the tractions, Pa. */
function loadRing(
  { own, common, weight, sound }: Ring,
  points: NetworkPoints,
  first: number,
  { free, around, compliance, held }: Load,
  stiffness: number,
): number {
  let area = 0;
  for (let q = 0; q < own.length; q++) area += points.weight[first + q];
  let soundMean = 0;
  for (let q = 0; q < own.length; q++) {
    const gone = (1 - held) * points.film[first + q];
    const crowd = Math.max(0, points.crowd[first + q] - gone);
    const whole = Math.max(least, points.factor[first + q] - gone);
    const film = Math.max(0, (points.film[first + q] - gone) / whole);
    own[q] = compliance * (LOCAL * (1 - film) + film / whole);
    common[q] = compliance * (1 - LOCAL) * (1 - film);
    weight[q] = ((1 - film) * points.weight[first + q]) / area;
    sound[q] =
      (GRIP * (free + 0.5 * Math.min(1, crowd / whole) * (around - free))) / (compliance / whole + 1 / stiffness);
    soundMean += weight[q] * sound[q];
  }
  return soundMean;
}

/** t̄, Pa, with the stiffnesses at hand. */
function meanTraction({ weight, offset, stiffness, own, common }: Ring, pull: (q: number) => number): number {
  let [load, give] = [0, 1];
  for (let q = 0; q < own.length; q++) {
    const each = weight[q] / (1 + own[q] * stiffness[q]);
    load += each * (offset[q] + stiffness[q] * pull(q));
    give += each * common[q] * stiffness[q];
  }
  return load / give;
}
