/**
 * What a neighbour adds to the traction around a particle, over that of the particle alone (docs/networks.md). The carbon/binder
 * between two surfaces is a film as thick as their gap, x of it over their mean radius; where it is stretched it pulls at both
 * sides alike, and lessens what pulls across.
 */
import { cos, pow, square } from "../../elementary/elementary.js";

interface NeighbourLaw {
  /** Straight ahead the traction rises by amount / (x^power (1 + decay x)). */
  readonly amount: number;
  readonly power: number;
  readonly decay: number;
  /** The film thickens away from its thinnest place: x + widening (R/R_other)(1 − cos α). */
  readonly widening: number;
  /** Across it falls by relief / (1 + x)^fading · sin² α. */
  readonly relief: number;
  readonly fading: number;
  /** The smallest gap that it was fitted to; nearer surfaces are taken to pull as at that gap. */
  readonly nearest: number;
}

/**
 * Fitted to the finite-element model at the end of a first charge, with all gaps opening as `openings` has it: disks in rows with
 * gaps of 0.3 to 2.5 radii and in random packings of 20 to 40, solid share 0.3 to 0.58, nearest gaps 0.05; spheres in stacks on
 * an axis, equal and unequal, gaps 0.05 to 2.8. Carbon/binder of 2 GPa about particles of 140 GPa
 * (`synchrode validate neighbour-traction`).
 */
const laws: Readonly<Record<2 | 3, NeighbourLaw>> = {
  2: { amount: 4.065, power: 0.751, decay: 1.44, widening: 2.612, relief: 0.892, fading: 0.882, nearest: 0.09 },
  3: { amount: 3.372, power: 0.879, decay: 5.253, widening: 3.333, relief: 0.18, fading: 0.882, nearest: 0.05 },
};

/** The carbon/binder between a particle and a neighbour. */
interface Film {
  /** Between the surfaces, over the mean of both radii. */
  readonly gap: number;
  /** The particle's radius over its neighbour's. */
  readonly ratio: number;
}

/** A neighbour as the traction of a particle feels it. */
export interface Pull extends Film {
  /** How far the gap opens, over what it would if both centres stayed; negative where it closes. */
  readonly opened: number;
}

/**
 * Traction in a direction over that of a lone particle: `whole`, of which neighbours add `crowd`, of which `film` through
 * carbon/binder so thin that what one of its two sides lets go the other is rid of, too.
 */
export interface Factor {
  readonly whole: number;
  readonly crowd: number;
  readonly film: number;
}

/** Thickness over the mean radius at which half of what a neighbour adds counts as a film's (docs/networks.md). */
export const THIN = 0.8;

/** No direction is left with less than this share of the lone particle's traction. */
export const least = 0.05;

/** `cosine` [neighbour]: of the angle between its direction and the one asked for. */
export function tractionFactor(dimension: 2 | 3, pulls: readonly Pull[], cosine: ArrayLike<number>): Factor {
  let [whole, crowd, film] = [1, 0, 0];
  pulls.forEach((pull, j) => {
    const more = pull.opened * crowding(dimension, pull, cosine[j]);
    crowd += more;
    film += more / (1 + square(thickness(dimension, pull, cosine[j]) / THIN));
    whole += more - pull.opened * relief(dimension, pull.gap) * (1 - cosine[j] * cosine[j]);
  });
  return { whole: Math.max(least, whole), crowd: Math.max(0, crowd), film: Math.max(0, film) };
}

/** What a neighbour adds where its gap opens in full, 0 far away. */
export function crowding(dimension: 2 | 3, film: Film, cosine: number): number {
  const { amount, power, decay } = laws[dimension];
  const x = thickness(dimension, film, cosine);
  return amount / (pow(x, power) * (1 + decay * x));
}

function thickness(dimension: 2 | 3, { gap, ratio }: Film, cosine: number): number {
  const { widening, nearest } = laws[dimension];
  return Math.max(nearest, gap) + widening * ratio * (1 - cosine);
}

function relief(dimension: 2 | 3, gap: number): number {
  const { relief: amount, fading, nearest } = laws[dimension];
  return amount / pow(1 + Math.max(nearest, gap), fading);
}

/** Slices of the half of a surface that faces a neighbour. */
const slices = 64;

/** Force in the neighbour's direction over (lone traction · R^{d−1}): ∫ crowding cos α over the facing half. */
export function pullStrength(dimension: 2 | 3, neighbour: Film): number {
  let sum = 0;
  for (let m = 0; m < slices; m++) {
    const part = (m + 0.5) / slices;
    // Equal arcs of a circle; equal heights, and so equal areas, of a sphere.
    const cosine = dimension === 2 ? cos((Math.PI / 2) * part) : part;
    sum += crowding(dimension, neighbour, cosine) * cosine;
  }
  return ((dimension === 2 ? Math.PI : 2 * Math.PI) * sum) / slices;
}
