import { untestable } from "../spatial/spatial.js";
import { bootstrapIntervals, singleRows } from "./bootstrap.js";
import type { CompareSettings, TableSummary } from "./compare.js";
import { interaction, interactionWithin, slopesApart } from "./depth-trend.js";
import { effects } from "./effect.js";
import type { MeasuredParticles } from "./measured-particles.js";
import { type Pooled, pool } from "./pooled.js";
import { sameParticles } from "./same-particles.js";
import { relativeDeviations, riseEffect, riseTest } from "./trend.js";
import { twoSampleTests } from "./two-sample.js";

/** A test of those shown, with its effect. */
export interface ComparisonTest {
  readonly name: string;
  readonly statistic: number;
  readonly p: number;
  /** After Holm, over all tests shown. */
  readonly pHolm: number;
  readonly effect: number;
  readonly effectName: string;
  /** 95 % of the effect; NaN where none is known. */
  readonly interval: readonly [number, number];
}

export type RawTest = Omit<ComparisonTest, "pHolm">;

type Pair = readonly [MeasuredParticles, MeasuredParticles];

/** Values of rows drawn from a table. */
const taken = ({ value }: MeasuredParticles, rows: readonly number[]) => Float64Array.from(rows, (row) => value[row]);

/** Distances of two distributions, each with its effect; states of the same particles are drawn and exchanged together. */
export function pairTests(pair: Pair, settings: CompareSettings, named: boolean): RawTest[] {
  const { permutations, resamples, seed } = settings;
  const [first, second] = pair;
  const paired = sameParticles(pair);
  const tests = twoSampleTests(first.value, second.value, permutations, seed, paired);
  const all = (pooled: Pooled) => tests.map(({ name }) => effects[name].of(pooled));
  const intervals = bootstrapIntervals(
    (paired ? [first] : pair).map(({ value }) => singleRows(value.length)),
    (a, b = a) => all(pool(taken(first, a), taken(second, b))),
    resamples,
    seed,
  );
  const found = all(pool(first.value, second.value));
  return tests.map((test, k) => {
    const { low, high } = intervals[k];
    const name = named ? `${first.name} → ${second.name}: ${test.name}` : test.name;
    return { ...test, name, effect: found[k], effectName: effects[test.name].name, interval: [low, high] as const };
  });
}

/** Whether the values, and their spread about the middle of their state, rise or fall over the states. */
export function trendTests(states: readonly MeasuredParticles[], settings: CompareSettings): RawTest[] {
  const { permutations, resamples, seed } = settings;
  const paired = sameParticles(states);
  const units = (paired ? states.slice(0, 1) : states).map(({ value }) => singleRows(value.length));
  const rise = (name: string, of: (values: Float64Array) => Float64Array): RawTest => {
    const whole = states.map(({ value }) => of(value));
    const effect = (...rows: readonly (readonly number[])[]) =>
      riseEffect(states.map((state, k) => of(taken(state, rows[paired ? 0 : k]))));
    const [interval] = bootstrapIntervals(units, (...rows) => [effect(...rows)], resamples, seed);
    return {
      ...riseTest(whole, paired, permutations, seed),
      name,
      effectName: "probability that the later of two is larger, less that it is smaller",
      interval: [interval.low, interval.high],
    };
  };
  return [
    rise("over all states: values (Jonckheere–Terpstra)", (values) => values),
    rise("over all states: relative spread (Jonckheere–Terpstra)", relativeDeviations),
  ];
}

/** Whether the slope over depth differs between states: each with the next, and all of more than two. */
export function depthTests(states: readonly MeasuredParticles[], tables: readonly TableSummary[]): RawTest[] {
  const several = states.length > 2;
  const pairs = states.slice(1).flatMap((later, k) => {
    const found = slopesOfPair([states[k], later], [tables[k], tables[k + 1]], several);
    return found ? [found] : [];
  });
  if (!several || tables.some(({ depth }) => depth === null)) return pairs;
  return [...pairs, sameParticles(states) ? slopeWithin(states) : slopesOfAll(tables)];
}

function slopesOfPair(pair: Pair, tables: readonly [TableSummary, TableSummary], named: boolean): RawTest | null {
  const [first, second] = tables;
  if (!first.depth || !second.depth) return null;
  const { t, p, difference, interval } = sameParticles(pair)
    ? interactionWithin(depthOf(pair[0]), [pair[0].value, pair[1].value])
    : interaction(first.depth, second.depth, [first.particles, second.particles]);
  return {
    name: `${named ? `${first.name} → ${second.name}: ` : ""}depth: difference of slopes`,
    statistic: t,
    p,
    effect: difference,
    effectName: "slope of the first less that of the second",
    interval,
  };
}

function slopeWithin(states: readonly MeasuredParticles[]): RawTest {
  const values = states.map(({ value }) => value);
  const { difference, t, p, interval } = interactionWithin(depthOf(states[0]), values);
  return {
    name: "over all states: slope over depth",
    statistic: t,
    p,
    effect: difference,
    effectName: "slope of the first less that of the last, on a line through the states of each particle",
    interval,
  };
}

function slopesOfAll(tables: readonly TableSummary[]): RawTest {
  const { f, p, share } = slopesApart(
    tables.map(({ depth }) => depth!),
    tables.map(({ particles }) => particles),
  );
  return {
    name: "over all states: slopes over depth",
    statistic: f,
    p,
    effect: share,
    effectName: "share of the scatter of slopes that their errors do not explain",
    interval: [Number.NaN, Number.NaN],
  };
}

function depthOf({ axes }: MeasuredParticles): Float64Array {
  return axes[axes.length - 1];
}

/** Whether damaged particles lie together, table by table. */
export function spatialTests(tables: readonly TableSummary[]): RawTest[] {
  return tables.flatMap(({ name, particles, spatial }) => {
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
    if (severe && untestable(severe.severe, particles) === null)
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

/** Tests of places that say nothing, each with why. */
export function leftOut(tables: readonly TableSummary[]): string[] {
  return tables.flatMap(({ name, particles, spatial }) => {
    const severe = spatial?.severe[0];
    const why = severe ? untestable(severe.severe, particles) : null;
    return why === null ? [] : [`${name}: nearest severe, ${severe!.definition}: not tested, ${why}.`];
  });
}
