/**
 * NMC811 of the LG M50 cell with concentration-dependent diffusion: O'Regan et al. 2022. Values as in PyBaMM's parameter
 * set ORegan2022, at 298.15 K.
 *
 *   D(s)  = 2.7 · 10^(p(s)) m²/s,  p = p_0 + Σ_k a_k exp(−(s − b_k)²/w_k)
 *   i0(s) = 5.028 s^0.43 (1 − s)^0.57 A/m²
 */
import { exp, pow, square } from "../../elementary/elementary.js";
import { continuedExchange, continuedPositive } from "../law/continuation.js";
import { closedForm } from "../law/stoichiometry-function.js";
import type { ActiveMaterial } from "./active-material.js";
import { nmc811Potential } from "./nmc811-potential.js";

const EXPONENT = -13.96;
/** Correction of the measured diffusivity by the source. */
const CORRECTION = 2.7;
/** [height in decades, centre, width²] */
const DIPS = [
  [-0.9231, 0.3216, 0.002534],
  [-0.4066, 0.4532, 0.003926],
  [-0.993, 0.8098, 0.09924],
] as const;

const RATE = 5.028;
const CATHODIC = 0.43;
const ANODIC = 0.57;

function diffusivity(s: number): number {
  let exponent = EXPONENT;
  for (const [height, centre, width] of DIPS) exponent += height * exp(-square(s - centre) / width);
  return CORRECTION * pow(10, exponent);
}

function diffusivitySlope(s: number): number {
  let slope = 0;
  for (const [height, centre, width] of DIPS)
    slope -= ((2 * height * (s - centre)) / width) * exp(-square(s - centre) / width);
  return Math.LN10 * diffusivity(s) * slope;
}

function exchange(s: number): number {
  return RATE * pow(s, CATHODIC) * pow(1 - s, ANODIC);
}

function exchangeSlope(s: number): number {
  return exchange(s) * (CATHODIC / s - ANODIC / (1 - s));
}

export const oregan2022: ActiveMaterial = {
  name: "ORegan2022",
  chemistry: "LiNi0.8Mn0.1Co0.1O2",
  citation:
    "O'Regan, Brosa Planella, Widanage & Kendrick, Electrochim. Acta 425 (2022) 140700: " +
    "Thermal-electrochemical parameters of a high energy lithium-ion cylindrical battery",
  doi: "10.1016/j.electacta.2022.140700",
  maximumConcentration: 51765,
  openCircuitPotential: nmc811Potential,
  diffusivity: continuedPositive(closedForm(diffusivity, diffusivitySlope, [0.27, 0.91])),
  exchangeCurrent: continuedExchange(closedForm(exchange, exchangeSlope, [0, 1])),
  particleRadius: 5.22e-6,
  notes: [
    "The maximum concentration, 51765 mol/m³, is close to the crystal's 49 kmol/m³: preferred for NMC811.",
    "The diffusivity dips by a decade near s = 0.32 and near s = 0.8; a coarse time step overshoots there.",
    "Potential of Chen2020 (s from 0.266 to 0.906), used up to 4.4 V.",
    "Activation energies 12.0 kJ/mol (diffusivity) and 24.0 kJ/mol (exchange current); values here are at 298.15 K.",
  ],
};
