/**
 * Open-circuit potential of NMC532 against lithium, V, the fit of Mohtat et al., J. Electrochem. Soc. 167 (2020) 110561,
 * as given in PyBaMM's Mohtat2020 set, which its Xu2019 set reuses.
 *
 *   U(s) = Σ_k p_k s^k − A exp(g s − h)
 */
import { exp } from "../../elementary/elementary.js";
import { continuedPotential } from "../law/continuation.js";
import { closedForm } from "../law/stoichiometry-function.js";

const POLYNOMIAL = [4.3452, -1.6518, 1.6225, -2.0843, 3.5146, -2.2166] as const;
const KNEE = { weight: 0.5623e-4, steepness: 109.451, shift: 100.006 } as const;

/** From 4.19 V down to 3.24 V, in the middle of the final drop. */
export const nmc532Potential = continuedPotential(closedForm(potential, slope, [0.1, 0.99]));

function potential(s: number): number {
  const polynomial = POLYNOMIAL.reduceRight((sum, coefficient) => sum * s + coefficient, 0);
  return polynomial - KNEE.weight * exp(KNEE.steepness * s - KNEE.shift);
}

function slope(s: number): number {
  let sum = 0;
  for (let k = POLYNOMIAL.length - 1; k >= 1; k--) sum = sum * s + k * POLYNOMIAL[k];
  return sum - KNEE.weight * KNEE.steepness * exp(KNEE.steepness * s - KNEE.shift);
}
