import { type OptionalChoiceOf, optionalFamily } from "../../../schema/optional-family.js";
import type { CohesiveLaw } from "../law.js";
import { cascade } from "../preset.js";
import { bilinear } from "./bilinear.js";
import { elasticInterface } from "./elastic.js";

/** Every cohesive law that a scenario may choose; without one the bond is elastic. */
export const cohesives = optionalFamily([bilinear], "of strengths and toughnesses", {
  [cascade.name]: cascade.cohesive,
});

/** Damage by opening, with its parameters in SI units. */
export type CohesiveChoice = OptionalChoiceOf<typeof cohesives>;

/**
 * The law of a choice, elastic for null. Throws RangeError for parameters out of range, or that do not go together.
 * @param stiffness Pa/m, of the sound bond
 */
export function cohesiveLaw(choice: CohesiveChoice | null, stiffness: number): CohesiveLaw {
  return choice === null ? elasticInterface(stiffness) : cohesives.law(choice, stiffness);
}
