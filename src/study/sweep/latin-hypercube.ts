import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/**
 * A Latin hypercube in [0, 1): `[point][dimension]`; in each dimension every one of `count` equal intervals holds one
 * point, at a random place in it. M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21, 239–245 (1979).
 */
export function latinHypercube(count: number, dimensions: number, seed: number): Float64Array[] {
  const random = xoroshiro128plus(seed);
  const points = Array.from({ length: count }, () => new Float64Array(dimensions));
  for (let k = 0; k < dimensions; k++) {
    const order = Array.from({ length: count }, (_, stratum) => stratum);
    for (let last = count - 1; last > 0; last--) {
      const other = uniformInt(random, 0, last);
      [order[last], order[other]] = [order[other], order[last]];
    }
    for (const [point, stratum] of order.entries()) points[point][k] = (stratum + uniformFloat64(random)) / count;
  }
  return points;
}
