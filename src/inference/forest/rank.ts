/** The place of each value among the distinct values, from 0; equal values share it. */
export interface Ranks {
  /** [row] */
  readonly rank: Uint32Array;
  readonly distinct: number;
}

/** Dense ranks of finite values; −0 and 0 are equal. */
export function rankOf(values: Float64Array): Ranks {
  const order = Uint32Array.from(values, (_, k) => k).sort((a, b) => values[a] - values[b]);
  const rank = new Uint32Array(values.length);
  let distinct = 0;
  for (let k = 0; k < order.length; k++) {
    if (k > 0 && values[order[k]] !== values[order[k - 1]]) distinct++;
    rank[order[k]] = distinct;
  }
  return { rank, distinct: values.length === 0 ? 0 : distinct + 1 };
}
