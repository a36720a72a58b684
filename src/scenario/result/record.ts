import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Charging, chargings } from "../../inference/charging.js";
import type { CycleRecord, FirstCharge, RunRecord } from "../../inference/run-record.js";
import { olderNames } from "../../table/damage-name.js";
import { readNumberColumns } from "../../table/number-columns.js";
import { readSeparated } from "../../table/separated.js";
import type { Scenario } from "../scenario.js";
import type { ParticleTimeseriesColumn } from "./particle-timeseries.js";
import type { TimeseriesColumn } from "./timeseries.js";

/** One accepted step, read back from the time series of a results folder. */
export interface Row {
  readonly time: number;
  readonly cycle: number;
  readonly protocolStep: number;
  readonly verb: string;
  readonly voltage: number;
  /** mAh/cm³ */
  readonly capacity: number;
  readonly ended: string;
  readonly balances: readonly [lithium: number, charge: number, momentum: number];
  /** Over all places and particles, and whose; undefined in results of versions that did not keep it. */
  readonly extremes?: Extremes;
  /** By particle; this and what follows is empty where the particles have no rows (`outputs.particleRows`). */
  readonly stoichiometry: readonly number[];
  /** Mean over the surface. */
  readonly surfaceStoichiometry: readonly number[];
  readonly damage: readonly number[];
  readonly largestDamage: readonly number[];
}

/** The smallest and the largest stoichiometry of a step, and in which particles, counted from 1. */
export interface Extremes {
  readonly smallest: number;
  readonly largest: number;
  readonly emptiest: number;
  readonly fullest: number;
}

const byParticle = [
  "Mean stoichiometry",
  "Surface stoichiometry",
  "Interface damage",
  "Largest interface damage",
] as const satisfies readonly ParticleTimeseriesColumn[];

/**
 * The steps of a run, from `timeseries.csv` and `particle_timeseries.csv`.
 * @throws RangeError when the particles' rows are not those of steps, each whole.
 */
export function readRows(folder: string, particles: number): Row[] {
  const series = namedRows<TimeseriesColumn>(join(folder, "timeseries.csv"));
  const columns = readNumberColumns(join(folder, "particle_timeseries.csv"), ["Time [s]", ...byParticle], olderNames);
  const times = columns["Time [s]"];
  let next = 0;
  const rows = series.map((cell): Row => {
    const time = Number(cell("Time [s]"));
    const from = next;
    if (times[from] === time) next += particles;
    const own = (name: (typeof byParticle)[number]) => Array.from(columns[name].subarray(from, next));
    return {
      time,
      cycle: Number(cell("Cycle")),
      protocolStep: Number(cell("Protocol step")),
      verb: cell("Verb"),
      voltage: Number(cell("Cell voltage [V]")),
      capacity: Number(cell("Capacity [mAh/cm3]")),
      ended: cell("Ended"),
      ...extremesOf(cell),
      balances: [Number(cell("Lithium balance")), Number(cell("Charge balance")), Number(cell("Momentum balance"))],
      stoichiometry: own("Mean stoichiometry"),
      surfaceStoichiometry: own("Surface stoichiometry"),
      damage: own("Interface damage"),
      largestDamage: own("Largest interface damage"),
    };
  });
  const torn = rows.some(({ ended, damage }) => ended !== "" && damage.length === 0);
  if (torn || next !== times.length) {
    const found = `${times.length} rows of ${particles} particles, of which ${next} belong to the ${series.length} steps`;
    throw new RangeError(
      `Reading the results in ${folder}: found ${found}; a step has one row a particle, or none if it ends no instruction.`,
    );
  }
  return rows;
}

function extremesOf(cell: NamedCell<TimeseriesColumn>): { readonly extremes?: Extremes } {
  if (!cell.has("Smallest stoichiometry")) return {};
  const smallest = Number(cell("Smallest stoichiometry"));
  const largest = Number(cell("Largest stoichiometry"));
  return {
    extremes: {
      smallest,
      largest,
      emptiest: Number(cell("Emptiest particle")),
      fullest: Number(cell("Fullest particle")),
    },
  };
}

/** The cell of a row under a name. */
interface NamedCell<Column extends string> {
  (name: Column): string;
  has(name: Column): boolean;
}

function namedRows<Column extends string>(path: string): NamedCell<Column>[] {
  const { names, rows, cells } = readSeparated(readFileSync(path));
  return Array.from({ length: rows }, (_, row) => {
    const at = (name: Column): string => {
      const cell = cells.get(name)?.[row];
      if (cell === undefined)
        throw new RangeError(`Reading ${path}: no column ${name}; there are: ${names.join(", ")}.`);
      return cell;
    };
    return Object.assign(at, { has: (name: Column) => cells.has(name) });
  });
}

/** What the measures of synchronisation need. The start is added to the first charge as time 0. */
export function runRecord(rows: readonly Row[], scenario: Scenario, coverage: readonly number[]): RunRecord {
  const verbs = scenario.protocol.steps.map(({ verb }) => verb);
  const charges = chargings(verbs, {
    cycle: rows.map(({ cycle }) => cycle),
    protocolStep: rows.map(({ protocolStep }) => protocolStep),
    ended: rows.map(({ ended }) => ended),
  });
  const first = charges[0] ?? { from: 0, to: rows.length - 1 };
  return {
    cycles: charges.map(({ from, to }, index) => cycleRecord(rows, from, to, index + 1)),
    firstCharge: firstCharge(rows, first, scenario, coverage.length),
    initialStoichiometry: scenario.activeMaterial.initialStoichiometry,
    coverage,
  };
}

function cycleRecord(rows: readonly Row[], from: number, to: number, cycle: number): CycleRecord {
  const [before, end] = [rows[from - 1], rows[to]!];
  const moving = rows.slice(from, to + 1).filter(({ verb }) => verb === "charge");
  return {
    cycle,
    meanStoichiometry: end.stoichiometry,
    damage: end.damage,
    voltage: end.voltage,
    time: end.time,
    cutOff: moving.some(({ ended }) => ended === "voltage"),
    throughput: Math.abs(end.capacity - (before?.capacity ?? 0)),
  };
}

function firstCharge(rows: readonly Row[], { from, to }: Charging, scenario: Scenario, particles: number): FirstCharge {
  const own = rows.slice(from, to + 1).filter(({ damage }) => damage.length > 0);
  const began = from === 0 ? 0 : rows[from - 1]!.time;
  const rest = (value: number) => new Array<number>(particles).fill(value);
  const before = rows[from - 1];
  return {
    held: own.some(({ verb }) => verb === "hold"),
    time: [0, ...own.map(({ time }) => time - began)],
    damage: [before?.damage ?? rest(0), ...own.map(({ damage }) => damage)],
    meanStoichiometry: [
      before?.stoichiometry ?? rest(scenario.activeMaterial.initialStoichiometry),
      ...own.map(({ stoichiometry }) => stoichiometry),
    ],
  };
}
