import padjust from "@stdlib/stats-padjust";
import { quantile } from "../learn/contribution.js";
import { spatialBlocks } from "../spatial/blocks.js";
import { placesOf } from "../spatial/places.js";
import { type SpatialFindings, type SpatialSettings, spatialFindings } from "../spatial/spatial.js";
import { type BetaFit, type Fitted, fitBeta, fitZeroInflatedBeta, type ZeroInflatedBeta } from "./beta-fit.js";
import { bootstrapIntervals, singleRows, type Units } from "./bootstrap.js";
import { type Density, mirroredDensity } from "./density.js";
import { type DepthTrend, depthTrend, interaction } from "./depth-trend.js";
import { effects } from "./effect.js";
import type { MeasuredParticles } from "./measured-particles.js";
import { type Pooled, pool } from "./pooled.js";
import { shareAbove, summaries } from "./summary.js";
import { twoSampleTests } from "./two-sample.js";

export interface CompareSettings extends SpatialSettings {
  readonly resamples: number;
  /** Width of slices of depth, in the unit of the places. */
  readonly slice: number;
}

/** A number with 95 % intervals: particles drawn one by one, and block by block since neighbours are alike. */
export interface Estimate {
  readonly name: string;
  readonly value: number;
  readonly byParticle: readonly [number, number];
  readonly byBlock: readonly [number, number] | null;
}

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

/** A test of those shown, with its effect. */
export interface ComparisonTest {
  readonly name: string;
  readonly statistic: number;
  readonly p: number;
  /** After Holm, over all tests shown. */
  readonly pHolm: number;
  readonly effect: number;
  readonly effectName: string;
  /** 95 % of the effect. */
  readonly interval: readonly [number, number];
}

export interface Comparison {
  readonly tables: readonly [TableSummary, TableSummary];
  /** First less second. */
  readonly differences: readonly Estimate[];
  readonly tests: readonly ComparisonTest[];
}

/** Blocks along an axis of the block bootstrap. */
const blocksPerAxis = 4;

/**
 * Compares a column of two particle tables: distributions, depth, and where the large values lie.
 * @param say is told how far it has come.
 */
export function compareParticles(
  first: MeasuredParticles,
  second: MeasuredParticles,
  settings: CompareSettings,
  say: (message: string) => void = () => undefined,
): Comparison {
  const tables = [first, second].map((each) => {
    say(`${each.name}: distribution and places`);
    return summaryOf(each, settings);
  }) as [TableSummary, TableSummary];
  say("tests between the two");
  const raw = [...distanceTests(first, second, settings), ...depthTests(tables), ...spatialTests(tables)];
  const shown = raw.filter(({ p }) => Number.isFinite(p));
  const adjusted = padjust(
    shown.map(({ p }) => p),
    "holm",
  );
  return {
    tables,
    differences: estimates([first, second], settings),
    tests: shown.map((test, k) => ({ ...test, pHolm: adjusted[k]! })),
  };
}

type RawTest = Omit<ComparisonTest, "pHolm">;

function distanceTests(first: MeasuredParticles, second: MeasuredParticles, settings: CompareSettings): RawTest[] {
  const units = [singleRows(first.value.length), singleRows(second.value.length)];
  const taken = (of: MeasuredParticles, rows: readonly number[]) => Float64Array.from(rows, (row) => of.value[row]!);
  const tests = twoSampleTests(first.value, second.value, settings.permutations, settings.seed);
  const all = (pooled: Pooled) => tests.map(({ name }) => effects[name].of(pooled));
  const intervals = bootstrapIntervals(
    units,
    (a, b) => all(pool(taken(first, a!), taken(second, b!))),
    settings.resamples,
    settings.seed,
  );
  const found = all(pool(first.value, second.value));
  return tests.map((test, k) => {
    const { low, high } = intervals[k]!;
    return { ...test, effect: found[k]!, effectName: effects[test.name].name, interval: [low, high] as const };
  });
}

function depthTests([first, second]: readonly [TableSummary, TableSummary]): RawTest[] {
  if (!first.depth || !second.depth) return [];
  const { t, p, difference, interval } = interaction(first.depth, second.depth, [first.particles, second.particles]);
  return [
    {
      name: "depth: difference of slopes",
      statistic: t,
      p,
      effect: difference,
      effectName: "slope of the first less that of the second",
      interval,
    },
  ];
}

function spatialTests(tables: readonly TableSummary[]): RawTest[] {
  return tables.flatMap(({ name, spatial }) => {
    if (!spatial) return [];
    const severe = spatial.severe[0];
    const { moran } = spatial;
    const tests: RawTest[] = [
      {
        name: `${name}: Moran's I`,
        statistic: moran.observed,
        p: moran.p,
        effect: moran.observed - moran.expected,
        effectName: "I less its mean at random; band at random",
        interval: [moran.low - moran.expected, moran.high - moran.expected],
      },
    ];
    if (severe)
      tests.push({
        name: `${name}: nearest severe, ${severe.definition}`,
        statistic: severe.nearest.observed,
        p: severe.nearest.p,
        effect: severe.nearest.observed / severe.nearest.expected,
        effectName: "distance over its mean at random; band at random",
        interval: [severe.nearest.low / severe.nearest.expected, severe.nearest.high / severe.nearest.expected],
      });
    return tests;
  });
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

/** Summaries of one table, or their differences between two. */
function estimates(tables: readonly MeasuredParticles[], settings: CompareSettings): Estimate[] {
  const named: readonly (readonly [string, (values: Float64Array) => number])[] = [
    ...Object.entries(summaries),
    ...settings.thresholds.map(
      (threshold) => [`share above ${threshold}`, (v: Float64Array) => shareAbove(v, threshold)] as const,
    ),
  ];
  const single = tables.map(({ value }) => singleRows(value.length));
  const blocked = tables.map((table) => blocksOf(table));
  const statistics = (...rows: readonly (readonly number[])[]) => {
    const sorted = rows.map((chosen, k) => Float64Array.from(chosen, (row) => tables[k]!.value[row]!).sort());
    return named.map(([, of]) => (sorted.length === 1 ? of(sorted[0]!) : of(sorted[0]!) - of(sorted[1]!)));
  };
  const intervals = (units: readonly Units[]) =>
    bootstrapIntervals(units, statistics, settings.resamples, settings.seed).map(
      ({ low, high }) => [low, high] as const,
    );
  const values = statistics(...single.map((units) => units.flat()));
  const byParticle = intervals(single);
  const byBlock = blocked.every((units) => units !== null) ? intervals(blocked as Units[]) : null;
  return named.map(([name], k) => ({
    name,
    value: values[k]!,
    byParticle: byParticle[k]!,
    byBlock: byBlock ? byBlock[k]! : null,
  }));
}

function blocksOf({ axes }: MeasuredParticles): Units | null {
  return axes.length === 0 ? null : spatialBlocks(placesOf(axes), blocksPerAxis);
}
