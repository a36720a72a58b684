import { type ChoiceOf, family } from "../../../schema/family.js";
import type { EigenstrainLaw } from "../law.js";
import { linear } from "./linear.js";
import { table } from "./table.js";
import { twoSlope } from "./two-slope.js";

/** Every eigenstrain that a scenario may choose. */
export const eigenstrains = family([linear, twoSlope, table]);

/** How the lattice shrinks with its lithium: a kind of eigenstrain with its parameters in SI units. */
export type EigenstrainChoice = ChoiceOf<typeof eigenstrains>;

/** The law of a choice in a material that holds so many mol/m³. Throws RangeError for parameters out of range, or that do not go together. */
export const eigenstrainLaw: (choice: EigenstrainChoice, maximumConcentration: number) => EigenstrainLaw =
  eigenstrains.law;
