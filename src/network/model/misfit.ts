import type { Elastic } from "../../fem/assembly/forms.js";

/**
 * A particle that shrinks in an infinite matrix, bound by a spring (Lamé; docs/networks.md): the traction t follows from
 *   t C + t/K = −ε g R
 * with the linear strain ε of the particle, K (Pa/m) of the interface and
 *   3-D   C = R/(4μ_m) + R/(3K_i),                    g = 1
 *   2-D   C = R/(2μ_m) + R/(2(λ_i + μ_i)),            g = 3K_i/(2(λ_i + μ_i))   (plane strain)
 */
export interface Misfit {
  /** C over R, 1/Pa. */
  readonly compliance: number;
  /** g */
  readonly gain: number;
}

export function misfit(dimension: 2 | 3, particle: Elastic, matrix: Elastic): Misfit {
  const bulk = particle.lambda + (2 / 3) * particle.mu;
  if (dimension === 3) return { compliance: 1 / (4 * matrix.mu) + 1 / (3 * bulk), gain: 1 };
  const inPlane = 2 * (particle.lambda + particle.mu);
  return { compliance: 1 / (2 * matrix.mu) + 1 / inPlane, gain: (3 * bulk) / inPlane };
}

/** How two neighbours at opposite sides shape the traction around a particle; x is a gap over the radius. */
interface Crowding {
  /** In the neighbour's direction the traction rises by amount / (x^power (1 + decay x)) of a lone particle's. */
  readonly amount: number;
  readonly power: number;
  readonly decay: number;
  /** The gap widens away from its narrowest place: x + widening (1 − cos α). */
  readonly widening: number;
  /** Across it falls by relief / (1 + x)^fading · sin² α. */
  readonly relief: number;
  readonly fading: number;
  /** The smallest gap it was fitted to; nearer surfaces are taken to pull as hard as at that gap. */
  readonly nearest: number;
}

/**
 * Fitted to the finite-element model at the end of a first charge, to 3 % and 1 % (root mean square over quantiles of the
 * traction): three equal disks in a row with gaps of 0.3 to 4 radii, three spheres on an axis with gaps of 0.4 to 4,
 * carbon/binder of 2 GPa about particles of 140 GPa (`synchrode validate neighbour-traction`).
 */
const crowding: Readonly<Record<2 | 3, Crowding>> = {
  2: { amount: 2.507, power: 1.117, decay: 0.628, widening: 2.443, relief: 0.843, fading: 1.053, nearest: 0.3 },
  3: { amount: 0.458, power: 1.779, decay: 0.182, widening: 2.611, relief: 0.55, fading: 2.029, nearest: 0.4 },
};

/** No direction is left with less than this share of the lone particle's traction. */
const least = 0.05;

/** Traction in a direction over that of a lone particle: `whole`, of which neighbours add `crowd`. */
export interface Factor {
  readonly whole: number;
  readonly crowd: number;
}

/** A neighbour as the traction in some direction feels it. */
export interface NeighbourPull {
  /** Over the radius. */
  readonly gap: number;
  /** Of the angle between its direction and the one asked for. */
  readonly cosine: number;
  /** How much of it is held from outside: a neighbour that may come nearer as a whole does not pull. */
  readonly held: number;
}

/**
 * `anisotropy` of the neighbours' directions: 1 where they lie on one line, as when the law was fitted, 0 where they lie all
 * around and none is across.
 */
export function tractionFactor(dimension: 2 | 3, neighbours: readonly NeighbourPull[], anisotropy: number): Factor {
  let [whole, crowd] = [1, 0];
  const mean = 1 - 1 / dimension;
  for (const { gap, cosine, held } of neighbours) {
    const more = held * crowdingAt(dimension, gap, cosine);
    crowd += more;
    whole += more - held * reliefOf(dimension, gap) * (1 - cosine * cosine - mean * (1 - anisotropy));
  }
  return { whole: Math.max(least, whole), crowd };
}

/** What a neighbour adds to the traction, 0 far away. */
export function crowdingAt(dimension: 2 | 3, gap: number, cosine: number): number {
  const { amount, power, decay, widening, nearest } = crowding[dimension];
  const x = Math.max(nearest, gap) + widening * (1 - cosine);
  return amount / (x ** power * (1 + decay * x));
}

/** What a neighbour takes off the traction across its direction, 0 far away. */
export function reliefOf(dimension: 2 | 3, gap: number): number {
  const { relief, fading, nearest } = crowding[dimension];
  return relief / (1 + Math.max(nearest, gap)) ** fading;
}
