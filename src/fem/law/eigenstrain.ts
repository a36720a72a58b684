/**
 * Isotropic linear eigenstrain ε*(s) by which the free lattice changes with its lithium; only differences matter.
 * Each law is finite and C¹ for every s.
 *
 *   s     –        stoichiometry c/c_max
 *   Ω     m³/mol   partial molar volume of lithium in the host
 *   ε*    –        linear strain, a third of the volume strain
 */
import { square } from "../../elementary/elementary.js";
import type { EigenstrainLaw } from "./law.js";
import { table } from "./stoichiometry-function.js";

/** Half width in s of the rounded corner of the two-slope law, at most. */
const CORNER = 0.02;

/**
 * Vegard's law ε* = Ω c_max s / 3.
 *
 * @param partialMolarVolume m³/mol; for NMC811 1.5e-6 to 1.9e-6 (5–6 % volume over Δs = 0.63 at c_max 51765 mol/m³)
 * @param maximumConcentration mol/m³
 */
export function linearEigenstrain(partialMolarVolume: number, maximumConcentration: number): EigenstrainLaw {
  const slope = (partialMolarVolume * maximumConcentration) / 3;
  if (!Number.isFinite(slope))
    throw new RangeError(
      `linear eigenstrain: found Ω = ${partialMolarVolume} m³/mol and c_max = ${maximumConcentration} mol/m³; ` +
        "both must be finite.",
    );
  return { value: (s) => slope * s, derivative: () => slope, validity: [0, 1] };
}

/** The choice of a scenario file: volume strain lost from `start` down to `knee` and from `knee` down to `end`. */
export interface TwoSlopeEigenstrain {
  readonly start: number;
  readonly knee: number;
  readonly end: number;
  readonly volumeAbove: number;
  readonly volumeBelow: number;
}

/**
 * Two straight pieces that meet at the knee, ε*(start) = 0, with a parabola over ±0.02 (at most a quarter of either
 * piece) in place of the corner; the losses over start→knee→end add up exactly. Continued straight outside.
 *
 * Shape: layered oxides of any nickel content collapse below about 40 % lithium, Jousseaume et al., Energy Environ.
 * Sci. (2024), 10.1039/D3EE04115H. Throws RangeError unless 1 ≥ start > knee > end ≥ 0.
 */
export function twoSlopeEigenstrain(choice: TwoSlopeEigenstrain): EigenstrainLaw {
  const { start, knee, end, volumeAbove, volumeBelow } = choice;
  if (!(start <= 1 && start > knee && knee > end && end >= 0))
    throw new RangeError(
      `two-slope eigenstrain: found start ${start}, knee ${knee}, end ${end}; they must fall, between 1 and 0.`,
    );
  if (!Number.isFinite(volumeAbove) || !Number.isFinite(volumeBelow))
    throw new RangeError(`two-slope eigenstrain: found losses ${volumeAbove} and ${volumeBelow}; give finite numbers.`);
  const above = volumeAbove / (3 * (start - knee));
  const below = volumeBelow / (3 * (knee - end));
  const half = Math.min(CORNER, (start - knee) / 4, (knee - end) / 4);
  const atKnee = -volumeAbove / 3;
  return {
    value: (s) => {
      const x = s - knee;
      if (x >= half) return atKnee + above * x;
      if (x <= -half) return atKnee + below * x;
      return atKnee + (above * square(x + half) - below * square(x - half)) / (4 * half);
    },
    derivative: (s) => {
      const x = s - knee;
      if (x >= half) return above;
      if (x <= -half) return below;
      return (above * (x + half) - below * (x - half)) / (2 * half);
    },
    validity: [end, start],
  };
}

/** Linear strain against stoichiometry through the points, monotone between them; see `table`. */
export function tabledEigenstrain(
  points: readonly (readonly [stoichiometry: number, strain: number])[],
): EigenstrainLaw {
  return table(points);
}
