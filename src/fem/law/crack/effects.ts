import { type OptionalChoiceOf, optionalFamily } from "../../../schema/optional-family.js";
import type { CrackEffect } from "./crack.js";
import { wetted } from "./wetted.js";

/** Everything that cracks may do to their particle. */
export const crackEffects = optionalFamily([wetted], "with the effect of cracks");

/** What cracks do, with its parameters in SI units. */
export type CrackEffectChoice = OptionalChoiceOf<typeof crackEffects>;

/** Cracks that are only observed. */
const unfelt: CrackEffect = { area: () => 1 };

/** The effect of a choice, that of cracks which are only observed for none. Throws RangeError for a parameter out of its range. */
export function crackEffectLaw(choice: CrackEffectChoice | null): CrackEffect {
  return choice === null ? unfelt : crackEffects.law(choice);
}
