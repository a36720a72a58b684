import { describe, expect, it } from "vitest";
import { generalisedPlaneStrain } from "../../src/fem/coordinates/coordinates.js";
import { creep } from "../../src/fem/law/fatigue/creep.js";
import { cycles } from "../../src/fem/law/fatigue/cycles.js";
import { type CathodeSpec, cathode } from "../../src/fem/model/cathode.js";
import { type Checkpoint, CheckpointMisfit } from "../../src/fem/model/frame.js";
import { prepareCathode } from "../../src/fem/model/prepared-cathode.js";
import { initialState, stepped } from "../../src/fem/model/run-state.js";
import { sameState } from "../../src/result/checkpoint.js";
import { bentConductivity, bentDiffusivity } from "../../validation/manufactured/problems.js";
import { capacity, course, fullCurrent, halfCycles, stripCathode } from "./strip-cathode.js";

const held: CathodeSpec["protocol"] = {
  repeat: 2,
  steps: [
    { verb: "charge", control: { current: fullCurrent }, until: { voltage: 3.8 } },
    { verb: "hold", control: { voltage: 3.8 }, until: { current: fullCurrent / 5, time: 600 } },
    { verb: "rest", control: { current: 0 }, until: { time: 60 } },
    { verb: "discharge", control: { current: -fullCurrent }, until: { throughput: capacity / 3 } },
  ],
};

describe("a run that goes on from a checkpoint", () => {
  const cases: readonly [string, Partial<CathodeSpec> & Pick<CathodeSpec, "protocol">][] = [
    ["damage and film", { protocol: halfCycles(2) }],
    ["generalised plane strain", { protocol: halfCycles(2), coordinates: generalisedPlaneStrain }],
    ["cut-offs, holds and rests", { protocol: held }],
    [
      "growth that goes on across a turn",
      {
        protocol: halfCycles(2),
        fatigue: creep.law({ rate: 2 / 720, exponent: 1, threshold: 0, referenceTraction: 6e7, shearWeight: 1 }),
      },
    ],
    [
      "damage by cycles",
      {
        protocol: halfCycles(2),
        fatigue: cycles.law({ perLoading: 0.5, exponent: 1, threshold: 0, referenceTraction: 6e7, shearWeight: 1 }),
      },
    ],
    [
      "contacts and σ_p(s)",
      {
        protocol: halfCycles(2),
        contact: { conduction: bentConductivity, conductance: [400, 40], left: (damage) => 1 - damage },
      },
    ],
    [
      "D(s), drift and electrolyte",
      { protocol: halfCycles(2), diffusivity: bentDiffusivity, stressDrift: 1.84e-6, electrolyteConductivity: 0.05 },
    ],
    [
      "implicit Euler",
      {
        protocol: halfCycles(2),
        time: { method: "euler", tolerance: 1e-2, sizes: { smallest: 1e-4, largest: 20 }, leastSteps: 10 },
      },
    ],
  ];

  it.each(cases)("gives the same frames and fields in every bit: %s", (_, own) => {
    const whole = course(stripCathode(own));
    expect(whole.ending).toEqual({ ok: true });
    expect(whole.checkpoints.length).toBe(2 * own.protocol.steps.length);
    whole.checkpoints.forEach((checkpoint) => {
      const stored = structuredClone(checkpoint);
      const rest = course(stripCathode(own), stored);
      expect(rest.ending).toEqual(whole.ending);
      expect(rest.frames).toEqual(whole.frames.slice(checkpoint.numbers.step));
      expect(rest.simulation.fields()).toEqual(whole.simulation.fields());
    });
  });

  it.each([
    ["a short array", ({ numbers, arrays }) => ({ numbers, arrays: { ...arrays, x: arrays.x.slice(1) } })],
    ["a missing array", ({ numbers, arrays: { damage: _, ...arrays } }) => ({ numbers, arrays })],
    ["an array too many", ({ numbers, arrays }) => ({ numbers, arrays: { ...arrays, more: arrays.x } })],
    ["a missing number", ({ numbers: { begunCharge: _, ...numbers }, arrays }) => ({ numbers, arrays })],
  ] as [string, (whole: Checkpoint) => Checkpoint][])("is refused with %s", (_, changed) => {
    const [checkpoint] = course(stripCathode({ protocol: halfCycles(1) })).checkpoints;
    if (checkpoint === undefined) throw new Error("no checkpoint");
    expect(() => course(stripCathode({ protocol: halfCycles(1) }), changed(checkpoint))).toThrow(CheckpointMisfit);
    const resumed = cathode(stripCathode({ protocol: halfCycles(1) }), checkpoint);
    expect(sameState(resumed.checkpoint(), checkpoint)).toBe(true);
  });

  it("the runs compared have damage, so that there is something to carry over", () => {
    const { frames } = course(stripCathode({ protocol: halfCycles(2) }));
    const end = frames[frames.length - 1];
    expect(end.particles.damage[0]).toBeGreaterThan(0.05);
    expect(end.particles.damage[0]).toBeLessThan(0.95);
  });
});

describe("an attempt without kept factors", () => {
  it.each([2, 8])("after %i steps depends on its state alone, whatever was tried between", (steps) => {
    const time = { method: "bdf2", tolerance: 1, sizes: { smallest: 1e-4, largest: 20 }, leastSteps: 10 } as const;
    const own = { protocol: held, stressDrift: 1.84e-6, diffusivity: bentDiffusivity, time };
    const model = prepareCathode(stripCathode(own));
    const control = { current: fullCurrent };
    const solved = (...asked: Parameters<typeof model.attempt>) => {
      model.electrochemistry.forget();
      model.mechanics.forget();
      const trial = model.attempt(...asked);
      if (!trial.ok) throw new Error(trial.reason);
      return trial;
    };
    let state = initialState(model);
    for (let k = 0; k < steps; k++) {
      const trial = solved(state, 5, control);
      const stress = model.drivingStress(trial.x, trial.displacement);
      state = stepped(state, 5, { ...trial, ledger: state.ledger, stress });
    }
    const once = structuredClone(solved(state, 5, control));
    const other = solved(state, 1, { current: -fullCurrent / 2 });
    model.drivingStress(other.x, other.displacement);
    expect(structuredClone(solved(state, 5, control))).toEqual(once);
  });
});

describe("a run", () => {
  it("repeats in every bit", () => {
    const own = { protocol: held };
    expect(course(stripCathode(own)).frames).toEqual(course(stripCathode(own)).frames);
  });
});
