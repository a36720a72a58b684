import { mean, populationDeviation, range } from "../statistics/mean.js";
import { type CycleRecord, checkRunRecord, type FirstCharge, type RunRecord } from "./run-record.js";
import { spread, spreadMeasure } from "./spread.js";
import { rankTrend, type Trend } from "./trend.js";

/** The spreads over the charge of one cycle. Δs_k, by particle: s at the start of this charge − s at its end. */
export interface CycleSpread {
  readonly cycle: number;
  /** S_c: spread of Δs over the particles / mean Δs; null when nothing was moved. */
  readonly lithium: number | null;
  /** Standard deviation of Δs over the particles / mean Δs. */
  readonly lithiumStd: number | null;
  /** Δs of the least minus Δs of the most covered, / mean Δs; negative while the most covered gives more. */
  readonly lithiumSigned: number | null;
  readonly meanStoichiometry: number;
  /** Mean Δs. */
  readonly meanMoved: number;
  /** S_D: spread of D over the particles. */
  readonly damage: number;
  /** Standard deviation of D over the particles. */
  readonly damageStd: number;
  /** D of the most minus D of the least covered. */
  readonly damageSigned: number;
  /** Mean of D over the particles. */
  readonly meanDamage: number;
  /** S_D / mean D; null without damage. */
  readonly damageRelative: number | null;
  /** D_k − mean D, by particle. */
  readonly deviation: readonly number[];
  /** V */
  readonly voltage: number;
  readonly throughput: number;
  readonly cutOff: boolean;
}

/** When the spread of damage opened in the first charge; nulls without damage. */
export interface Onset {
  /** True when a hold is part of the charge, so that shares of its time say nothing. */
  readonly held: boolean;
  /** s: S_D reaches a tenth of its value at the end of the charge. */
  readonly time: number | null;
  /** s */
  readonly endOfCharge: number;
  readonly shareOfCharge: number | null;
  /** Share of the S_D of the first charge accrued in its last 40 %. */
  readonly lastFortyPercent: number | null;
}

/** How far particles are apart over the cycles, when damage opens, and from which cycle they are in step. */
export interface Synchronisation {
  readonly particles: number;
  readonly coverage: readonly number[];
  readonly initialStoichiometry: number;
  /** What counts as the spread of so many particles, in words. */
  readonly spreadMeasure: string;
  /** False where what a charge moved had to be counted from the start of the run, as its own start was not recorded. */
  readonly startsKnown: boolean;
  readonly cycles: readonly CycleSpread[];
  readonly onset: Onset;
  /** Spread of s before the first step, expected 0. */
  readonly startSpread: number;
  /** First charge, by particle: Δs and D at its end. */
  readonly firstMoved: readonly number[];
  readonly firstDamage: readonly number[];
  /** Share of S_c(1) that counts as in step. */
  readonly syncFraction: number;
  /** First cycle from which S_c ≤ syncFraction · S_c(1) and stays so; null if never, or never out of step. */
  readonly syncCycle: number | null;
  readonly meanDamageAtSync: number | null;
  /** Share of all damage, over the particles, that grew while charging; null without damage, or where charges' own starts are not recorded. */
  readonly damageWhileCharging: number | null;
  readonly spread: {
    readonly lithiumFirst: number | null;
    readonly lithiumLast: number | null;
    readonly lithiumStdFirst: number | null;
    readonly lithiumStdLast: number | null;
    readonly damageMax: number;
    readonly damageMaxCycle: number;
    readonly damageLast: number;
    readonly damageStdLast: number;
  };
  readonly trend: {
    /** S_c against the cycle. */
    readonly lithium: Trend;
    /** S_D / mean D against the cycle. */
    readonly damageRelative: Trend;
  };
}

/** S_c(1) from which on the particles of a run count as out of step (criterion A). */
export const leastAsynchrony = 0.03;

/** Share of its spread at the end of the first charge at which damage counts as opening. */
const openingShare = 0.1;

/** Spreads below this are rounding, not asynchrony. */
const smallest = 1e-9;

/**
 * Measures how far apart the particles run, cycle by cycle, and when they fall into step.
 * @param syncFraction share of S_c(1), in (0, 1), at and below which the particles are in step.
 * @throws RangeError for a record whose parts do not fit, or a fraction outside (0, 1).
 */
