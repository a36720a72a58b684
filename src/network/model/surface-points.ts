import type { SurfacePoints } from "../../fem/model/contact-state.js";
import { surfaceOf } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import type { Surroundings } from "../graph/surroundings.js";
import type { Sight } from "../neighbours/sight.js";
import { crowding, type Factor, tractionFactor } from "./neighbour-law.js";
import { type Facing, openings } from "./openings.js";

/**
 * Points of the particles' surfaces: each patch has a few, that stand for equal shares of it ordered by how hard its
 * surroundings pull. Points of a patch follow one another, patches as the nodes of the conduction graph.
 */
export interface NetworkPoints extends SurfacePoints {
  /** Points of a patch. */
  readonly each: number;
  /** [patch] share of the particle's surface: 2k covered, 2k + 1 the rest. */
  readonly share: Float64Array;
  /** [point] traction over that of a lone particle, what of it neighbours add, and what of that through thin films. */
  readonly factor: Float64Array;
  readonly crowd: Float64Array;
  readonly film: Float64Array;
  /** Neighbours that are felt, by particle, with shares that sum to 1; walls count as the particle itself. */
  readonly felt: Felt;
}

export interface Felt {
  /** [particle + 1] */
  readonly start: Int32Array;
  /** [entry] */
  readonly particle: Int32Array;
  readonly share: Float64Array;
}

export function surfacePoints(
  packing: CoveredPacking,
  around: Surroundings,
  sight: Sight,
  each: number,
): NetworkPoints {
  const { radius, coverage, dimension } = packing;
  const n = radius.length;
  const share = new Float64Array(2 * n);
  const particle = new Int32Array(2 * n * each);
  const weight = new Float64Array(2 * n * each);
  const factor = new Float64Array(2 * n * each);
  const crowd = new Float64Array(2 * n * each);
  const film = new Float64Array(2 * n * each);
  const facing = openings(packing, sight);
  for (let k = 0; k < n; k++) {
    const met = factorsAround(dimension, facing[k], around);
    share[2 * k] = coverage[k];
    share[2 * k + 1] = 1 - coverage[k];
    for (const patch of [0, 1]) {
      const first = (2 * k + patch) * each;
      const felt = sortedOnPatch(met, around, k, patch === 0);
      for (let q = 0; q < each; q++) {
        particle[first + q] = k;
        weight[first + q] = (surfaceOf(dimension, radius[k]) * share[2 * k + patch]) / each;
        factor[first + q] = meanBetween(felt, q / each, (q + 1) / each, ({ whole }) => whole);
        crowd[first + q] = meanBetween(felt, q / each, (q + 1) / each, (one) => one.crowd);
        film[first + q] = meanBetween(felt, q / each, (q + 1) / each, (one) => one.film);
      }
    }
  }
  return {
    count: weight.length,
    particle,
    weight,
    each,
    share,
    factor,
    crowd,
    film,
    felt: feltOf(dimension, facing),
  };
}

/** [direction] */
function factorsAround(dimension: 2 | 3, facing: readonly Facing[], { directions, direction }: Surroundings): Factor[] {
  return Array.from({ length: directions }, (_, m) =>
    tractionFactor(
      dimension,
      facing,
      facing.map(
        ({ way }) => direction[3 * m] * way[0] + direction[3 * m + 1] * way[1] + direction[3 * m + 2] * way[2],
      ),
    ),
  );
}

/** The neighbours' shares by how much they add straight ahead. */
function feltOf(dimension: 2 | 3, facing: readonly Facing[][]): Felt {
  const start = Int32Array.from({ length: facing.length + 1 }, () => 0);
  facing.forEach((list, k) => {
    start[k + 1] = start[k] + list.length;
  });
  const share = Float64Array.from(
    facing.flatMap((list) => {
      const added = list.map((one) => Math.max(0, one.opened) * crowding(dimension, one, 1));
      const sum = added.reduce((total, one) => total + one, 0);
      return added.map((one) => (sum === 0 ? 1 / added.length : one / sum));
    }),
  );
  return { start, particle: Int32Array.from(facing.flatMap((list) => list.map(({ particle }) => particle))), share };
}

/** The factors met on a patch, ascending; those of the whole surface where the patch is too small to be met. */
function sortedOnPatch(factors: readonly Factor[], around: Surroundings, k: number, high: boolean): Factor[] {
  const met = factors.filter((_, m) => (around.high[k * around.directions + m] === 1) === high);
  return (met.length > 0 ? met : factors.slice()).sort((a, b) => a.whole - b.whole);
}

/** Mean of sorted values, seen as a step function on 0 … 1, between two quantiles. */
function meanBetween(sorted: readonly Factor[], from: number, to: number, value: (factor: Factor) => number): number {
  const n = sorted.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const overlap = Math.min(to, (i + 1) / n) - Math.max(from, i / n);
    if (overlap > 0) sum += overlap * value(sorted[i]);
  }
  return sum / (to - from);
}
