import { draws } from "../../network/draws.js";
import { andersonDarling } from "./anderson-darling.js";
import { energyDistance } from "./energy.js";
import { kolmogorovSmirnov, kolmogorovSmirnovP } from "./kolmogorov-smirnov.js";
import { type Distance, type Pooled, pool } from "./pooled.js";
import { wasserstein } from "./wasserstein.js";

/** Distances of two samples, by the names in results. */
export const distances = {
  "Kolmogorov–Smirnov": kolmogorovSmirnov,
  "Anderson–Darling": andersonDarling,
  "Wasserstein-1": wasserstein,
  energy: energyDistance,
} as const satisfies Readonly<Record<string, Distance>>;

export type DistanceName = keyof typeof distances;

export interface TwoSampleTest {
  readonly name: DistanceName;
  readonly statistic: number;
  /** Exact for Kolmogorov–Smirnov, else (1 + permutations at least as far apart) / (1 + permutations). */
  readonly p: number;
}

/**
 * Whether two samples come from one distribution, by four distances. Values that tie are dealt with: p are given the values.
 * @throws RangeError for samples of fewer than two values, or values that are not finite.
 */
export function twoSampleTests(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  permutations: number,
  seed: number,
): TwoSampleTest[] {
  const pooled = pool(a, b);
  const names = Object.keys(distances) as DistanceName[];
  const found = names.map((name) => distances[name](pooled, pooled.first));
  const atLeast = new Float64Array(names.length);
  eachDealing(pooled, permutations, seed, (first) => {
    for (const [k, name] of names.entries())
      if (name !== "Kolmogorov–Smirnov" && distances[name](pooled, first) >= found[k]! - 1e-12 * Math.abs(found[k]!))
        atLeast[k]!++;
  });
  return names.map((name, k) => ({
    name,
    statistic: found[k]!,
    p: name === "Kolmogorov–Smirnov" ? kolmogorovSmirnovP(pooled, found[k]!) : (1 + atLeast[k]!) / (1 + permutations),
  }));
}

/** Deals the pooled values anew, as often as asked. */
function eachDealing({ first }: Pooled, count: number, seed: number, visit: (first: Uint8Array) => void): void {
  const random = draws(seed, "permutations");
  const dealt = first.slice();
  for (let done = 0; done < count; done++) {
    for (let k = dealt.length - 1; k > 0; k--) {
      const other = Math.floor(random.uniform() * (k + 1));
      const kept = dealt[k]!;
      dealt[k] = dealt[other]!;
      dealt[other] = kept;
    }
    visit(dealt);
  }
}
