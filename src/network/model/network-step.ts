import type { ReactionStep } from "../../fem/model/attempt.js";
import type { Control } from "../../fem/model/electrochemistry.js";
import type { Lithium } from "./lithium-response.js";
import type { ModeSolver } from "./mode-solver.js";
import type { NetworkUnknowns } from "./network-unknowns.js";
import type { PointCurrents } from "./point-currents.js";
import type { NetworkPoints } from "./surface-points.js";

/** A step as the network solves it; valid until the next one is made. */
export interface NetworkStep {
  readonly control: Control;
  /** 1/s */
  readonly a0: number;
  /** `[unknown of s]` what earlier states leave: M (a₁ sⁿ + a₂ sⁿ⁻¹), A, of the modes; τ (a₁ lⁿ + a₂ lⁿ⁻¹) of the points. */
  readonly past: Float64Array;
  /** A, [particle] its volume's share of the current scale: what its currents are measured against. */
  readonly size: Float64Array;
  /** A, [particle] what its rows of lithium are measured against. */
  readonly scale: Float64Array;
  /** A, by how much the whole current may stray. */
  readonly allowed: number;
}

/** What stays from step to step. */
export interface StepParts {
  readonly unknownsOf: NetworkUnknowns;
  readonly points: NetworkPoints;
  readonly lithium: Lithium;
  readonly solver: ModeSolver;
  readonly law: Pick<PointCurrents, "take">;
  /** [particle] of the volume of all. */
  readonly shareOfVolume: Float64Array;
  /** A, what residuals are measured against. */
  readonly currentScale: number;
  /** C, of all lithium at s = 1. */
  readonly whole: number;
}

/** What rounding leaves of a row of lithium is some 1e-16 of its terms; measured against this share of them it is small. */
const resolvable = 2e-6;

/** Shares of the largest current, and of all lithium in a step, that the current may stray by. */
const astrayCurrent = 1e-10;
const astrayLithium = 2e-12;

/** Makes steps; the modes are factored anew where a₀ is another. */
export function networkStepping(parts: StepParts): (step: ReactionStep) => NetworkStep {
  const { unknownsOf, points, lithium, solver, law, currentScale, whole } = parts;
  const { particles, difference, local, lithiumCount } = unknownsOf;
  const { mean, spread, deviation } = lithium;
  const [past, before] = [new Float64Array(lithiumCount), new Float64Array(lithiumCount)];
  const size = parts.shareOfVolume.map((share) => currentScale * share);
  const scale = new Float64Array(particles);
  let factored = Number.NaN;
  return ({ start, formula: { a0, a1, a2 }, control }) => {
    if (a0 !== factored) {
      for (const mode of [mean, spread]) mode.factor(a0);
      solver.take();
      const terms = mean.terms();
      for (let k = 0; k < particles; k++) scale[k] = size[k] + resolvable * terms[k];
      law.take(a0);
      factored = a0;
    }
    const [s0, s1] = start.lithium.states;
    for (let i = 0; i < lithiumCount; i++) before[i] = a1 * s0[i] + a2 * s1[i];
    mean.store(before.subarray(0, difference), past.subarray(0, difference));
    spread.store(before.subarray(difference, local), past.subarray(difference, local));
    for (let p = 0; p < points.count; p++) past[local + p] = deviation.delay[points.particle[p]] * before[local + p];
    const allowed = Math.min(astrayCurrent * currentScale, astrayLithium * a0 * whole);
    return { control, a0, past, size, scale, allowed };
  };
}
