/**
 * Open-circuit potential of LG M50 NMC811 against lithium, V: the fit of Chen et al., J. Electrochem. Soc. 167 (2020)
 * 080534, as given in PyBaMM's Chen2020 set; shared by the sets that reuse it.
 *
 *   U(s) = a s + b + Σ_k w_k tanh(g_k (s − m_k))
 */
import { square, tanh } from "../../elementary/elementary.js";
import { continuedPotential } from "../law/continuation.js";
import { closedForm } from "../law/stoichiometry-function.js";

const SLOPE = -0.809;
const OFFSET = 4.4875;
/** [weight V, steepness, centre] */
const STEPS = [
  [-0.0428, 18.5138, 0.5542],
  [-17.7326, 15.789, 0.3117],
  [17.5842, 15.9308, 0.312],
] as const;

/** Measured for s between 0.266 and 0.906; the formula falls strictly over all of 0–1. */
export const nmc811Potential = continuedPotential(closedForm(potential, slope, [0.266, 0.906]));

function potential(s: number): number {
  let u = SLOPE * s + OFFSET;
  for (const [weight, steepness, centre] of STEPS) u += weight * tanh(steepness * (s - centre));
  return u;
}

function slope(s: number): number {
  let d = SLOPE;
  for (const [weight, steepness, centre] of STEPS)
    d += weight * steepness * (1 - square(tanh(steepness * (s - centre))));
  return d;
}
