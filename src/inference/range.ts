import { figures } from "./controls.js";

/** The stoichiometries that a run went through, beside those for which its open-circuit potential is known. */
export interface StoichiometryRange {
  /** Mean over the surface of a particle: over all particles and steps. */
  readonly smallest: number;
  readonly largest: number;
  /** Where the open-circuit potential is known. */
  readonly measured: readonly [low: number, high: number];
  readonly inside: boolean;
}

/** What leaving the range means, in a sentence; empty for a run that stayed inside. */
export function rangeSentence({ smallest, largest, measured: [low, high], inside }: StoichiometryRange): string {
  if (inside) return "";
  return (
    `Surfaces ran from s = ${figures(smallest)} to ${figures(largest)}, but the open-circuit potential is known from ` +
    `${figures(low)} to ${figures(high)} only: what lies beyond rests on its continuation.`
  );
}
