import { join } from "node:path";
import { writeJson } from "../folder/json-file.js";
import { fileText } from "../folder/read-file.js";
import { type Criterion, judge } from "../inference/criteria.js";
import type { StoichiometryRange } from "../inference/range.js";
import { type CycleSpread, measureSynchronisation, type Synchronisation } from "../inference/synchronisation.js";
import { formOf } from "../scenario/function/forms.js";
import { takenPotential } from "../scenario/function/potential.js";
import type { Scenario } from "../scenario/scenario.js";
import { mean } from "../statistics/mean.js";
import type { ControlStanding } from "./control-runs.js";
import type { Backend, Status } from "./manifest.js";
import { runRecord } from "./record.js";
import { runFiles } from "./result-files.js";
import type { Steps } from "./steps.js";

/** The headline numbers of a run; other tools read these keys. */
export interface Summary {
  readonly title: string;
  /** How the run ended, and why where that was not by its protocol. */
  readonly ending: RunEnding;
  /** Finished charges. */
  readonly cycles: number;
  readonly syncCycle: number | null;
  readonly meanDamageAtSync: number | null;
  /** Share of all damage that grew while charging; absent in results of earlier versions. */
  readonly damageWhileCharging?: number | null;
  readonly spread: Synchronisation["spread"] | null;
  /** Largest relative violation over all steps. */
  readonly balances: { readonly lithium: number; readonly charge: number; readonly momentum: number };
  /** Null before the first step. */
  readonly range: StoichiometryRange | null;
  /** Crack shares of the particles at the end; only of scenarios with cracks. */
  readonly cracks?: { readonly meanShare: number; readonly largestShare: number };
  readonly criteria: readonly Criterion[];
  /** Runs beside it by which E and F are judged; absent where none were asked for. */
  readonly controls?: readonly ControlStanding[];
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

/** Writes it into a results folder. @throws MachineFailure */
export function writeSummary(folder: string, summary: Summary): void {
  writeJson(join(folder, runFiles.summary), summary);
}

/** @throws MachineFailure; SyntaxError when it is damaged */
export function readSummary(folder: string): Summary {
  return JSON.parse(fileText(join(folder, runFiles.summary))) as Summary;
}

/** Measures a run, finished or not, from its time series. */
export function summarise(steps: Steps, context: SummaryContext): Summary {
  const measured = measure(steps, context);
  return {
    title: context.scenario.title,
    ending: context.ending,
    cycles: measured?.cycles.length ?? 0,
    syncCycle: measured?.syncCycle ?? null,
    meanDamageAtSync: measured?.meanDamageAtSync ?? null,
    damageWhileCharging: measured?.damageWhileCharging ?? null,
    spread: measured?.spread ?? null,
    balances: worstBalances(steps),
    range: rangeOf(steps, context.scenario),
    ...(context.scenario.cracks && { cracks: cracksAtEnd(steps) }),
    criteria: measured ? judge(measured) : [],
    perCycle: (measured?.cycles ?? []).map((cycle) => ({
      ...cycle,
      deviation: cycle.deviation.length > mostDeviations ? [] : cycle.deviation,
    })),
    backend: context.backend.ran,
    steps: steps.time.length,
    unknowns: Object.values(context.unknowns).reduce((total, count) => total + count, 0),
    unknownsByField: context.unknowns,
    seconds: context.seconds,
  };
}

/** Null until the first charge has ended. */
function measure(steps: Steps, { scenario, coverage }: SummaryContext): Synchronisation | null {
  const record = runRecord(steps, scenario, coverage);
  return record.cycles.length === 0 ? null : measureSynchronisation(record);
}

/** The largest relative violation of each balance. */
export function worstBalances({
  balances: { lithium, charge, momentum },
}: Pick<Steps, "balances">): Summary["balances"] {
  const worst = (column: Float64Array) => column.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { lithium: worst(lithium), charge: worst(charge), momentum: worst(momentum) };
}

/** Where the particles have rows last; sound before they have any. */
function cracksAtEnd({ values, particles }: Steps): NonNullable<Summary["cracks"]> {
  const share = (values.crackShare ?? new Float64Array()).slice(-particles);
  if (share.length === 0) return { meanShare: 0, largestShare: 0 };
  return { meanShare: mean(share), largestShare: share.reduce((most, own) => Math.max(most, own)) };
}

/** A potential without a source of its own, such as a constant, holds from 0 to 1. */
function rangeOf(steps: Steps, { activeMaterial }: Scenario): StoichiometryRange | null {
  const { cycle, extremes } = steps;
  if (cycle.length === 0) return null;
  const choice = activeMaterial.openCircuitPotential;
  const measured = formOf(choice).known(choice, "openCircuitPotential") ?? ([0, 1] as const);
  if (!extremes) return { ...overSurfaces(steps), measured, ...within(overSurfaces(steps), measured) };
  const { smallest, largest, emptiest, fullest } = extremes;
  const low = smallest.reduce((best, value, step) => (value < smallest[best] ? step : best), 0);
  const high = largest.reduce((best, value, step) => (value > largest[best] ? step : best), 0);
  const reached = { smallest: smallest[low], largest: largest[high] };
  const { bent } = takenPotential(choice);
  return {
    ...reached,
    measured,
    ...within(reached, measured),
    emptiest: { particle: emptiest[low], cycle: cycle[low], bent: bent(smallest[low]) },
    fullest: { particle: fullest[high], cycle: cycle[high], bent: bent(largest[high]) },
  };
}

type Reached = Pick<StoichiometryRange, "smallest" | "largest">;

function within({ smallest, largest }: Reached, [low, high]: readonly [number, number]): { readonly inside: boolean } {
  return { inside: smallest >= low && largest <= high };
}

/** Means over the particles' surfaces: what results of earlier versions kept. */
function overSurfaces({ values: { surfaceStoichiometry } }: Steps): Reached {
  let [smallest, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const s of surfaceStoichiometry) {
    smallest = Math.min(smallest, s);
    largest = Math.max(largest, s);
  }
  return { smallest, largest };
}