export function measureSynchronisation(record: RunRecord, syncFraction = 0.25): Synchronisation {
  checkRunRecord(record);
  if (!(syncFraction > 0 && syncFraction < 1))
    throw new RangeError(`Measuring synchronisation: found a fraction of ${syncFraction}; it lies between 0 and 1.`);
  const cycles = record.cycles.map((cycle) => spreadOf(cycle, record));
  const first = record.cycles[0];
  const syncCycle = fallIntoStep(cycles, syncFraction);
  const largest = cycles.reduce((a, b) => (b.damage > a.damage ? b : a));
  const last = cycles[cycles.length - 1];
  const start = record.firstCharge.meanStoichiometry[0];
  return {
    particles: record.coverage.length,
    coverage: record.coverage,
    initialStoichiometry: record.initialStoichiometry,
    spreadMeasure: spreadMeasure(record.coverage.length),
    startsKnown: record.cycles.every(({ startStoichiometry }) => startStoichiometry !== undefined),
    cycles,
    onset: damageOnset(record.firstCharge),
    startSpread: start && record.firstCharge.time[0] === 0 ? range(start) : 0,
    firstMoved: movedIn(first, record),
    firstDamage: first.damage,
    syncFraction,
    syncCycle,
    meanDamageAtSync: syncCycle === null ? null : cycles[syncCycle - 1].meanDamage,
    damageWhileCharging: whileCharging(record),
    spread: {
      lithiumFirst: cycles[0].lithium,
      lithiumLast: last.lithium,
      lithiumStdFirst: cycles[0].lithiumStd,
      lithiumStdLast: last.lithiumStd,
      damageMax: largest.damage,
      damageMaxCycle: largest.cycle,
      damageLast: last.damage,
      damageStdLast: last.damageStd,
    },
    trend: { lithium: trendOf(cycles, "lithium"), damageRelative: trendOf(cycles, "damageRelative") },
  };
}

/** Particles from the most to the least covered; equals keep their order. */
export function byCoverage(coverage: readonly number[]): number[] {
  return coverage.map((_, k) => k).sort((a, b) => coverage[b] - coverage[a] || a - b);
}

/** Linear interpolation in a table with increasing x, held at its ends. */
export function interpolate(x: readonly number[], y: readonly number[], at: number): number {
  if (at <= x[0]) return y[0];
  for (let k = 1; k < x.length; k++)
    if (at <= x[k]) return y[k - 1] + ((y[k] - y[k - 1]) * (at - x[k - 1])) / (x[k] - x[k - 1]);
  return y[y.length - 1];
}

function whileCharging({ cycles }: RunRecord): number | null {
  const all = mean(cycles[cycles.length - 1].damage);
  const grown = cycles.map(({ damage, startDamage }) => (startDamage ? mean(damage) - mean(startDamage) : Number.NaN));
  const share = grown.reduce((sum, each) => sum + each, 0) / all;
  return all > smallest && Number.isFinite(share) ? share : null;
}

/** Δs, by particle. */
function movedIn({ startStoichiometry, meanStoichiometry }: CycleRecord, record: RunRecord): number[] {
  return meanStoichiometry.map((end, k) => (startStoichiometry?.[k] ?? record.initialStoichiometry) - end);
}

function spreadOf(cycle: CycleRecord, record: RunRecord): CycleSpread {
  const { meanStoichiometry: s, damage: d } = cycle;
  const order = byCoverage(record.coverage);
  const [most, least] = [order[0], order[order.length - 1]];
  const moved = movedIn(cycle, record);
  const [meanMoved, meanD] = [mean(moved), mean(d)];
  const share = (value: number) => (Math.abs(meanMoved) > smallest ? value / meanMoved : null);
  return {
    cycle: cycle.cycle,
    lithium: share(spread(moved)),
    lithiumStd: share(populationDeviation(moved)),
    lithiumSigned: share(moved[least] - moved[most]),
    meanStoichiometry: mean(s),
    meanMoved,
    damage: spread(d),
    damageStd: populationDeviation(d),
    damageSigned: d[most] - d[least],
    meanDamage: meanD,
    damageRelative: meanD > smallest ? spread(d) / meanD : null,
    deviation: d.map((value) => value - meanD),
    voltage: cycle.voltage,
    throughput: cycle.throughput,
    cutOff: cycle.cutOff,
  };
}

function fallIntoStep(cycles: readonly CycleSpread[], fraction: number): number | null {
  const first = cycles[0].lithium;
  if (first === null || first <= smallest) return null;
  let found: number | null = null;
  for (const { cycle, lithium } of cycles) {
    if (lithium === null || lithium > fraction * first) found = null;
    else found ??= cycle;
  }
  return found;
}

function damageOnset(charge: FirstCharge): Onset {
  const early = charge.time.length === 0 || charge.time[0] > 0;
  const time = early ? [0, ...charge.time] : [...charge.time];
  const apart = charge.damage.map((row) => spread(row));
  if (early) apart.unshift(0);
  const endOfCharge = time[time.length - 1];
  const end = apart[apart.length - 1];
  const held = charge.held ?? false;
  if (end <= smallest) return { held, time: null, endOfCharge, shareOfCharge: null, lastFortyPercent: null };
  const k = apart.findIndex((value) => value >= openingShare * end);
  const onset =
    k === 0
      ? time[0]
      : time[k - 1] + ((time[k] - time[k - 1]) * (openingShare * end - apart[k - 1])) / (apart[k] - apart[k - 1]);
  return {
    held,
    time: onset,
    endOfCharge,
    shareOfCharge: onset / endOfCharge,
    lastFortyPercent: 1 - interpolate(time, apart, 0.6 * endOfCharge) / end,
  };
}

function trendOf(cycles: readonly CycleSpread[], key: "lithium" | "damageRelative"): Trend {
  const known = cycles.flatMap(({ cycle, [key]: value }) => (value === null ? [] : [{ cycle, value }]));
  return rankTrend(
    known.map(({ cycle }) => cycle),
    known.map(({ value }) => value),
  );
}
