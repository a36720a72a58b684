/** Two samples put together and sorted; which belongs to which is told apart by `first`. */
export interface Pooled {
  /** In rising order. */
  readonly value: Float64Array;
  /** 1 where the next value is another, so that distribution functions are known there. */
  readonly last: Uint8Array;
  /** 1 for members of the first sample. */
  readonly first: Uint8Array;
  /** Members of the first and of the second sample. */
  readonly sizes: readonly [number, number];
}

/** A measure of how far two samples are apart; it sees the pooled values and a dealing of them to the two samples. */
export type Distance = (pooled: Pooled, first: Uint8Array) => number;

/** @throws RangeError when a sample has fewer than two values, or one that is not finite. */
export function pool(a: ArrayLike<number>, b: ArrayLike<number>): Pooled {
  for (const [name, sample] of [
    ["first", a],
    ["second", b],
  ] as const) {
    if (sample.length < 2)
      throw new RangeError(`Comparing two samples: the ${name} has ${sample.length} values; at least two are needed.`);
    const bad = Array.prototype.findIndex.call(sample, (value: number) => !Number.isFinite(value));
    if (bad >= 0)
      throw new RangeError(
        `Comparing two samples: the ${name} has ${sample[bad]} at place ${bad + 1}; leave such values out first.`,
      );
  }
  const [one, other] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()];
  const [m, n] = [one.length, other.length];
  const value = new Float64Array(m + n);
  const first = new Uint8Array(m + n);
  for (let k = 0, i = 0, j = 0; k < m + n; k++) {
    const fromFirst = j === n || (i < m && one[i] <= other[j]);
    value[k] = fromFirst ? one[i++] : other[j++];
    first[k] = fromFirst ? 1 : 0;
  }
  const last = new Uint8Array(m + n);
  for (let k = 0; k < m + n; k++) last[k] = k === m + n - 1 || value[k + 1] !== value[k] ? 1 : 0;
  return { value, last, first, sizes: [m, n] };
}
