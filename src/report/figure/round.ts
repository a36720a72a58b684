/** Six significant digits: what a figure can show, in fewer characters. */
export function round(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : value;
}
