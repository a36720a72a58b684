import { quantile } from "../../statistics/quantile.js";
import { geary, joinCount, moran } from "./autocorrelation.js";
import { crossRatio, markCorrelation, severePairCorrelation } from "./mark-functions.js";
import { nearestOf, type Places, pairsWithin } from "./places.js";
import { againstRandomLabels, type LabellingTest } from "./random-labelling.js";
import { severeDistances } from "./severe-distance.js";

/** How places are looked at. */
export interface SpatialSettings {
  readonly permutations: number;
  readonly seed: number;
  /** Severe is damage above these. */
  readonly thresholds: readonly number[];
  /** Severe is the most damaged share; the number of severe ones is then the same in every state. */
  readonly shares: readonly number[];
}

/** Severe particles under one definition. Distances are in the unit of the places. */
export interface SevereFindings {
  readonly definition: string;
  readonly threshold: number;
  readonly severe: number;
  /** From each severe particle to the nearest severe one. */
  readonly nearest: LabellingTest;
  readonly meanOfThree: LabellingTest;
  /** The same, without particles whose nearest severe neighbour may lie outside. */
  readonly nearestInside: LabellingTest;
  /** Share of neighbours in the graph that are both severe. */
  readonly joins: LabellingTest;
}

/** A function of distance with its band at random. */
export interface DistanceFunction {
  readonly name: string;
  /** Middles of the bins, in the unit of the places. */
  readonly r: readonly number[];
  readonly tests: readonly LabellingTest[];
}

/** How a column is spread over the places of its particles. */
export interface SpatialFindings {
  /** Neighbours a particle in the graph. */
  readonly neighbours: number;
  /** Mean distance to the nearest particle of any kind. */
  readonly nearestOfAll: number;
  readonly moran: LabellingTest;
  readonly geary: LabellingTest;
  readonly severe: readonly SevereFindings[];
  readonly functions: readonly DistanceFunction[];
}

const graphNeighbours = 6;
const binCount = 12;

/** Where damaged particles lie, against the same damages dealt at random to the same places. */
export function spatialFindings(places: Places, damage: Float64Array, settings: SpatialSettings): SpatialFindings {
  const { permutations, seed } = settings;
  const graph = nearestOf(places, graphNeighbours);
  const nearestOfAll = meanNearest(graph.distance, graph.each);
  const [moranTest, gearyTest] = againstRandomLabels(
    damage,
    (marks, into) => {
      into[0] = moran(marks, graph);
      into[1] = geary(marks, graph);
    },
    2,
    permutations,
    seed,
  );
  const definitions = [
    ...settings.thresholds.map((threshold) => ({ definition: `damage above ${threshold}`, threshold })),
    ...settings.shares.map((share) => ({
      definition: `the ${Math.round(100 * share)} % most damaged`,
      threshold: quantile(damage, 1 - share),
    })),
  ];
  return {
    neighbours: graph.each,
    nearestOfAll,
    moran: moranTest,
    geary: gearyTest,
    severe: definitions.map((each) => severeFindings(places, damage, graph, each, settings)),
    functions: distanceFunctions(places, damage, nearestOfAll, settings),
  };
}

/** Why the places of severe particles say nothing: every dealing of them is the same, or there is no distance. Null where they do. */
export function untestable(severe: number, particles: number): string | null {
  if (severe === 0) return "no particle is severe";
  if (severe === particles) return "every particle is severe";
  return severe === 1 ? "a single particle is severe" : null;
}

/**
 * Severe particles, those above a threshold, against as many dealt at random to the same places.
 * @param graph nearest neighbours of every particle, for the joins.
 */
export function severeFindings(
  places: Places,
  damage: Float64Array,
  graph: ReturnType<typeof nearestOf>,
  { definition, threshold }: { readonly definition: string; readonly threshold: number },
  { permutations, seed }: SpatialSettings,
): SevereFindings {
  const severe = damage.map((value) => (value > threshold ? 1 : 0));
  const [all, inside] = [severeDistances(places, false), severeDistances(places, true)];
  const [nearest, meanOfThree, nearestInside, joins] = againstRandomLabels(
    severe,
    (marks, into) => {
      const found = all(marks);
      into[0] = found.nearest;
      into[1] = found.meanOfThree;
      into[2] = inside(marks).nearest;
      into[3] = joinCount(marks, graph);
    },
    4,
    permutations,
    seed,
  );
  const count = severe.reduce((sum, mark) => sum + mark, 0);
  return {
    definition,
    threshold,
    severe: count,
    nearest: nearest,
    meanOfThree: meanOfThree,
    nearestInside: nearestInside,
    joins: joins,
  };
}

/** Bins of half the distance to the nearest; severe is the first definition. */
function distanceFunctions(
  places: Places,
  damage: Float64Array,
  nearestOfAll: number,
  { permutations, seed, thresholds, shares }: SpatialSettings,
): DistanceFunction[] {
  const bins = { width: nearestOfAll / 2, count: binCount };
  const pairs = pairsWithin(places, bins.width * bins.count);
  const threshold = thresholds[0] ?? quantile(damage, 1 - (shares[0] ?? 0.2));
  const severe = damage.map((value) => (value > threshold ? 1 : 0));
  const r = Array.from({ length: binCount }, (_, k) => (k + 0.5) * bins.width);
  const run = (name: string, marks: Float64Array, of: typeof markCorrelation): DistanceFunction => ({
    name,
    r,
    tests: againstRandomLabels(marks, (dealt, into) => of(dealt, pairs, bins, into), binCount, permutations, seed),
  });
  return [
    run("mark correlation", damage, markCorrelation),
    run("pair correlation of severe", severe, severePairCorrelation),
    run("cross K of severe and others", severe, crossRatio),
  ];
}

function meanNearest(distance: Float64Array, each: number): number {
  let sum = 0;
  const count = distance.length / each;
  for (let i = 0; i < count; i++) sum += distance[i * each];
  return sum / count;
}
