import { type Criterion, judge } from "../inference/criteria.js";
import type { StoichiometryRange } from "../inference/range.js";
import { type CycleSpread, measureSynchronisation, type Synchronisation } from "../inference/synchronisation.js";
import { takenPotential } from "../scenario/potential.js";
import type { Scenario } from "../scenario/scenario.js";
import { validity } from "../scenario/validity.js";
import type { Backend, Status } from "./manifest.js";
import { runRecord } from "./record.js";
import type { Row } from "./row.js";

/** The headline numbers of a run; other tools read these keys. */
export interface Summary {
  readonly title: string;
  /** How the run ended, and why where that was not by its protocol. */
  readonly ending: RunEnding;
  /** Finished charges. */
  readonly cycles: number;
  readonly syncCycle: number | null;
  readonly meanDamageAtSync: number | null;
  readonly spread: Synchronisation["spread"] | null;
  /** Largest relative violation over all steps. */
  readonly balances: { readonly lithium: number; readonly charge: number; readonly momentum: number };
  /** Null before the first step. */
  readonly range: StoichiometryRange | null;
  readonly criteria: readonly Criterion[];
  /** `deviation` is empty beyond 50 particles. */
  readonly perCycle: readonly CycleSpread[];
  readonly backend: string;
  /** Accepted time steps. */
  readonly steps: number;
  readonly unknowns: number;
  readonly unknownsByField: Readonly<Record<string, number>>;
  /** Wall-clock time of the whole run. */
  readonly seconds: number;
}

export interface RunEnding {
  readonly status: Exclude<Status, "running">;
  readonly message?: string;
}

export interface SummaryContext {
  readonly ending: RunEnding;
  readonly scenario: Scenario;
  readonly coverage: readonly number[];
  readonly backend: Backend;
  readonly unknowns: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** Deviations of more particles are left to `particle_timeseries.csv`. */
const mostDeviations = 50;

/** Measures a run, finished or not, from its time series. */
export function summarise(rows: readonly Row[], context: SummaryContext): Summary {
  const measured = measure(rows, context);
  const worst = (index: 0 | 1 | 2) => rows.reduce((most, { balances }) => Math.max(most, Math.abs(balances[index])), 0);
  return {
    title: context.scenario.title,
    ending: context.ending,
    cycles: measured?.cycles.length ?? 0,
    syncCycle: measured?.syncCycle ?? null,
    meanDamageAtSync: measured?.meanDamageAtSync ?? null,
    spread: measured?.spread ?? null,
    balances: { lithium: worst(0), charge: worst(1), momentum: worst(2) },
    range: rangeOf(rows, context.scenario),
    criteria: measured ? judge(measured) : [],
    perCycle: (measured?.cycles ?? []).map((cycle) => ({
      ...cycle,
      deviation: cycle.deviation.length > mostDeviations ? [] : cycle.deviation,
    })),
    backend: context.backend.ran,
    steps: rows.length,
    unknowns: Object.values(context.unknowns).reduce((total, count) => total + count, 0),
    unknownsByField: context.unknowns,
    seconds: context.seconds,
  };
}

/** Null until the first charge has ended. */
function measure(rows: readonly Row[], { scenario, coverage }: SummaryContext): Synchronisation | null {
  const record = runRecord(rows, scenario, coverage);
  return record.cycles.length === 0 ? null : measureSynchronisation(record);
}

/** A potential without a source of its own, such as a constant, holds from 0 to 1. */
function rangeOf(rows: readonly Row[], { activeMaterial }: Scenario): StoichiometryRange | null {
  if (rows.length === 0) return null;
  const choice = activeMaterial.openCircuitPotential;
  const measured = validity(choice) ?? ([0, 1] as const);
  const kept = rows.flatMap(({ cycle, extremes }) => (extremes ? [{ cycle, ...extremes }] : []));
  if (kept.length === 0) return { ...overSurfaces(rows), measured, ...within(overSurfaces(rows), measured) };
  const low = kept.reduce((best, row) => (row.smallest < best.smallest ? row : best));
  const high = kept.reduce((best, row) => (row.largest > best.largest ? row : best));
  const reached = { smallest: low.smallest, largest: high.largest };
  const { bent } = takenPotential(choice);
  return {
    ...reached,
    measured,
    ...within(reached, measured),
    emptiest: { particle: low.emptiest, cycle: low.cycle, bent: bent(low.smallest) },
    fullest: { particle: high.fullest, cycle: high.cycle, bent: bent(high.largest) },
  };
}

type Reached = Pick<StoichiometryRange, "smallest" | "largest">;

function within({ smallest, largest }: Reached, [low, high]: readonly [number, number]): { readonly inside: boolean } {
  return { inside: smallest >= low && largest <= high };
}

/** Means over the particles' surfaces: what results of earlier versions kept. */
function overSurfaces(rows: readonly Row[]): Reached {
  let [smallest, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { surfaceStoichiometry } of rows)
    for (const s of surfaceStoichiometry) {
      smallest = Math.min(smallest, s);
      largest = Math.max(largest, s);
    }
  return { smallest, largest };
}
