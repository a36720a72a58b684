/** Fills `nearest` for one line of values from `start` on; false when all are infinite. */
export type NearestOnLine = (value: Float64Array, start: number, nearest: Int32Array) => boolean;

/**
 * At each place q of a line the place v where value(v) + scale·(q − v)² is least: the lower envelope of parabolas
 * (Felzenszwalb, Huttenlocher, Theory of Computing 8, 415, 2012).
 * @param count places
 */
export function nearestOnLine(count: number, scale: number): NearestOnLine {
  const vertex = new Int32Array(count);
  const height = new Float64Array(count);
  const border = new Float64Array(count + 1);
  return (value, start, nearest) => {
    let last = -1;
    for (let q = 0; q < count; q++) {
      const f = value[start + q];
      if (f === Infinity) continue;
      const own = f + scale * q * q;
      let cut = -Infinity;
      while (last >= 0) {
        const v = vertex[last];
        cut = (own - height[last]) / (2 * scale * (q - v));
        if (cut > border[last]) break;
        cut = -Infinity;
        last--;
      }
      last++;
      vertex[last] = q;
      height[last] = own;
      border[last] = cut;
    }
    if (last < 0) return false;
    border[last + 1] = Infinity;
    for (let q = 0, k = 0; q < count; q++) {
      while (border[k + 1] < q) k++;
      nearest[q] = vertex[k];
    }
    return true;
  };
}
