import { draws } from "../../draws/draws.js";
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

/** A name of a distance between two distributions. */
export type DistanceName = keyof typeof distances;

/** A distance between two samples and how often chance gives as much. */
export interface TwoSampleTest {
  readonly name: DistanceName;
  readonly statistic: number;
  /**
   * Exact for Kolmogorov–Smirnov on samples of different particles, else (1 + permutations at least as far apart) /
   * (1 + permutations).
   */
  readonly p: number;
}

/**
 * Whether two samples come from one distribution, by four distances. Values that tie are dealt with: p are given the values.
 * @param paired the k-th values of both samples are of one particle: permutations exchange these two, or leave them.
 * @throws RangeError for samples of fewer than two values, values that are not finite, or pairs that are not complete.
 */
export function twoSampleTests(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  permutations: number,
  seed: number,
  paired = false,
): TwoSampleTest[] {
  const pooled = pool(a, b);
  const names = Object.keys(distances) as DistanceName[];
  const exact = (name: DistanceName) => name === "Kolmogorov–Smirnov" && !paired;
  const found = names.map((name) => distances[name](pooled, pooled.first));
  const atLeast = new Float64Array(names.length);
  const visit = (first: Uint8Array) => {
    for (const [k, name] of names.entries())
      if (!exact(name) && distances[name](pooled, first) >= found[k] - 1e-12 * Math.abs(found[k])) atLeast[k]++;
  };
  if (paired) eachExchange(pooled, pairPlaces(a, b), permutations, seed, visit);
  else eachDealing(pooled, permutations, seed, visit);
  return names.map((name, k) => ({
    name,
    statistic: found[k],
    p: exact(name) ? kolmogorovSmirnovP(pooled, found[k]) : (1 + atLeast[k]) / (1 + permutations),
  }));
}

/** Deals the pooled values anew, as often as asked. */
function eachDealing({ first }: Pooled, count: number, seed: number, visit: (first: Uint8Array) => void): void {
  const random = draws(seed, "permutations");
  const dealt = first.slice();
  for (let done = 0; done < count; done++) {
    for (let k = dealt.length - 1; k > 0; k--) {
      const other = Math.floor(random.uniform() * (k + 1));
      const kept = dealt[k];
      dealt[k] = dealt[other];
      dealt[other] = kept;
    }
    visit(dealt);
  }
}

/** Exchanges the two values of each particle, or leaves them, as often as asked. */
function eachExchange(
  { first }: Pooled,
  places: Int32Array,
  count: number,
  seed: number,
  visit: (first: Uint8Array) => void,
): void {
  const random = draws(seed, "exchanges");
  const dealt = first.slice();
  for (let done = 0; done < count; done++) {
    for (let k = 0; k < places.length; k += 2) {
      const exchanged = random.uniform() < 0.5 ? 0 : 1;
      dealt[places[k]] = exchanged;
      dealt[places[k + 1]] = 1 - exchanged;
    }
    visit(dealt);
  }
}

/** Where the two values of each particle stand among the pooled ones, [particle][sample]. */
function pairPlaces(a: ArrayLike<number>, b: ArrayLike<number>): Int32Array {
  if (a.length !== b.length)
    throw new RangeError(`Comparing pairs: found ${a.length} and ${b.length} values; give one of each a particle.`);
  const all = [a, b].flatMap((values, sample) => Array.from(values, (value, k) => ({ value, at: 2 * k + sample })));
  all.sort((x, y) => x.value - y.value || (x.at % 2) - (y.at % 2));
  const places = new Int32Array(all.length);
  for (const [position, { at }] of all.entries()) places[at] = position;
  return places;
}
