/** The smallest and the largest stoichiometry of each particle, over all places where it is known. `[particle]` */
export interface Extent {
  readonly smallest: Float64Array;
  readonly largest: Float64Array;
}

/** Nowhere yet: to be widened. */
export function emptyExtent(particles: number): Extent {
  return {
    smallest: new Float64Array(particles).fill(Number.POSITIVE_INFINITY),
    largest: new Float64Array(particles).fill(Number.NEGATIVE_INFINITY),
  };
}

/** Take in a place of particle `k`; a NaN stays. */
export function widen({ smallest, largest }: Extent, k: number, s: number): void {
  if (!(s >= smallest[k])) smallest[k] = s;
  if (!(s <= largest[k])) largest[k] = s;
}

/** A stoichiometry in a particle, which is numbered from 0. */
export interface Place {
  readonly particle: number;
  readonly stoichiometry: number;
}

/** The stoichiometry that is nearest to 0 or 1, or furthest outside, and whose it is. */
export function nearestToAnEnd({ smallest, largest }: Extent): Place {
  let found: Place = { particle: 0, stoichiometry: Number.NaN };
  let room = Number.POSITIVE_INFINITY;
  for (let k = 0; k < smallest.length; k++) {
    for (const s of [smallest[k], largest[k]]) {
      const own = Math.min(s, 1 - s);
      if (Number.isNaN(own)) return { particle: k, stoichiometry: s };
      if (own >= room) continue;
      room = own;
      found = { particle: k, stoichiometry: s };
    }
  }
  return found;
}
