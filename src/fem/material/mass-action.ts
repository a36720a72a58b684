/**
 * Exchange current density by mass action, i0 = m √c_e √c √(c_max − c), A/m², at c_e = 1000 mol/m³.
 *
 *   m  A/m² (m³/mol)^1.5   rate constant that includes Faraday's constant
 */
import type { StoichiometryFunction } from "../law/law.js";
import { symmetricExchange } from "../law/stoichiometry-function.js";

/** mol/m³ */
const ELECTROLYTE = 1000;

/** √c √(c_max − c) = c_max √(s(1−s)), so this is the symmetric form with i0(1/2) = m √c_e c_max / 2. */
export function massActionExchange(rateConstant: number, maximumConcentration: number): StoichiometryFunction {
  return symmetricExchange((rateConstant * Math.sqrt(ELECTROLYTE) * maximumConcentration) / 2);
}
