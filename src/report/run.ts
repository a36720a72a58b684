import { type Charging, chargings } from "../inference/charging.js";
import type { CycleRecord, FirstCharge, RunRecord } from "../inference/run-record.js";
import { measureSynchronisation, type Synchronisation } from "../inference/synchronisation.js";
import type { Result } from "./result.js";
import { numbers, words } from "./table.js";

/** A result with what the figures are drawn from. */
export interface Run {
  readonly result: Result;
  readonly label: string;
  readonly particles: number;
  readonly measured: Synchronisation;
  readonly record: RunRecord;
  /** s */
  readonly tau: number;
  readonly clock: Clock;
  /** One a cycle. */
  readonly charges: readonly Charging[];
  readonly history: ParticleHistory;
}

/** The columns of `timeseries.csv` that are drawn. */
export interface Clock {
  /** s */
  readonly time: Float64Array;
  readonly cycle: Float64Array;
  readonly protocolStep: Float64Array;
  readonly verb: readonly string[];
  readonly ended: readonly string[];
  /** V */
  readonly voltage: Float64Array;
  /** mAh/cm³, net since the start. */
  readonly capacity: Float64Array;
  readonly balances: Readonly<Record<"lithium" | "charge" | "momentum", Float64Array>>;
}

/** The particles at the rows of the clock at which they have rows of their own: `[kept row][particle]`. */
export interface ParticleHistory {
  /** [row of the clock] place among the kept rows, −1 where there is none. */
  readonly kept: Int32Array;
  readonly stoichiometry: Float64Array;
  readonly damage: Float64Array;
}

/** Measures a result. Throws a `RangeError` when no charge was finished or the tables do not fit together. */
export function measureRun(result: Result): Run {
  const coverage = [...numbers(result.particles, "Coverage")];
  const clock = readClock(result);
  const history = readHistory(result, clock, coverage.length);
  const verbs = result.scenario.protocol.steps.map(({ verb }) => verb);
  const charges = chargings(verbs, clock);
  const { initialStoichiometry } = result.scenario.activeMaterial;
  const record: RunRecord = {
    cycles: charges.map((charge) => cycleAt(charge, clock, history, coverage.length)),
    firstCharge: firstCharge(charges[0], clock, history, initialStoichiometry, coverage.length),
    initialStoichiometry,
    coverage,
  };
  return {
    result,
    label: result.scenario.title || result.name,
    particles: coverage.length,
    measured: measureSynchronisation(record),
    record,
    tau: result.scenario.protocol.tau,
    clock,
    charges,
    history,
  };
}

/** Name of a particle where colours are explained: number and measured coverage. */
export function particleName(run: Run, k: number): string {
  return `${k + 1} (${(100 * run.measured.coverage[k]).toFixed(0)} %)`;
}

function readClock({ series }: Result): Clock {
  return {
    time: numbers(series, "Time [s]"),
    cycle: numbers(series, "Cycle"),
    protocolStep: numbers(series, "Protocol step"),
    verb: words(series, "Verb"),
    ended: words(series, "Ended"),
    voltage: numbers(series, "Cell voltage [V]"),
    capacity: numbers(series, "Capacity [mAh/cm3]"),
    balances: {
      lithium: numbers(series, "Lithium balance"),
      charge: numbers(series, "Charge balance"),
      momentum: numbers(series, "Momentum balance"),
    },
  };
}

/** Particle rows come in the order of the clock, particle after particle; a row of the clock has all of them or none. */
function readHistory({ particleSeries, folder, scenario }: Result, clock: Clock, particles: number): ParticleHistory {
  const { time, particle } = particleSeries;
  let rows = 0;
  const kept = Int32Array.from(clock.time, (at) => (time[rows * particles] === at ? rows++ : -1));
  const due = (scenario.outputs?.particleRows === "ends" ? rows : clock.time.length) * particles;
  if (time.length < due)
    throw new RangeError(
      `Reading results: ${folder} has ${time.length} rows of particles at ${clock.time.length} times; ${due} are due.`,
    );
  const first = particle.subarray(0, particles).reduce((a, b) => Math.min(a, b), Infinity);
  const sort = (column: Float64Array) => {
    const sorted = new Float64Array(rows * particles);
    for (let k = 0; k < rows * particles; k++)
      sorted[Math.floor(k / particles) * particles + particle[k] - first] = column[k];
    return sorted;
  };
  return { kept, stoichiometry: sort(particleSeries.stoichiometry), damage: sort(particleSeries.damage) };
}

/** The values of all particles at a row of the clock. @throws RangeError where they have no rows. */
function valuesAt(column: Float64Array, { kept }: ParticleHistory, row: number, particles: number): number[] {
  const at = kept[row];
  if (at < 0)
    throw new RangeError(
      `Reading results: the particles have no rows at the end of charge, row ${row + 2} of the time series.`,
    );
  return [...column.subarray(at * particles, (at + 1) * particles)];
}

function cycleAt({ from, to }: Charging, clock: Clock, history: ParticleHistory, particles: number): CycleRecord {
  const moving = (row: number) => clock.verb[row] === "charge" && clock.ended[row] === "voltage";
  return {
    cycle: clock.cycle[to],
    meanStoichiometry: valuesAt(history.stoichiometry, history, to, particles),
    damage: valuesAt(history.damage, history, to, particles),
    voltage: clock.voltage[to],
    time: clock.time[to],
    cutOff: Array.from({ length: to - from + 1 }, (_, k) => from + k).some(moving),
    throughput: Math.abs(clock.capacity[to] - (from === 0 ? 0 : clock.capacity[from - 1])),
  };
}

/** With the state before the first step added as time 0. */
function firstCharge(
  charge: Charging | undefined,
  clock: Clock,
  history: ParticleHistory,
  initialStoichiometry: number,
  particles: number,
): FirstCharge {
  if (charge === undefined) return { time: [], damage: [], meanStoichiometry: [] };
  const start = charge.from === 0 ? 0 : clock.time[charge.from - 1];
  const all = Array.from({ length: charge.to - charge.from + 2 }, (_, k) => charge.from - 1 + k);
  const rows = all.filter((row) => row < 0 || history.kept[row] >= 0);
  const at = (column: Float64Array, before: number) =>
    rows.map((row) =>
      row < 0 ? new Array<number>(particles).fill(before) : valuesAt(column, history, row, particles),
    );
  return {
    held: rows.some((row) => clock.verb[row] === "hold"),
    time: rows.map((row) => (row < 0 ? 0 : clock.time[row]) - start),
    damage: at(history.damage, 0),
    meanStoichiometry: at(history.stoichiometry, initialStoichiometry),
  };
}
