/**
 * Sobol's sequence with the direction numbers new-joe-kuo-6: S. Joe, F. Y. Kuo, "Constructing Sobol sequences with
 * better two-dimensional projections", SIAM J. Sci. Comput. 30, 2635–2654 (2008), by the Gray code of
 * I. A. Antonov, V. M. Saleev, USSR Comput. Math. Math. Phys. 19, 252–256 (1979).
 */

import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** By dimension from the second: coefficients a of the primitive polynomial, and the first direction numbers m. */
const published: readonly (readonly [a: number, m: readonly number[]])[] = [
  [0, [1]],
  [1, [1, 3]],
  [1, [1, 3, 1]],
  [2, [1, 1, 1]],
  [1, [1, 1, 3, 3]],
  [4, [1, 3, 5, 13]],
  [2, [1, 1, 5, 5, 17]],
  [4, [1, 1, 5, 5, 5]],
  [7, [1, 1, 7, 11, 19]],
];

export const mostSobolDimensions = published.length + 1;

const bits = 32;

/**
 * The first points of the sequence in [0, 1), the origin first: `[point][dimension]`. The first 2^k points have exactly
 * one in each of 2^k equal intervals of every dimension, and a longer sequence begins with the shorter.
 * @param shift by dimension, 32 bits that every point is xored with; this keeps those properties and moves the origin
 * (random digital shift; P. L'Ecuyer, C. Lemieux, in "Modeling Uncertainty", 419–474 (2002)).
 * @throws RangeError for more than ten dimensions.
 */
export function sobolPoints(count: number, dimensions: number, shift?: Uint32Array): Float64Array[] {
  if (!(dimensions >= 1 && dimensions <= mostSobolDimensions))
    throw new RangeError(
      `Making a Sobol sequence: found ${dimensions} dimensions; there are direction numbers for 1 to ${mostSobolDimensions}.`,
    );
  const directions = Array.from({ length: dimensions }, (_, k) => directionNumbers(k));
  const state = shift?.slice() ?? new Uint32Array(dimensions);
  return Array.from({ length: count }, (_, point) => {
    const here = Float64Array.from(state, (value) => value / 2 ** bits);
    const lowestZero = 31 - Math.clz32(~point & (point + 1));
    for (const [k, own] of directions.entries()) state[k] = state[k] ^ own[lowestZero];
    return here;
  });
}

/** 32 random bits for each dimension. */
export function digitalShift(dimensions: number, seed: number): Uint32Array {
  const random = xoroshiro128plus(seed);
  return Uint32Array.from({ length: dimensions }, () => uniformInt(random, 0, 2 ** bits - 1));
}

/** v_i = m_i 2^(32 − i); the recurrence of the polynomial gives those beyond the published ones. */
function directionNumbers(dimension: number): Uint32Array {
  const [a, m] = dimension === 0 ? [0, [] as number[]] : published[dimension - 1];
  const degree = m.length;
  const v = new Uint32Array(bits);
  for (let i = 0; i < bits; i++) {
    if (dimension === 0) v[i] = 2 ** (bits - 1 - i);
    else if (i < degree) v[i] = m[i] * 2 ** (bits - 1 - i);
    else {
      let next = v[i - degree] ^ (v[i - degree] >>> degree);
      for (let k = 1; k < degree; k++) if ((a >> (degree - 1 - k)) & 1) next ^= v[i - k];
      v[i] = next >>> 0;
    }
  }
  return v;
}
