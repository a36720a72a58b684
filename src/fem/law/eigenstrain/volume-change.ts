import type { EigenstrainLaw } from "../law.js";

/** Share of its volume that a free lattice gains between two stoichiometries, of small strains: 3 (ε*(to) − ε*(from)). */
export function volumeChange(law: EigenstrainLaw, from: number, to: number): number {
  return 3 * (law.value(to) - law.value(from));
}
