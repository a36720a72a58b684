import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** A stream of random numbers; the same seed and name give the same numbers. */
export interface Draws {
  /** In [0, 1). */
  uniform(): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
}

/** The generator needs a few outputs before nearby seeds have nothing in common. */
const SKIPPED = 32;

/**
 * Streams of different names are independent, so that another use of randomness changes none of the others.
 * @throws RangeError when the seed is no whole number.
 */
export function draws(seed: number, name: string): Draws {
  if (!Number.isSafeInteger(seed))
    throw new RangeError(`Drawing random numbers: the seed is ${seed}; give a whole number.`);
  const generator = xoroshiro128plus(scrambled(seed, name));
  for (let k = 0; k < SKIPPED; k++) generator.next();
  const uniform = () => uniformFloat64(generator);
  return { uniform, normal: () => normalQuantile(uniform() + 5.551115123125783e-17, 0, 1) };
}

/** The numbers 0 … count − 1 in random order (Fisher and Yates). */
export function shuffled(count: number, random: Draws): Int32Array {
  const order = Int32Array.from({ length: count }, (_, k) => k);
  for (let k = count - 1; k > 0; k--) {
    const other = Math.floor(random.uniform() * (k + 1));
    const kept = order[k];
    order[k] = order[other];
    order[other] = kept;
  }
  return order;
}

/** 32 bits of seed and name: FNV-1a over both, then the finaliser of MurmurHash3. */
function scrambled(seed: number, name: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${seed}/${name}`) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
