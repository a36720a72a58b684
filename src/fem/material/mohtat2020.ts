/** NMC532 of a graphite pouch cell: Mohtat et al. 2020. Values as in PyBaMM's parameter set Mohtat2020, at 298.15 K. */
import { constant } from "../law/stoichiometry-function.js";
import type { ActiveMaterial } from "./active-material.js";
import { massActionExchange } from "./mass-action.js";
import { nmc532Potential } from "./nmc532-potential.js";

const maximumConcentration = 35380;

export const mohtat2020: ActiveMaterial = {
  name: "Mohtat2020",
  chemistry: "LiNi0.5Mn0.3Co0.2O2",
  citation:
    "Mohtat, Lee, Sulzer, Siegel & Stefanopoulou, J. Electrochem. Soc. 167 (2020) 110561: " +
    "Differential expansion and voltage model for Li-ion batteries at practical charging rates",
  doi: "10.1149/1945-7111/aba5d1",
  maximumConcentration,
  openCircuitPotential: nmc532Potential,
  diffusivity: constant(8e-15),
  exchangeCurrent: massActionExchange(4.824e-6, maximumConcentration),
  particleRadius: 3.5e-6,
  notes: [
    "The maximum concentration, 35380 mol/m³, is fitted to the cell and well below the crystal's 49 kmol/m³.",
    "Window 2.8–4.2 V; the potential drops steeply above s = 0.95.",
    "Activation energies 18.55 kJ/mol (diffusivity) and 39.57 kJ/mol (exchange current); values are at 298.15 K.",
  ],
};
