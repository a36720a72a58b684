import { mean } from "../statistics/mean.js";
import { bands } from "./bands.js";

/** Fewer cycles have no quarters. */
export const fewestCycles = 4;

/** Whether the spread of lithium closes over the cycles. */
export interface Closing {
  /** S_c at the end over that of the first cycle; null where either is not known. */
  readonly ratio: number | null;
  /** Mean S_c over the first and the last quarter of the cycles. */
  readonly firstQuarter: number | null;
  readonly lastQuarter: number | null;
  /** The end is at most half of the first, and the last quarter lies below the first one. */
  readonly closes: boolean;
}

/** @param lithium S_c by cycle; null where nothing moved. */
export function closing(lithium: readonly (number | null)[]): Closing {
  const [first, last] = [lithium[0] ?? null, lithium[lithium.length - 1] ?? null];
  const ratio = first !== null && last !== null && first > 0 ? last / first : null;
  const quarter = Math.max(1, Math.floor(lithium.length / 4));
  const [firstQuarter, lastQuarter] = [lithium.slice(0, quarter), lithium.slice(-quarter)].map(meanKnown);
  const below = firstQuarter !== null && lastQuarter !== null && lastQuarter < firstQuarter;
  return { ratio, firstQuarter, lastQuarter, closes: ratio !== null && ratio <= bands.closes && below };
}

function meanKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : mean(known);
}
