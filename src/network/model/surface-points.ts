import type { SurfacePoints } from "../../fem/model/contact-state.js";
import { surfaceOf } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import type { Surroundings } from "../graph/surroundings.js";
import { adjacencyOf, contactsWithin } from "../neighbours/contacts.js";
import { depthAxis } from "../packing/packing.js";
import { crowdingAt, type Factor, reliefOf, tractionFactor } from "./misfit.js";

/**
 * Points of the particles' surfaces: each patch has a few, that stand for equal shares of it ordered by how hard its
 * surroundings pull. Points of a patch follow one another, patches as the nodes of the conduction graph.
 */
export interface NetworkPoints extends SurfacePoints {
  /** Points of a patch. */
  readonly each: number;
  /** [patch] share of the particle's surface: 2k covered, 2k + 1 the rest. */
  readonly share: Float64Array;
  /** [point] traction over that of a lone particle, and what of it neighbours add. */
  readonly factor: Float64Array;
  readonly crowd: Float64Array;
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

/** Neighbours that are felt, surface to surface, in mean radii. */
const FELT = 3;

export function surfacePoints(packing: CoveredPacking, around: Surroundings, each: number): NetworkPoints {
  const { radius, coverage, dimension } = packing;
  const n = radius.length;
  const share = new Float64Array(2 * n);
  const particle = new Int32Array(2 * n * each);
  const weight = new Float64Array(2 * n * each);
  const factor = new Float64Array(2 * n * each);
  const crowd = new Float64Array(2 * n * each);
  const neighbours = neighboursOf(packing);
  const gapsOf = neighbours.map((felt, k) => Float64Array.from(felt, ({ gap }) => gap / radius[k]));
  for (let k = 0; k < n; k++) {
    const met = factorsAround(dimension, neighbours[k], gapsOf[k], around);
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
    felt: feltOf(dimension, neighbours, gapsOf),
  };
}

interface Neighbour {
  readonly particle: number;
  /** m */
  readonly gap: number;
  readonly way: readonly number[];
  /** Share of its direction that lies across the depth: the sides are held, collector and separator let the electrode shrink. */
  readonly held: number;
}

/** Whom each particle feels: its neighbours and, in side walls, itself. */
function neighboursOf(packing: CoveredPacking): Neighbour[][] {
  const { radius } = packing;
  const n = radius.length;
  const reach = (FELT * radius.reduce((sum, r) => sum + r, 0)) / n;
  const depth = depthAxis(packing);
  const contacts = contactsWithin(packing, reach);
  const adjacency = adjacencyOf(contacts, n);
  return Array.from(radius, (_, k) => {
    const felt = wallImages(packing, k, reach);
    for (let e = adjacency.start[k]; e < adjacency.start[k + 1]; e++) {
      const contact = adjacency.contact[e];
      const sign = contacts.first[contact] === k ? 1 : -1;
      const way = Array.from(contacts.direction.subarray(3 * contact, 3 * contact + 3), (v) => sign * v);
      felt.push({
        particle: adjacency.neighbour[e],
        gap: Math.max(0, contacts.gap[contact]),
        way,
        held: 1 - way[depth] ** 2,
      });
    }
    return felt;
  });
}

/** [direction] */
function factorsAround(
  dimension: 2 | 3,
  neighbours: readonly Neighbour[],
  gaps: Float64Array,
  { directions, direction }: Surroundings,
): Factor[] {
  const apart = anisotropyOf(dimension, neighbours, gaps);
  return Array.from({ length: directions }, (_, m) => {
    const pulls = neighbours.map(({ way, held }, j) => {
      const cosine = direction[3 * m] * way[0] + direction[3 * m + 1] * way[1] + direction[3 * m + 2] * way[2];
      return { gap: gaps[j], cosine, held };
    });
    return tractionFactor(dimension, pulls, apart);
  });
}

/** Of the tensor Σ r n nᵀ/Σ r of the neighbours' directions: 1 for one line, 0 for all around. */
function anisotropyOf(dimension: 2 | 3, neighbours: readonly Neighbour[], gaps: Float64Array): number {
  const tensor = new Float64Array(9);
  let sum = 0;
  neighbours.forEach(({ way, held }, j) => {
    const r = held * reliefOf(dimension, gaps[j]);
    sum += r;
    for (let e = 0; e < 9; e++) tensor[e] += r * way[Math.floor(e / 3)] * way[e % 3];
  });
  if (sum === 0) return 1;
  const square = tensor.reduce((total, value) => total + (value / sum) ** 2, 0);
  return Math.sqrt(Math.max(0, (dimension / (dimension - 1)) * (square - 1 / dimension)));
}

/** The neighbours' shares by how much they add straight ahead. */
function feltOf(dimension: 2 | 3, neighbours: readonly Neighbour[][], gaps: readonly Float64Array[]): Felt {
  const start = Int32Array.from({ length: neighbours.length + 1 }, () => 0);
  neighbours.forEach((list, k) => {
    start[k + 1] = start[k] + list.length;
  });
  const share = Float64Array.from(
    gaps.flatMap((list, k) => {
      const added = Array.from(list, (gap, j) => neighbours[k][j].held * crowdingAt(dimension, gap, 1));
      const sum = added.reduce((total, one) => total + one, 0);
      return added.map((one) => (sum === 0 ? 1 / added.length : one / sum));
    }),
  );
  return {
    start,
    particle: Int32Array.from(neighbours.flatMap((list) => list.map(({ particle }) => particle))),
    share,
  };
}

/** A particle sees its mirror image in a side wall; collector and separator count as far away. */
function wallImages(packing: CoveredPacking, k: number, reach: number): Neighbour[] {
  const { box, centre, radius, dimension, periodic } = packing;
  const depth = depthAxis(packing);
  const images: Neighbour[] = [];
  for (let axis = 0; axis < dimension; axis++) {
    for (const side of [-1, 1]) {
      if (axis === depth || periodic) continue;
      const distance = side < 0 ? centre[3 * k + axis] : box[axis] - centre[3 * k + axis];
      const gap = Math.max(0, 2 * (distance - radius[k]));
      if (gap <= reach) images.push({ particle: k, gap, way: [0, 1, 2].map((a) => (a === axis ? side : 0)), held: 1 });
    }
  }
  return images;
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
