import type { StoichiometryFunction } from "../law/law.js";

/** A published parameter set of a positive-electrode active material. */
export interface ActiveMaterial {
  /** As used in scenario files, e.g. `Chen2020`. */
  readonly name: string;
  readonly chemistry: string;
  /** One line: authors, journal, volume, page or article, year. */
  readonly citation: string;
  readonly doi: string;
  /** mol/m³ */
  readonly maximumConcentration: number;
  /** V against lithium. */
  readonly openCircuitPotential: StoichiometryFunction;
  /** m²/s */
  readonly diffusivity: StoichiometryFunction;
  /** A/m², at the reference electrolyte concentration 1000 mol/m³ and 298.15 K. */
  readonly exchangeCurrent: StoichiometryFunction;
  /** m, the particle radius the set was published with. */
  readonly particleRadius: number;
  /** What to know before using it (fitted values beyond crystallography, range, temperature). */
  readonly notes: readonly string[];
}
