import { type OptionalChoiceOf, optionalFamily } from "../../../schema/optional-family.js";
import type { FatigueLaw } from "../law.js";
import { creep } from "./creep.js";
import { cycles } from "./cycles.js";

/** Every fatigue law that a scenario may choose; a mapping without kind is of the first. */
export const fatigues = optionalFamily([cycles, creep], "with the fatigue law");

/** Damage that gathers under load, with its parameters in SI units. */
export type FatigueChoice = OptionalChoiceOf<typeof fatigues>;

/** The law of a choice, null for none. Throws RangeError for a parameter out of its range. */
export function fatigueLaw(choice: FatigueChoice | null): FatigueLaw | null {
  return choice === null ? null : fatigues.law(choice);
}
