import { type Charging, chargings } from "../inference/charging.js";
import type { CycleRecord, FirstCharge, RunRecord } from "../inference/run-record.js";
import type { Scenario } from "../scenario/scenario.js";
import type { CrackValue } from "./particle-timeseries.js";
import { type Steps, valuesAt } from "./steps.js";

/** What the measures take of a scenario, simulated or recorded. */
export interface MeasuredScenario {
  readonly protocol: { readonly steps: readonly Pick<Scenario["protocol"]["steps"][number], "verb">[] };
  readonly activeMaterial: Pick<Scenario["activeMaterial"], "initialStoichiometry">;
}

/** The finished charges of a run, one a cycle. */
export function chargesOf(steps: Steps, { protocol }: Pick<MeasuredScenario, "protocol">): Charging[] {
  const verbs = protocol.steps.map(({ verb }) => verb);
  return chargings(verbs, steps);
}

/** What the measures of synchronisation need. The start is added to the first charge as time 0. */
export function runRecord(steps: Steps, scenario: MeasuredScenario, coverage: readonly number[]): RunRecord {
  const charges = chargesOf(steps, scenario);
  const { initialStoichiometry } = scenario.activeMaterial;
  const first = charges[0] ?? { from: 0, to: steps.time.length - 1 };
  return {
    cycles: charges.map((charge) => cycleRecord(steps, charge, initialStoichiometry)),
    firstCharge: firstCharge(steps, first, initialStoichiometry),
    initialStoichiometry,
    coverage,
  };
}

function cycleRecord(steps: Steps, { from, to }: Charging, initialStoichiometry: number): CycleRecord {
  const { cycle, verb, ended, voltage, time, capacity } = steps;
  const within = Array.from({ length: to - from + 1 }, (_, k) => from + k);
  const crackShare = particlesAt(steps, "crackShare", to);
  return {
    cycle: cycle[to],
    meanStoichiometry: particlesAt(steps, "meanStoichiometry", to),
    startStoichiometry: startOf(steps, "meanStoichiometry", from, initialStoichiometry),
    damage: particlesAt(steps, "damage", to),
    startDamage: startOf(steps, "damage", from, 0),
    ...(crackShare.length > 0 && { crackShare }),
    voltage: voltage[to],
    time: time[to],
    cutOff: within.some((step) => verb[step] === "charge" && ended[step] === "voltage"),
    throughput: Math.abs(capacity[to] - (from === 0 ? 0 : capacity[from - 1])),
  };
}

function firstCharge(steps: Steps, { from, to }: Charging, initialStoichiometry: number): FirstCharge {
  const { time, verb, kept } = steps;
  const own = Array.from({ length: to - from + 1 }, (_, k) => from + k).filter((step) => kept[step] >= 0);
  const began = from === 0 ? 0 : time[from - 1];
  const courses = (value: "damage" | "meanStoichiometry", start: number) => [
    startOf(steps, value, from, start),
    ...own.map((step) => particlesAt(steps, value, step)),
  ];
  return {
    held: own.some((step) => verb[step] === "hold"),
    time: [0, ...own.map((step) => time[step] - began)],
    damage: courses("damage", 0),
    meanStoichiometry: courses("meanStoichiometry", initialStoichiometry),
  };
}

/** At the end of the instruction before a charge; before the first step, `initial`. */
function startOf(
  steps: Steps,
  value: "damage" | "meanStoichiometry",
  from: number,
  initial: number,
): readonly number[] {
  return from === 0 ? new Array<number>(steps.particles).fill(initial) : particlesAt(steps, value, from - 1);
}

/** Where an instruction ends, the particles have rows. */
function particlesAt(
  steps: Steps,
  value: "damage" | "meanStoichiometry" | CrackValue,
  step: number,
): readonly number[] {
  return Array.from(valuesAt(steps, value, step) ?? []);
}
