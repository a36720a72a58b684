/**
 * When a particle takes, or gives, no more lithium. As its surface fills up, the open-circuit potential there falls along
 * the barrier of `law/continuation.ts`, and a current can go on entering only while the collector lies below it. Below
 * −1 V against lithium, or above 7 V, no electrode works: there a run ends, with the particle's name, a resolvable distance
 * before s = 1 or 0.
 */
import type { StoichiometryFunction } from "../law/law.js";
import { type Extent, nearestToAnEnd, type Place } from "./extent.js";

/** V against lithium. */
export const workable: readonly [lowest: number, highest: number] = [-1, 7];
/** V, where a step that cannot be solved is put down to the particle that is nearly there. */
const strained: readonly [lowest: number, highest: number] = [1, 5.5];

interface Surface {
  /** `[point]` particle */
  readonly particle: Int32Array;
  /** `[point]` */
  readonly stoichiometry: Float64Array;
}

/** In words why no more can be passed, null while it can. */
export function exhausted(potential: StoichiometryFunction, surface: Surface): string | null {
  return beyond(potential, surface, workable);
}

/** The same for a state from which no step can be solved. */
export function nearlyExhausted(potential: StoichiometryFunction, surface: Surface): string | null {
  return beyond(potential, surface, strained);
}

/** The potential falls with s, so that only the fullest and the emptiest point need be asked. */
function beyond(
  potential: StoichiometryFunction,
  { particle, stoichiometry }: Surface,
  [lowest, highest]: readonly [number, number],
): string | null {
  let [fullest, emptiest] = [0, 0];
  for (let p = 1; p < stoichiometry.length; p++) {
    if (stoichiometry[p] > stoichiometry[fullest]) fullest = p;
    if (stoichiometry[p] < stoichiometry[emptiest]) emptiest = p;
  }
  const at = (p: number): string => spent({ particle: particle[p], stoichiometry: stoichiometry[p] });
  if (potential.value(stoichiometry[fullest]) < lowest) return at(fullest);
  return potential.value(stoichiometry[emptiest]) > highest ? at(emptiest) : null;
}

/**
 * Which particle is full or empty beyond what a step's error may leave, null when none is. Inside a particle the
 * consistent mass overshoots a sudden change by part of it (s of a node may pass 1 where its surface does not); what is
 * below the local error allowed in s is that, and no lithium is lost by it.
 */
export function outOfRange(extent: Extent, tolerance: number): string | null {
  const place = nearestToAnEnd(extent);
  const { stoichiometry: s } = place;
  if (s > -tolerance && s < 1 + tolerance) return null;
  return Number.isNaN(s) ? `stoichiometry is not a number in particle ${place.particle + 1}` : spent(place);
}

function spent({ particle, stoichiometry }: Place): string {
  const full = stoichiometry > 0.5;
  const reached = full ? `1 − ${(1 - stoichiometry).toExponential(2)}` : stoichiometry.toExponential(2);
  const refuses = full ? "takes up no more lithium" : "has no more lithium to give";
  return `particle ${particle + 1} is ${full ? "full" : "empty"} (s = ${reached} at its surface) and ${refuses}`;
}
