import { type Charging, chargings } from "../inference/charging.js";
import type { CycleRecord, FirstCharge, RunRecord } from "../inference/run-record.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Row } from "./row.js";

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
  const [before, end] = [rows[from - 1], rows[to]];
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
  const began = from === 0 ? 0 : rows[from - 1].time;
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
