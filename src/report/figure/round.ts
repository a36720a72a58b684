import { rounded } from "../../words/numbers.js";

/** Six significant digits: what a figure can show, in fewer characters. */
export function round(value: number): number {
  return rounded(value, 6);
}
