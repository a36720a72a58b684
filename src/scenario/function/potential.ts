import { continuedPotential, fallingRange, TRUSTED } from "../../fem/law/continuation.js";
import type { StoichiometryFunction } from "../../fem/law/law.js";
import { chosen, type FunctionChoice } from "./forms.js";

/** An open-circuit potential as it is used. */
export interface TakenPotential {
  /** V */
  readonly law: StoichiometryFunction;
  /** Where it is as its source gives it; beyond, a barrier bends it. */
  readonly taken: readonly [low: number, high: number];
  /** V, by how much the barrier bends it at s: 0 inside. */
  bent(s: number): number;
}

/** As `continuedWhereTaken`, the potential that a scenario chooses. */
export function takenPotential(choice: FunctionChoice): TakenPotential {
  return continuedWhereTaken(chosen(choice, "openCircuitPotential"));
}

/** Up to where published potentials are taken as they are; most were measured no further. */
export const PUBLISHED = 0.95;

/**
 * A potential as published up to s = 0.95, or further where its source has measured further: beyond, a barrier bends it
 * down so that a surface fills up smoothly and its current goes elsewhere.
 */
export function continuedWhereTaken(potential: StoichiometryFunction): TakenPotential {
  const [lowest, highest] = TRUSTED;
  const wanted = [lowest, Math.min(highest, Math.max(PUBLISHED, potential.validity[1]))] as const;
  const taken = fallingRange(potential, wanted);
  const law = continuedPotential(potential, taken);
  return {
    law,
    taken,
    bent: (s) => {
      const end = s < taken[0] ? taken[0] : s > taken[1] ? taken[1] : s;
      return Math.abs(law.value(s) - law.value(end) - law.derivative(end) * (s - end));
    },
  };
}
