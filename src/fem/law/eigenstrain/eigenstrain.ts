/**
 * Isotropic linear eigenstrain ε*(s) by which the free lattice changes with its lithium; only differences matter.
 * Each law is finite and C¹ for every s.
 *
 *   s     –        stoichiometry c/c_max
 *   Ω     m³/mol   partial molar volume of lithium in the host
 *   ε*    –        linear strain, a third of the volume strain
 */
import { kindOf } from "../../../schema/kind.js";
import type { EigenstrainLaw } from "../law.js";

/** Defines a kind of eigenstrain; its law is given the largest concentration in mol/m³. */
export const eigenstrain = kindOf<EigenstrainLaw, [maximumConcentration: number]>("eigenstrain");
