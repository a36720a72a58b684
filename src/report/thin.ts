/**
 * Indices that keep the look of a curve: both ends, and the smallest and largest value of each of `most / 2` stretches.
 * Never more than `most` (at least 4) of them.
 */
export function thin(values: ArrayLike<number>, most: number): number[] {
  const count = values.length;
  if (count <= most) return Array.from({ length: count }, (_, k) => k);
  const stretches = Math.floor((most - 2) / 2);
  const kept = new Set([0, count - 1]);
  for (let s = 0; s < stretches; s++) {
    const [from, to] = [Math.floor((s * count) / stretches), Math.floor(((s + 1) * count) / stretches)];
    let [low, high] = [from, from];
    for (let k = from + 1; k < to; k++) {
      if (values[k] < values[low]) low = k;
      if (values[k] > values[high]) high = k;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}
