/** Points of one series in a figure. */
const most = 250;

/** At most so many, evenly by place, with the first and the last. */
export function thinned<T>(values: readonly T[]): T[] {
  if (values.length <= most) return [...values];
  return Array.from({ length: most }, (_, k) => values[Math.round((k * (values.length - 1)) / (most - 1))]);
}
