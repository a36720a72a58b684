import padjust from "@stdlib/stats-padjust";
import { finished, type Steps } from "../../imaging/steps/steps.js";
import { quantile } from "../../statistics/quantile.js";
import { rankCorrelation } from "../learn/correlation.js";
import { spatialBlocks } from "../spatial/blocks.js";
import { placesOf } from "../spatial/places.js";
import { type SpatialFindings, type SpatialSettings, spatialFindings } from "../spatial/spatial.js";
import { type BetaFit, type Fitted, fitBeta, fitZeroInflatedBeta, type ZeroInflatedBeta } from "./beta-fit.js";
import { bootstrapIntervals, singleRows, type Units } from "./bootstrap.js";
import {
  type ComparisonTest,
  depthTests,
  leftOut,
  pairTests,
  type RawTest,
  spatialTests,
  trendTests,
} from "./comparison-tests.js";
import { type Density, mirroredDensity } from "./density.js";
import { type DepthTrend, depthTrend } from "./depth-trend.js";
import type { MeasuredParticles } from "./measured-particles.js";
import { sameParticles } from "./same-particles.js";
import { shareAbove, summaries } from "./summary.js";

/** How tables are compared. */
export interface CompareSettings extends SpatialSettings {
  readonly resamples: number;
  /** Width of slices of depth, in the unit of the places. */
  readonly slice: number;
  /** Whether the tables hold different quantities, so that only ranks are set beside each other. */
  readonly ranks?: boolean;
}

/** A number with 95 % intervals: particles drawn one by one, and block by block since neighbours are alike. */
export interface Estimate {
  readonly name: string;
  readonly value: number;
  readonly byParticle: readonly [number, number];
  readonly byBlock: readonly [number, number] | null;
}

/** One table in numbers. */
export interface TableSummary {
  readonly name: string;
  readonly particles: number;
  readonly estimates: readonly Estimate[];
  readonly beta: Fitted<BetaFit>;
  readonly zeroInflatedBeta: Fitted<ZeroInflatedBeta>;
  readonly quantiles: readonly number[];
  readonly density: Density;
  readonly depth: DepthTrend | null;
  readonly spatial: SpatialFindings | null;
}

/** Two states beside each other. */
export interface Between {
  /** Names of the two tables. */
  readonly between: readonly [string, string];
}

/** How far the order of the particles stays. */
export interface Persistence extends Between {
  /** Spearman's ρ of the same particles in the two states, with its two-sided p. */
  readonly rho: number;
  readonly p: number;
}

/** What sets the tables of a comparison apart. */
export interface Comparison {
  readonly tables: readonly TableSummary[];
  /** First less second, of each two tables that follow one another. */
  readonly differences: readonly (Estimate & Between)[];
  readonly tests: readonly ComparisonTest[];
  /** Tests that would say nothing, each with why. */
  readonly leftOut: readonly string[];
  /** Whether all tables are states of the same particles. */
  readonly paired: boolean;
  /** Of each two that follow one another; empty for tables of different particles. */
  readonly persistence: readonly Persistence[];
}

const valuesLeftOut =
  "Distributions, means and slopes over depth: not tested, since only ranks were asked for; what is shown of a table is its own.";

/** Blocks along an axis of the block bootstrap. */
const blocksPerAxis = 4;

/**
 * Compares a column of particle tables, states in their order: each with the next, all of them for a trend, their depth, and where
 * the large values lie.
 * @param states two or more.
 * @param say is told how far it has come.
 * @throws RangeError for fewer than two states.
 */
export function compareParticles(
  states: readonly MeasuredParticles[],
  settings: CompareSettings,
  say: (message: string) => void = () => undefined,
): Comparison {
  return finished(compareSteps(states, settings), ({ stage }) => say(stage));
}

