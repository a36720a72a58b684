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
  const [m, n] = [a.length, b.length];
  const all = Float64Array.from({ length: m + n }, (_, k) => (k < m ? a[k]! : b[k - m]!));
  const order = Uint32Array.from(all, (_, k) => k).sort((i, j) => all[i]! - all[j]! || i - j);
  const value = Float64Array.from(order, (k) => all[k]!);
  return {
    value,
    last: Uint8Array.from(value, (x, k) => (k === value.length - 1 || value[k + 1]! !== x ? 1 : 0)),
    first: Uint8Array.from(order, (k) => (k < m ? 1 : 0)),
    sizes: [m, n],
  };
}
