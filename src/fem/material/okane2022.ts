/** NMC811 of the LG M50 cell as in the degradation study of O'Kane et al. 2022; PyBaMM's set OKane2022, at 298.15 K. */
import type { ActiveMaterial } from "./active-material.js";
import { chen2020 } from "./chen2020.js";

export const okane2022: ActiveMaterial = {
  name: "OKane2022",
  chemistry: chen2020.chemistry,
  citation:
    "O'Kane, Ai, Madabattula, Alonso-Alvarez, Timms, Sulzer, Edge, Wu, Offer & Marinescu, " +
    "Phys. Chem. Chem. Phys. 24 (2022) 7909–7922: Lithium-ion battery degradation: how to model it",
  doi: "10.1039/D2CP00417H",
  maximumConcentration: chen2020.maximumConcentration,
  openCircuitPotential: chen2020.openCircuitPotential,
  diffusivity: chen2020.diffusivity,
  exchangeCurrent: chen2020.exchangeCurrent,
  particleRadius: chen2020.particleRadius,
  notes: [
    "Electrochemistry of the positive electrode at 298.15 K is that of Chen2020, its notes apply; the diffusivity's " +
      "activation energy is 25 kJ/mol here.",
    "The mechanical numbers published with the set (partial molar volume 1.25e-5 m³/mol, Young's modulus 375 GPa) are " +
      "placeholders from other materials: they mean a volume change of 79 %. Use 1.5e-6 to 1.9e-6 m³/mol and 140 GPa.",
  ],
};
