import { describe, expect, it } from "vitest";
import type { Frame } from "../../src/fem/model/frame.js";
import { expectedDuration, fieldDue } from "../../src/result/field-files.js";
import { loadScenario } from "../../src/scenario/load.js";

const base = loadScenario("scenarios/three-particles.yaml");
const scenario = { ...base, outputs: { ...base.outputs, fieldCycles: [1, 3] } };
const [charge] = scenario.protocol.steps;
const duration = expectedDuration(charge);

/** A frame of the first instruction unless told otherwise. */
const at = (share: number, own: Partial<Frame> = {}) =>
  ({ time: share * duration, cycle: 1, protocolStep: 0, verb: "charge", ended: null, ...own }) as Frame;

describe("files of fields", () => {
  it("are due at the quarters of the first charge, once each, and at its end", () => {
    const due = fieldDue(scenario);
    const shares = [0.1, 0.249, 0.251, 0.3, 0.499, 0.501, 0.6, 0.749, 0.751, 0.99];
    expect(shares.map((share) => due(at(share)))).toEqual([
      ...[null, null, "cycle-0001-charge-quarter-1.vtu", null, null],
      ...["cycle-0001-charge-quarter-2.vtu", null, null, "cycle-0001-charge-quarter-3.vtu", null],
    ]);
    expect(due(at(1, { ended: "throughput" }))).toBe("cycle-0001-charge.vtu");
  });

  it("are due at the ends of later charges and discharges that were asked for, not of rests or other cycles", () => {
    const due = fieldDue(scenario);
    expect(due(at(5.3, { cycle: 3 }))).toBe(null);
    expect(due(at(5, { cycle: 3, ended: "voltage" }))).toBe("cycle-0003-charge.vtu");
    expect(due(at(6, { cycle: 3, protocolStep: 1, verb: "discharge", ended: "throughput" }))).toBe(
      "cycle-0003-discharge.vtu",
    );
    expect(due(at(6, { cycle: 3, protocolStep: 2, verb: "rest", ended: "time" }))).toBe(null);
    expect(due(at(3, { cycle: 2, ended: "throughput" }))).toBe(null);
  });

  it("count quarters by what ends the charge first", () => {
    const { until: _, ...bare } = charge;
    expect(expectedDuration({ ...bare, rate: 5, until: { throughput: 0.5 } })).toBe(360);
    expect(expectedDuration({ ...bare, rate: 5, until: { time: 100, throughput: 0.5 } })).toBe(100);
    expect(expectedDuration({ ...bare, rate: 5, until: { voltage: 4.3 } })).toBe(720);
  });
});
