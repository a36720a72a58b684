import type { ContactPoints } from "../assembly/contact-points.js";
import { accumulate } from "../law/fatigue/fatigue.js";
import type { FatigueLaw } from "../law/law.js";
import type { NewtonOutcome } from "../nonlinear/kept-newton.js";
import { type Bdf, bdf, degrees, extrapolate, type History, localError } from "../time/bdf.js";
import { type ContactState, type ReachedContact, reachedContact } from "./contact-state.js";
import type { ElectrochemicalUnknowns } from "./electrochemical-unknowns.js";
import type { Control } from "./electrochemistry.js";

/** The parts of a cathode that take a step together. */
export interface Parts {
  readonly points: Pick<ContactPoints, "count">;
  readonly electrochemistry: Reacting;
  readonly deform: Deform;
  readonly fatigue: FatigueLaw | null;
  readonly method: "euler" | "bdf2";
  /** s, how long the static law takes to follow an opening; keeps sudden debonding solvable. */
  readonly relaxation: number;
  /** Local error allowed in s and, as the open-circuit potential spans about a volt, in V. */
  readonly tolerance: number;
}

/** The electrochemistry as a step sees it, whatever its bulk. */
export interface Reacting {
  readonly unknowns: number;
  readonly unknownsOf: Pick<ElectrochemicalUnknowns, "lithiumCount" | "pointLithium" | "voltage">;
  /** `[point]` i, A/m² of the latest solution. */
  readonly reaction: { readonly current: Float64Array };
  /** Solve for the unknowns at the end of a step: x holds a guess and takes the solution. */
  react(step: ReactionStep, x: Float64Array): NewtonOutcome;
  /** Drop kept factors. */
  forget(): void;
}

/** What a step of the electrochemistry is given. */
export interface ReactionStep {
  readonly start: Start;
  readonly formula: Bdf;
  readonly control: Control;
  /** `[point]` D foreseen at its end. */
  readonly damage: Float64Array;
}

/** What a step does to the solid, from its lithium and the damage foreseen. */
export interface Deformation {
  readonly start: Start;
  /** s */
  readonly h: number;
  /** Electrochemical unknowns at the end of the step. */
  readonly x: Float64Array;
  /** `[point]` */
  readonly damage: Float64Array;
  /** Share of the damage asked for that the static law lets through. */
  readonly share: number;
}

/** Write gaps, tractions, their level and damage into the contact state; `displacement` is what its history keeps. */
export type Deform = (
  step: Deformation,
  contact: ReachedContact,
) =>
  | {
      readonly ok: true;
      readonly displacement: Float64Array;
      /** Unbalanced force over the interface's forces. */
      readonly residual: number;
      readonly iterations: number;
      readonly factorings: number;
    }
  | { readonly ok: false; readonly reason: string; readonly residual: number };

/** Where a step starts from: all that a solution may depend on, besides factors and other room to work in. */
export interface Start {
  readonly lithium: History;
  readonly displacement: History;
  /** `[point]` t̂ */
  readonly levels: History;
  readonly contact: ContactState;
  /** When the instruction began: D `[point]`, and the reacting area that cracks made `[particle]`, null where nothing cracks. */
  readonly begun: { readonly damage: Float64Array; readonly area: Float64Array | null };
  /** `[node]` Pa, σ̃ that drives the diffusion of the next step (`StressDrift`); null where none does. */
  readonly stress: Float64Array | null;
}

/** A step that has been solved but not yet accepted; its arrays are the attempts' own, written over by the next. */
export type Trial =
  | {
      readonly ok: true;
      readonly order: 1 | 2;
      /** Error over what is allowed; null while the history is too short. */
      readonly error: number | null;
      /** Largest growth of damage at a point by the static law. */
      readonly jump: number;
      readonly x: Float64Array;
      readonly displacement: Float64Array;
      readonly contact: ContactState;
      /** Unbalanced force over the interface's forces. */
      readonly imbalance: number;
      readonly iterations: readonly [electrochemical: number, mechanical: number];
      readonly factorings: readonly [electrochemical: number, mechanical: number];
    }
  | { readonly ok: false; readonly reason: string; readonly residual: number };

/**
 * Solve one step of h s: electrochemistry with the damage foreseen, then mechanics with the damage that its tractions lead to. Loads
 * are foreseen by the parabola through the latest ones, so that one pass keeps the order of the formula. A step whose error is too
 * large goes no further than what tells it.
 */
