import { exp, log } from "../../elementary/elementary.js";
import { crossing } from "../time/root.js";
import { accumulate, MOST_FATIGUE_DAMAGE } from "./fatigue/fatigue.js";
import type { CohesiveLaw, FatigueLaw, TractionPoint } from "./law.js";

/** Where a point's damage stands as a step begins. */
export interface Memory {
  /** D, and t̂ of the latest tractions. */
  readonly damage: number;
  readonly level: number;
}

/** A step as the interface sees it: its length in s, and the share of damage by opening that it lets through. */
export interface Span {
  readonly h: number;
  readonly share: number;
}

/** What an opening leads to. */
export interface InterfacePoint extends TractionPoint {
  /** t̂ of the tractions. */
  level: number;
  /** Damage by opening alone, between that of before and `damage`. */
  opened: number;
}

/**
 * Damage by opening and by fatigue over a step, both implicit in the tractions. After the opening damage is D_o, and the level of
 * the tractions t̂_o; with fatigue tractions and level are those times e^{−z}, where z is the growth of Λ = −ln(1 − D) by it,
 *
 *   z = ΔΛ(t̂⁰, e^{−z} t̂_o),   D = 1 − (1 − D_o) e^{−z},
 *
 * which has one root, for ΔΛ grows with the level. So nothing is balanced with one damage and kept with another.
 */
export interface InterfaceLaw {
  /** Gaps as in `CohesiveLaw`. */
  traction(normalGap: number, shearGap: number, from: Memory, over: Span, out: InterfacePoint): void;
}

/** Share of the growth in which it is found: far below what equilibrium is solved to. */
const resolved = 1e-13;

/** A place to write what an opening leads to. */
export function interfacePoint(): InterfacePoint {
  return { normal: 0, shear: 0, normalSecant: 0, shearSecant: 0, damage: 0, softening: 0, level: 0, opened: 0 };
}

/** The law of an interface whose damage also gathers under load, or does not (null). */
export function interfaceLaw(cohesive: CohesiveLaw, fatigue: FatigueLaw | null): InterfaceLaw {
  return {
    traction: (normalGap, shearGap, from, over, out) => {
      cohesive.traction(normalGap, shearGap, from.damage, out, over.share);
      out.opened = out.damage;
      out.level = 0;
      if (fatigue === null) return;
      const level = fatigue.level(out.normal, out.shear);
      const grown = growthOf(fatigue, from.level, level, over.h, mostGrowth(out.opened));
      out.level = exp(-grown) * level;
      if (grown === 0) return;
      const opening = Math.max(0, normalGap);
      const square = opening * opening + shearGap * shearGap;
      const slope = growthSlope(fatigue, from.level, out.level, over.h) * out.level;
      weaken(out, grown, square > 0 ? slope / ((1 + slope) * square) : 0);
    },
  };
}

/** ΔΛ after which fatigue goes no further. */
function mostGrowth(damage: number): number {
  return damage < MOST_FATIGUE_DAMAGE ? log((1 - damage) / (1 - MOST_FATIGUE_DAMAGE)) : 0;
}

/** z, from the level that the point would have without growing. */
function growthOf(fatigue: FatigueLaw, from: number, level: number, h: number, most: number): number {
  const growth = fatigue.growth(from, level, h);
  if (growth === 0 || most === 0) return 0;
  const excess = (z: number): number => z - fatigue.growth(from, exp(-z) * level, h);
  const b = Math.min(growth, most);
  const fb = excess(b);
  return fb < 0 ? b : crossing(excess, { a: 0, fa: -growth, b, fb }, resolved * b);
}

/** ∂ΔΛ/∂t̂ at the level reached. */
function growthSlope(fatigue: FatigueLaw, from: number, to: number, h: number): number {
  const step = 1e-6 * to;
  return (fatigue.growth(from, to + step, h) - fatigue.growth(from, to - step, h)) / (2 * step);
}

/** Tractions and stiffnesses after damage has grown; `slope` is ∂z/∂|g| over |g|, 1/m². */
function weaken(out: InterfacePoint, grown: number, slope: number): void {
  out.damage = accumulate(out.opened, grown);
  const left = (1 - out.damage) / (1 - out.opened);
  out.softening = left * (out.softening + slope * out.shearSecant);
  if (out.normal > 0) {
    out.normal *= left;
    out.normalSecant *= left;
  }
  out.shear *= left;
  out.shearSecant *= left;
}
