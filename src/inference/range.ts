import { figures } from "../words/numbers.js";

/** The stoichiometries that a run went through, beside those for which its open-circuit potential is known. */
export interface StoichiometryRange {
  /** Over all places in all particles and on their surfaces, and all steps. */
  readonly smallest: number;
  readonly largest: number;
  /** Where the open-circuit potential is known. */
  readonly measured: readonly [low: number, high: number];
  readonly inside: boolean;
  /** Where it came nearest to empty and to full; absent in results of versions that did not keep it. */
  readonly emptiest?: Extreme;
  readonly fullest?: Extreme;
}

/** A stoichiometry at its furthest, counted from 1. */
export interface Extreme {
  readonly particle: number;
  readonly cycle: number;
  /** V, by how much the barrier bends the open-circuit potential there, beyond its continuation along a line. */
  readonly bent: number;
}

/** Below it, in V, a barrier is not worth a word. */
const felt = 1e-3;

/** What leaving the range means, in sentences; empty for a run that stayed inside. */
export function rangeSentence(range: StoichiometryRange): string {
  const { smallest, largest, measured, inside, emptiest, fullest } = range;
  if (inside) return "";
  const [low, high] = measured;
  const left =
    `Particles ran from s = ${figures(smallest)} to ${figures(largest)}, but the open-circuit potential is known from ` +
    `${figures(low)} to ${figures(high)} only: what lies beyond rests on its continuation.`;
  const bends = [
    ...(emptiest && emptiest.bent > felt ? [bend("emptiest", emptiest, "raises")] : []),
    ...(fullest && fullest.bent > felt ? [bend("fullest", fullest, "lowers")] : []),
  ];
  return [left, ...bends].join(" ");
}

function bend(which: string, { particle, cycle, bent }: Extreme, how: string): string {
  const where = `particle ${particle} in cycle ${cycle}`;
  return `Where it is ${which}, in ${where}, the barrier towards ${which === "fullest" ? "s = 1" : "s = 0"} ${how} it by ${figures(bent)} V.`;
}
