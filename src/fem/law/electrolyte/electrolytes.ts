import { type ChoiceOf, family } from "../../../schema/family.js";
import { ohmic } from "./ohmic.js";
import { uniform } from "./uniform.js";

/** Every electrolyte that a scenario may choose. */
export const electrolytes = family([uniform, ohmic]);

/** How the electrolyte conducts, in SI units. */
export type ElectrolyteChoice = ChoiceOf<typeof electrolytes>;
