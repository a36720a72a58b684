import pcorrtest from "@stdlib/stats-pcorrtest";
import ranks from "@stdlib/stats-ranks";

export interface Trend {
  /** Spearman's ρ; null when one of the two does not vary, or with fewer than three pairs. */
  readonly rho: number | null;
  /** One-sided p for "ρ < 0" (Fisher's z, four pairs or more), or null. */
  readonly pFalling: number | null;
}

/** Rank correlation of two equally long series, ties at their mean rank. */
export function spearman(x: readonly number[], y: readonly number[]): Trend {
  if (x.length !== y.length)
    throw new RangeError(`Rank correlation: found ${x.length} and ${y.length} values; the two series must pair up.`);
  const varies = (v: readonly number[]) => v.some((value) => value !== v[0]);
  if (x.length < 3 || !varies(x) || !varies(y)) return { rho: null, pFalling: null };
  const a = ranks(x);
  const b = ranks(y);
  if (x.length < 4) return { rho: correlation(a, b), pFalling: null };
  const test = pcorrtest(a, b, { alternative: "less" });
  return { rho: test.pcorr, pFalling: test.pValue };
}

/** Pearson's r of three ranks, which the test (four pairs or more) does not take. */
function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [aa, bb, ab] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    const [p, q] = [a[k]! - (a.length + 1) / 2, b[k]! - (b.length + 1) / 2];
    aa += p * p;
    bb += q * q;
    ab += p * q;
  }
  return ab / Math.sqrt(aa * bb);
}
