import { describe, expect, it } from "vitest";
import { runRecord } from "../../src/result/record.js";
import { loadScenario } from "../../src/scenario/load.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { type MadeStep, madeSteps } from "../result/made-steps.js";

/** Charge, hold, discharge, rest. */
const scenario = loadScenario("scenarios/cccv.yaml");

const start = scenario.activeMaterial.initialStoichiometry;

/** Two rows an instruction; s falls by 0.1 in a charge and a hold, and is restored by the discharge. */
function rows(own: Scenario, cycles: number, reason = "voltage"): MadeStep[] {
  const made: MadeStep[] = [];
  let s = start;
  for (let cycle = 1; cycle <= cycles; cycle++) {
    for (const [protocolStep, { verb }] of own.protocol.steps.entries()) {
      for (const last of [false, true]) {
        s += verb === "discharge" ? 0.1 : verb === "rest" ? 0 : -0.05;
        made.push({
          time: made.length + 1,
          cycle,
          protocolStep,
          verb,
          voltage: 4,
          capacity: 100 * (start - s),
          ended: last ? (verb === "charge" ? reason : "time") : "",
          meanStoichiometry: [s, s + 0.01],
          surfaceStoichiometry: [s - 0.02, s],
          damage: [0.1, 0.2],
          largestDamage: [0.1, 0.2],
        });
      }
    }
  }
  return made;
}

const near = (a: number, b: number) => Math.abs(a - b) < 1e-12;

describe("the record of a run", () => {
  it("takes the end of the hold as the end of charge", () => {
    const { cycles, firstCharge } = runRecord(madeSteps(rows(scenario, 2)), scenario, [0.9, 0.1]);
    expect(cycles.map(({ cycle, time }) => [cycle, time])).toEqual([
      [1, 4],
      [2, 12],
    ]);
    expect(cycles.every(({ cutOff }) => cutOff)).toBe(true);
    expect(near(cycles[0].meanStoichiometry[0], start - 0.2)).toBe(true);
    expect(near(cycles[0].throughput, 20)).toBe(true);
    expect(firstCharge.time).toEqual([0, 1, 2, 3, 4]);
    expect(firstCharge.meanStoichiometry[0]).toEqual([start, start]);
  });

  it("knows where each charge began, by particle", () => {
    const unequal = rows(scenario, 2).map((row) =>
      row.verb === "rest" ? { ...row, meanStoichiometry: [0.7, 0.8] } : row,
    );
    const { cycles } = runRecord(madeSteps(unequal), scenario, [0.9, 0.1]);
    expect(cycles.map(({ startStoichiometry }) => startStoichiometry)).toEqual([
      [start, start],
      [0.7, 0.8],
    ]);
  });

  it("counts throughput from the start of the charge, and tells cut-offs from other ends", () => {
    const { cycles } = runRecord(madeSteps(rows(scenario, 3, "throughput")), scenario, [0.9, 0.1]);
    expect(cycles.every(({ throughput }) => near(throughput, 20))).toBe(true);
    expect(cycles.some(({ cutOff }) => cutOff)).toBe(false);
  });

  it("leaves out a charge that was not finished, and measures a first charge after a rest", () => {
    expect(runRecord(madeSteps(rows(scenario, 2).slice(0, 11)), scenario, [0.9, 0.1]).cycles).toHaveLength(1);
    const [charge, hold, discharge, rest] = scenario.protocol.steps;
    const late = { ...scenario, protocol: { ...scenario.protocol, steps: [rest, charge, hold, discharge] } };
    const { firstCharge, cycles } = runRecord(madeSteps(rows(late, 1)), late, [0.9, 0.1]);
    expect(firstCharge.time).toEqual([0, 1, 2, 3, 4]);
    expect(cycles[0].time).toBe(6);
  });
});
