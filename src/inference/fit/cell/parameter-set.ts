import type { StoichiometryFunction } from "../../../fem/law/law.js";
import { closedForm } from "../../../fem/law/stoichiometry-function.js";
import { nmc811Potential } from "../../../fem/material/nmc811-potential.js";

/** One electrode, all its particles alike. SI units, at 298.15 K. */
export interface ElectrodeParameters {
  /** m */
  readonly thickness: number;
  /** Share of the volume that is active material, and that is electrolyte. */
  readonly activeFraction: number;
  readonly porosity: number;
  /** m */
  readonly radius: number;
  /** mol/m³ */
  readonly maximumConcentration: number;
  readonly initialStoichiometry: number;
  /** m²/s, at s = ½. */
  readonly diffusivity: number;
  /** By which it is multiplied at a stoichiometry; 1 at s = ½. */
  readonly diffusivityShape: (s: number) => number;
  /** A/m²: i0 = 2 i_ref √(c_e/1000 mol/m³) √(s(1 − s)), so at s = ½ and a salt of 1000 mol/m³. */
  readonly exchangeCurrent: number;
  /** J/mol, of the diffusivity and of the exchange current. */
  readonly diffusionEnergy: number;
  readonly kineticEnergy: number;
  /** S/m, effective. */
  readonly conductivity: number;
  /** V against lithium. */
  readonly potential: StoichiometryFunction;
}

/** A cell of two electrodes and a separator. */
export interface CellParameters {
  readonly negative: ElectrodeParameters;
  readonly positive: ElectrodeParameters;
  /** m², of one side of an electrode, all of it. */
  readonly area: number;
  readonly separator: { readonly thickness: number; readonly porosity: number };
  /** Exponent of the porosity in effective transport. */
  readonly bruggeman: number;
  readonly electrolyte: {
    /** mol/m³ */
    readonly concentration: number;
    readonly transference: number;
    /** J/mol, of diffusion and conduction alike. */
    readonly energy: number;
    /** m²/s and S/m at a concentration in mol/m³. */
    readonly diffusivity: (concentration: number) => number;
    readonly conductivity: (concentration: number) => number;
  };
  /** V, between which the cell is used: a discharge ends at the lower, a charge at the upper. */
  readonly window: readonly [lower: number, upper: number];
  /** Ω, of contacts and films. */
  readonly resistance: number;
  /** J/mol, by which it falls as the cell warms. */
  readonly resistanceEnergy: number;
}

/**
 * Graphite of the LG M50 against lithium, V, by its source:
 *   U(x) = 1.9793 e^(−39.3631 x) + 0.2482 − Σ_k w_k tanh(g_k (x − m_k))
 */
const waves = [
  [0.0909, 29.8538, 0.1234],
  [0.04478, 14.9159, 0.2769],
  [0.0205, 30.4444, 0.6103],
] as const;

export const graphitePotential: StoichiometryFunction = closedForm(
  (x) => waves.reduce((u, [w, g, m]) => u - w * Math.tanh(g * (x - m)), 1.9793 * Math.exp(-39.3631 * x) + 0.2482),
  (x) =>
    waves.reduce(
      (d, [w, g, m]) => d - w * g * (1 - Math.tanh(g * (x - m)) ** 2),
      -1.9793 * 39.3631 * Math.exp(-39.3631 * x),
    ),
  [0.01, 0.99],
);

/** i_ref of i0 = m √c_e √c √(c_max − c), with m in A/m² (m³/mol)^1.5. */
function massAction(rateConstant: number, maximumConcentration: number): number {
  return (rateConstant * Math.sqrt(1000) * maximumConcentration) / 2;
}

/**
 * The LG M50 (5 Ah, NMC811 against graphite–SiOx): C.-H. Chen, F. Brosa Planella, K. O'Regan, D. Gastol, W. D. Widanage,
 * E. Kendrick, J. Electrochem. Soc. 167 (2020) 080534; its electrolyte from A. Nyman, M. Behm, G. Lindbergh, Electrochim.
 * Acta 53 (2008) 6356–6365. Values as in PyBaMM's set Chen2020. The activation energies of diffusion are those of
 * S. E. J. O'Kane et al., Phys. Chem. Chem. Phys. 24 (2022) 7909–7922, for the same cell; Chen et al. give none.
 */
export const lgm50: CellParameters = {
  negative: {
    thickness: 8.52e-5,
    activeFraction: 0.75,
    porosity: 0.25,
    radius: 5.86e-6,
    maximumConcentration: 33133,
    initialStoichiometry: 29866 / 33133,
    diffusivity: 3.3e-14,
    diffusivityShape: () => 1,
    exchangeCurrent: massAction(6.48e-7, 33133),
    diffusionEnergy: 30300,
    kineticEnergy: 35000,
    conductivity: 215,
    potential: graphitePotential,
  },
  positive: {
    thickness: 7.56e-5,
    activeFraction: 0.665,
    porosity: 0.335,
    radius: 5.22e-6,
    maximumConcentration: 63104,
    initialStoichiometry: 17038 / 63104,
    diffusivity: 4e-15,
    diffusivityShape: () => 1,
    exchangeCurrent: massAction(3.42e-6, 63104),
    diffusionEnergy: 25000,
    kineticEnergy: 17800,
    conductivity: 0.18,
    potential: nmc811Potential,
  },
  area: 0.065 * 1.58,
  separator: { thickness: 1.2e-5, porosity: 0.47 },
  bruggeman: 1.5,
  electrolyte: {
    concentration: 1000,
    transference: 0.2594,
    energy: 17000,
    diffusivity: (c) => 8.794e-11 * (c / 1000) ** 2 - 3.972e-10 * (c / 1000) + 4.862e-10,
    conductivity: (c) => 0.1297 * (c / 1000) ** 3 - 2.51 * (c / 1000) ** 1.5 + 3.329 * (c / 1000),
  },
  window: [2.5, 4.2],
  resistance: 0,
  resistanceEnergy: 0,
};
