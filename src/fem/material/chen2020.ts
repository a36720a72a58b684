/** NMC811 of the LG M50 cell: Chen et al. 2020. Values as in PyBaMM's parameter set Chen2020, at 298.15 K. */
import { constant } from "../law/stoichiometry-function.js";
import type { ActiveMaterial } from "./active-material.js";
import { massActionExchange } from "./mass-action.js";
import { nmc811Potential } from "./nmc811-potential.js";

const maximumConcentration = 63104;

export const chen2020: ActiveMaterial = {
  name: "Chen2020",
  chemistry: "LiNi0.8Mn0.1Co0.1O2",
  citation:
    "Chen, Brosa Planella, O'Regan, Gastol, Widanage & Kendrick, J. Electrochem. Soc. 167 (2020) 080534: " +
    "Development of experimental techniques for parameterization of multi-scale lithium-ion battery models",
  doi: "10.1149/1945-7111/ab9050",
  maximumConcentration,
  openCircuitPotential: nmc811Potential,
  diffusivity: constant(4e-15),
  exchangeCurrent: massActionExchange(3.42e-6, maximumConcentration),
  particleRadius: 5.22e-6,
  notes: [
    "The maximum concentration, 63104 mol/m³, is fitted; the crystal has 48.8–49.1 kmol/m³ of sites. Taking the " +
      "diffusivity or exchange current of another set together with it shifts stoichiometry and capacity.",
    "With D = 4e-15 m²/s and R = 5 µm the surface runs 0.36 in s ahead of the mean at 5C: a 5C charge ends early.",
    "Potential measured for s from 0.266 to 0.906; 2.5–4.2 V full cell. Fully charged is s = 0.27.",
    "Activation energy of the exchange current 17.8 kJ/mol; values here are at 298.15 K.",
  ],
};
