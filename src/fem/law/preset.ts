/**
 * Named interface laws for the three-particle cathode, in the shapes of a scenario file.
 *
 * All numbers are modelling choices (no cohesive strength of NMC against carbon/binder is published); the toughness lies
 * near the 0.26–0.55 J/m² measured for PVdF on silicon. Both need film feedback to bring the particles into step.
 */
import type { CohesiveParameters } from "./cohesive.js";
import type { FatigueParameters } from "./fatigue.js";

export interface InterfacePreset {
  readonly name: string;
  /** What the law does, in one sentence. */
  readonly summary: string;
  /** Pa/m */
  readonly stiffness: number;
  /** Null leaves damage to fatigue. */
  readonly cohesive: Omit<CohesiveParameters, "stiffness"> | null;
  readonly fatigue: FatigueParameters;
  readonly feedback: { readonly kind: "film"; readonly resistance: number; readonly initial: number };
}

/** 4 μ ε* of the full window for a sphere in an infinite binder: μ = 2 GPa/2.6, ε* = 2 %. */
const SPHERE_REFERENCE = 61.5e6;

/** C*: strength at the misfit traction of the first charge, so that over-used particles debond late in it. */
export const cascade: InterfacePreset = {
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
  fatigue: { rate: 4, exponent: 2, threshold: 0.3, referenceTraction: SPHERE_REFERENCE, shearWeight: 1 },
  feedback: { kind: "film", resistance: 0.01, initial: 0 },
};

/** P*: static damage off, thresholded fatigue alone. */
export const cyclic: InterfacePreset = {
  name: "P*",
  summary: "Damage gathers over tens of cycles; its spread rises, then falls as the feedback evens out the use.",
  stiffness: 1e16,
  cohesive: null,
  fatigue: { rate: 2, exponent: 2, threshold: 0.3, referenceTraction: SPHERE_REFERENCE, shearWeight: 1 },
  feedback: { kind: "film", resistance: 0.05, initial: 0 },
};

/** By name. */
export const interfacePresets: Readonly<Record<string, InterfacePreset>> = { "C*": cascade, "P*": cyclic };