/** The same, in steps between which it can be left. */
export function* compareSteps(states: readonly MeasuredParticles[], settings: CompareSettings): Steps<Comparison> {
  if (states.length < 2)
    throw new RangeError(`Comparing particle tables: found ${states.length}; at least two are needed.`);
  const tables: TableSummary[] = [];
  for (const each of states) {
    yield { stage: `${each.name}: distribution and places`, share: 0 };
    tables.push(summaryOf(each, settings));
  }
  const pairs = states.slice(1).map((later, k) => [states[k], later] as const);
  const ranks = settings.ranks ?? false;
  const ofValues: RawTest[] = [];
  for (const [k, pair] of ranks ? [] : pairs.entries()) {
    yield { stage: "tests between the tables", share: k / pairs.length };
    ofValues.push(...pairTests(pair, settings, states.length > 2));
  }
  yield { stage: "trends, depth and places", share: 0 };
  if (!ranks) ofValues.push(...(states.length > 2 ? trendTests(states, settings) : []), ...depthTests(states, tables));
  const raw = [...ofValues, ...spatialTests(tables)];
  const between = (pair: readonly MeasuredParticles[]) => [pair[0].name, pair[1].name] as const;
  const differences: (Estimate & Between)[] = [];
  for (const [k, pair] of ranks ? [] : pairs.entries()) {
    yield { stage: "differences between the tables", share: k / pairs.length };
    differences.push(...estimates(pair, settings).map((each) => ({ ...each, between: between(pair) })));
  }
  return {
    tables,
    differences,
    tests: corrected(raw),
    leftOut: [...(ranks ? [valuesLeftOut] : []), ...leftOut(tables)],
    paired: sameParticles(states),
    persistence: pairs.filter(sameParticles).map((pair) => {
      const { r, p } = rankCorrelation(pair[0].value, pair[1].value);
      return { between: between(pair), rho: r, p };
    }),
  };
}

/** Holm's correction over all tests that have a p. */
function corrected(raw: readonly RawTest[]): ComparisonTest[] {
  const shown = raw.filter(({ p }) => Number.isFinite(p));
  if (shown.length === 0) return [];
  const adjusted = padjust(
    shown.map(({ p }) => p),
    "holm",
  );
  return shown.map((test, k) => ({ ...test, pHolm: adjusted[k] }));
}

function summaryOf(particles: MeasuredParticles, settings: CompareSettings): TableSummary {
  const { name, value, axes } = particles;
  const largest = value.reduce((a, b) => Math.max(a, b), 0);
  const depth = axes[axes.length - 1];
  return {
    name,
    particles: value.length,
    estimates: estimates([particles], settings),
    beta: fitBeta(value),
    zeroInflatedBeta: fitZeroInflatedBeta(value),
    quantiles: Array.from({ length: 101 }, (_, k) => quantile(value, k / 100)),
    density: mirroredDensity(value, largest > 0 ? 1.1 * largest : 1),
    depth: depth && value.length > 3 ? depthTrend(depth, value, settings.slice, settings.seed) : null,
    spatial: axes.length > 0 && value.length > 12 ? spatialFindings(placesOf(axes), value, settings) : null,
  };
}

/** Summaries of one table, or their differences between two; of the same particles both are drawn together. */
export function estimates(tables: readonly MeasuredParticles[], settings: CompareSettings): Estimate[] {
  const named: readonly (readonly [string, (values: Float64Array) => number])[] = [
    ...Object.entries(summaries),
    ...settings.thresholds.map(
      (threshold) => [`share above ${threshold}`, (v: Float64Array) => shareAbove(v, threshold)] as const,
    ),
  ];
  const paired = tables.length === 2 && sameParticles(tables);
  const drawn = paired ? tables.slice(0, 1) : tables;
  const statistics = (...rows: readonly (readonly number[])[]) => {
    const sorted = tables.map(({ value }, k) => Float64Array.from(rows[paired ? 0 : k], (row) => value[row]).sort());
    return named.map(([, of]) => (sorted.length === 1 ? of(sorted[0]) : of(sorted[0]) - of(sorted[1])));
  };
  const intervals = (units: readonly Units[]) =>
    bootstrapIntervals(units, statistics, settings.resamples, settings.seed).map(
      ({ low, high }) => [low, high] as const,
    );
  const single = drawn.map(({ value }) => singleRows(value.length));
  const blocked = drawn.map((table) => blocksOf(table));
  const values = statistics(...single.map((units) => units.flat()));
  const byParticle = intervals(single);
  const byBlock = blocked.every((units) => units !== null) ? intervals(blocked as Units[]) : null;
  return named.map(([name], k) => ({
    name,
    value: values[k],
    byParticle: byParticle[k],
    byBlock: byBlock ? byBlock[k] : null,
  }));
}

function blocksOf({ axes }: MeasuredParticles): Units | null {
  return axes.length === 0 ? null : spatialBlocks(placesOf(axes), blocksPerAxis);
}
