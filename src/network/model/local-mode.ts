import { square } from "../../elementary/elementary.js";
import { FARADAY } from "../../fem/law/faraday.js";
import type { NetworkPoints } from "./surface-points.js";

/**
 * How far the surface stoichiometry of a point deviates from its patch's mean when more or less than the mean current leaves
 * there: the second harmonic around the particle, since neighbours pull on opposite sides,
 *   τ l̇ + l = −G (i − ī),   G = R/(2 F c_max D),   τ = R²/(D ζ²)
 * with the steady answer of s ∝ r² to a flux (G) and the slowest eigenvalue ζ of that harmonic in a disk (J₂′ = 0) or a ball
 * (j₂′ = 0).
 */
export interface LocalMode {
  /** [particle] s */
  readonly delay: Float64Array;
  /** [particle] m²/A */
  readonly gain: Float64Array;
}

const eigenvalue: Readonly<Record<2 | 3, number>> = { 2: 3.0542369, 3: 3.3420937 };

export function localMode(
  dimension: 2 | 3,
  radius: Float64Array,
  spec: { readonly maximumConcentration: number; readonly diffusivity: number },
): LocalMode {
  const { maximumConcentration, diffusivity } = spec;
  return {
    delay: radius.map((r) => (r * r) / (diffusivity * square(eigenvalue[dimension]))),
    gain: radius.map((r) => r / (2 * FARADAY * maximumConcentration * diffusivity)),
  };
}

/** `out` [particle] m²/A: by how much l falls within a step of 1/a₀ for each A/m² above the mean, β = G/(1 + τ a₀). */
export function localAnswer({ delay, gain }: LocalMode, a0: number, out: Float64Array): void {
  for (let k = 0; k < out.length; k++) out[k] = gain[k] / (1 + delay[k] * a0);
}

/** Mean of the points of a patch, which all have the same weight. */
export function patchMean({ each }: NetworkPoints, patch: number, value: Float64Array): number {
  let sum = 0;
  for (let p = patch * each; p < (patch + 1) * each; p++) sum += value[p];
  return sum / each;
}
