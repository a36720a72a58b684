/** NMC532 against lithium metal: Xu et al. 2019. Values as in PyBaMM's parameter set Xu2019, at 298.15 K. */
import { FARADAY } from "../law/faraday.js";
import { constant } from "../law/stoichiometry-function.js";
import type { ActiveMaterial } from "./active-material.js";
import { massActionExchange } from "./mass-action.js";
import { nmc532Potential } from "./nmc532-potential.js";

const maximumConcentration = 48230;

export const xu2019: ActiveMaterial = {
  name: "Xu2019",
  chemistry: "LiNi0.5Mn0.3Co0.2O2",
  citation:
    "Xu, Chen, Dasgupta, Siegel & Stefanopoulou, J. Electrochem. Soc. 166 (2019) A3456–A3463: Evolution of dead " +
    "lithium growth in lithium metal batteries: experimentally validated model of the apparent capacity loss",
  doi: "10.1149/2.0991914jes",
  maximumConcentration,
  openCircuitPotential: nmc532Potential,
  diffusivity: constant(1e-14),
  exchangeCurrent: massActionExchange(5.76e-11 * FARADAY, maximumConcentration),
  particleRadius: 5.3e-6,
  notes: [
    "The potential is that of Mohtat2020, put in place of the paper's own polynomial, which holds for s from 0.25 to " +
      "0.95 only.",
    "The unit of the rate constant in the paper is inconsistent; 5.76e-11 m^2.5/(mol^0.5 s) times F is how PyBaMM reads it.",
    "Half cell against lithium, 3.5–4.2 V.",
  ],
};
