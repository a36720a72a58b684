import { type OptionalChoiceOf, optionalFamily } from "../../../schema/optional-family.js";
import type { FatigueLaw } from "../law.js";
import { cycles } from "./cycles.js";
import { threshold } from "./threshold.js";

/** Every fatigue law that a scenario may choose. */
export const fatigues = optionalFamily([threshold, cycles], "with the fatigue law");

/** Damage that gathers under load, with its parameters in SI units. */
export type FatigueChoice = OptionalChoiceOf<typeof fatigues>;

/**
 * The law of a choice, null for none. Throws RangeError for a parameter out of its range.
 * @param tau s, the clock of the protocol
 */
export function fatigueLaw(choice: FatigueChoice | null, tau: number): FatigueLaw | null {
  return choice === null ? null : fatigues.law(choice, tau);
}
