import { bands } from "./bands.js";
import type { Synchronisation } from "./synchronisation.js";

/** Fewer cycles have no last tenth. */
export const fewestToConverge = 10;

/** Whether the spread of damage stops growing, and falls against the mean. */
export interface Converging {
  /** S_D / mean D of the first cycle that has damage, and of the last. */
  readonly first: number | null;
  readonly last: number | null;
  readonly ratio: number | null;
  /** S_D is largest in the last tenth of the cycles. */
  readonly growsToTheEnd: boolean;
  readonly converges: boolean;
}

/** What criterion C asks, of this run or of one without feedback. */
export function converging({ cycles, spread }: Synchronisation): Converging {
  const first = cycles.find(({ damageRelative }) => damageRelative !== null)?.damageRelative ?? null;
  const last = cycles[cycles.length - 1].damageRelative;
  const ratio = first !== null && last !== null && first > 0 ? last / first : null;
  const growsToTheEnd = spread.damageMaxCycle > cycles.length - Math.ceil(bands.lastTenth * cycles.length);
  return { first, last, ratio, growsToTheEnd, converges: ratio !== null && ratio <= bands.relative && !growsToTheEnd };
}