export function attempts(parts: Parts): (start: Start, h: number, control: Control) => Trial {
  const { electrochemistry, points } = parts;
  const x = new Float64Array(electrochemistry.unknowns);
  const foreseen = new Float64Array(points.count);
  const contact = reachedContact(points);
  const { lithiumCount, pointLithium } = electrochemistry.unknownsOf;
  const surface = Int32Array.from(new Set(pointLithium));
  const everywhere = Int32Array.from({ length: lithiumCount }, (_, i) => i);

  return (start, h, control) => {
    const formula = bdf(parts.method, h, start.lithium.steps[0] ?? null);
    foresee(parts.fatigue, start, h, { x, lithiumCount, damage: foreseen });
    const reacted = electrochemistry.react({ start, formula, control, damage: foreseen }, x);
    if (!reacted.ok) return { ok: false, reason: `electrochemistry: ${reacted.reason}`, residual: reacted.residual };
    // Under load lithium moves most at the surface; at rest, or held by a steep potential, the surface hardly moves.
    const driven = "current" in control && control.current !== 0;
    const error = stepError(parts, driven ? surface : everywhere, start, x, h, formula.order);
    if (error !== null && error > 1)
      return { ok: false, reason: `the local error is ${error.toPrecision(3)} times the tolerance`, residual: 0 };
    const deformed = parts.deform({ start, h, x, damage: foreseen, share: followed(parts, h) }, contact);
    if (!deformed.ok) return { ok: false, reason: `mechanics: ${deformed.reason}`, residual: deformed.residual };
    contact.current.set(electrochemistry.reaction.current);
    const { jump, missed } = compareDamage(start.contact, contact, foreseen);
    if (missed > parts.tolerance)
      return { ok: false, reason: `damage was foreseen wrongly by ${missed.toPrecision(3)}`, residual: 0 };
    return {
      ok: true,
      order: formula.order,
      error: error === null ? null : Math.max(error, missed / parts.tolerance),
      jump,
      x,
      displacement: deformed.displacement,
      contact,
      imbalance: deformed.residual,
      iterations: [reacted.iterations, deformed.iterations],
      factorings: [reacted.factorings, deformed.factorings],
    };
  };
}

/** Degree that loads are foreseen with, above the order of the formulas: what is foreseen then adds nothing to their error. */
const bent = 2;

/** Write unknowns and damage as their histories have them at the end of the step. */
function foresee(
  fatigue: FatigueLaw | null,
  { lithium, levels, contact }: Start,
  h: number,
  {
    x,
    lithiumCount,
    damage,
  }: { readonly x: Float64Array; readonly lithiumCount: number; readonly damage: Float64Array },
): void {
  extrapolate(levels, h, Math.min(levels.age, bent), damage, [0, damage.length]);
  for (let p = 0; p < damage.length; p++) {
    const level = contact.level[p];
    const growth = fatigue?.growth(level, fatigue.foreseen(level, (damage[p] - level) / h, h), h) ?? 0;
    damage[p] = accumulate(contact.damage[p], growth);
  }
  const degree = degrees(lithium);
  extrapolate(lithium, h, degree.differential, x, [0, lithiumCount]);
  extrapolate(lithium, h, degree.algebraic, x, [lithiumCount, x.length]);
}

/** Share of the damage asked for that a step of h lets through: implicit Euler for dD/dt = (D_s − D)/relaxation. */
function followed(parts: Pick<Parts, "relaxation">, h: number): number {
  return h / (h + parts.relaxation);
}

/**
 * The largest growth of damage by opening, and by how much that by fatigue was foreseen wrongly at most: the reaction has felt it, so
 * that it counts among the errors of a step.
 */
function compareDamage(
  before: ContactState,
  { damage, opened }: ReachedContact,
  foreseen: Float64Array,
): { readonly jump: number; readonly missed: number } {
  let [jump, missed] = [0, 0];
  for (let p = 0; p < damage.length; p++) {
    const old = before.damage[p];
    jump = Math.max(jump, opened[p] - old);
    const byFatigue = opened[p] < 1 ? 1 - ((1 - old) * (1 - damage[p])) / (1 - opened[p]) : old;
    missed = Math.max(missed, Math.abs(byFatigue - foreseen[p]));
  }
  return { jump, missed };
}

/** Of the unknowns of s `chosen`, and of the potential of the collector. */
function stepError(
  parts: Parts,
  chosen: Int32Array,
  start: Start,
  x: Float64Array,
  h: number,
  order: 1 | 2,
): number | null {
  const { voltage } = parts.electrochemistry.unknownsOf;
  const lithium = localError(start.lithium, x, h, order, chosen, "differential");
  const potential = localError(start.lithium, x, h, order, Int32Array.of(voltage), "algebraic");
  if (lithium === null || potential === null) return null;
  return Math.max(lithium, potential) / parts.tolerance;
}
