import { draws } from "../../../src/draws/draws.js";

/** Random choices of one damage. */
export interface Draws {
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
  /** One of a list. */
  of<T>(list: readonly T[]): T;
}

/** Draws that depend on a number alone, so that any damage can be made again. */
export function drawsOf(number: number): Draws {
  const { uniform } = draws(number, "damage");
  const below = (count: number) => Math.floor(uniform() * count);
  return { below, of: (list) => list[below(list.length)] as (typeof list)[number] };
}
