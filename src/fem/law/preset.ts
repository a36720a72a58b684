/**
 * Named interface laws for the three-particle cathode, in the shapes of a scenario file.
 *
 * All numbers are modelling choices (no cohesive strength of NMC against carbon/binder is published); the toughness lies
 * near the 0.26–0.55 J/m² measured for PVdF on silicon. Both need film feedback to bring the particles into step.
 */
import type { Bilinear } from "./cohesive/bilinear.js";
import type { CyclesFatigue } from "./fatigue/cycles.js";
import type { FeedbackChoice } from "./feedback/feedbacks.js";

export const presetNames = ["C*", "P*"] as const;

export type PresetName = (typeof presetNames)[number];

export interface InterfacePreset {
  readonly name: PresetName;
  /** What the law does, in one sentence. */
  readonly summary: string;
  /** Pa/m */
  readonly stiffness: number;
  /** Null leaves damage to fatigue. */
  readonly cohesive: Bilinear | null;
  readonly fatigue: CyclesFatigue;
  readonly feedback: Extract<FeedbackChoice, { kind: "film" }>;
}

/** Pa, near the traction on a sphere at the end of its first charge to 4.3 V. */
const REFERENCE = 35e6;

/** C*: strength at the misfit traction of the first charge, so that over-used particles debond late in it. */
export const cascade: InterfacePreset & { readonly name: "C*"; readonly cohesive: Bilinear } = {
  name: "C*",
  summary: "Over-used particles debond late in the first charge and shed their load on the others in a few cycles.",
  stiffness: 1e16,
  cohesive: {
    normalStrength: 30e6,
    shearStrength: 30e6,
    normalToughness: 1.5,
    shearToughness: 1.5,
    mixedMode: { kind: "benzeggagh-kenane", exponent: 2 },
  },
  fatigue: { perLoading: 2, exponent: 3, threshold: 0.1, referenceTraction: REFERENCE, shearWeight: 1 },
  feedback: { kind: "film", resistance: 0.01, initial: 0 },
};

/** P*: static damage off, thresholded fatigue alone; that fatigue is also what a scenario has that names none. */
export const cyclic: InterfacePreset = {
  name: "P*",
  summary: "Damage gathers over tens of cycles; its spread rises, then falls as the feedback evens out the use.",
  stiffness: 1e16,
  cohesive: null,
  fatigue: { perLoading: 1, exponent: 3, threshold: 0.1, referenceTraction: REFERENCE, shearWeight: 1 },
  feedback: { kind: "film", resistance: 0.05, initial: 0 },
};

/** By name. */
export const interfacePresets: Readonly<Record<PresetName, InterfacePreset>> = { "C*": cascade, "P*": cyclic };
