import { type OptionalChoiceOf, optionalFamily } from "../../../schema/optional-family.js";
import type { CrackingSolid, CrackLaw } from "./crack.js";
import { cycles } from "./cycles.js";

/** Every crack law that a scenario may choose; a mapping without kind is of the first. */
export const cracks = optionalFamily([cycles], "with the crack law");

/** Cracks inside particles, with their parameters in SI units. */
export type CrackChoice = OptionalChoiceOf<typeof cracks>;

/** The law of a choice, null for none. Throws RangeError for a parameter out of its range, and for faults. */
export function crackLaw(choice: CrackChoice | null, solid: CrackingSolid): CrackLaw | null {
  return choice === null ? null : cracks.law(choice, solid);
}
