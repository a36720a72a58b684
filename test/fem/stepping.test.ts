import { describe, expect, it } from "vitest";
import { constant } from "../../src/fem/law/stoichiometry-function.js";
import type { CycledModel } from "../../src/fem/model/cycling.js";
import type { RunState } from "../../src/fem/model/run-state.js";
import { takeStep } from "../../src/fem/model/stepping.js";

/** A voltage that rises by 0.1 V/s from 3.5 V; steps that `fails` tells cannot be solved. */
function modelOf(fails: (h: number) => boolean): CycledModel {
  const attempt = (_: unknown, h: number) =>
    fails(h)
      ? { ok: false, reason: "electrochemistry: lost", residual: 1 }
      : { ok: true, x: Float64Array.of(3.5 + 0.1 * h), error: null, jump: 0, order: 1 };
  const balances = {
    charge: () => 0,
    reactionCurrent: () => 1,
  };
  return {
    spec: { time: { tolerance: 1e-3 }, openCircuitPotential: constant(3.7) },
    points: { particle: Int32Array.of(0) },
    surfaceStoichiometry: () => Float64Array.of(0.5),
    extent: () => ({ smallest: Float64Array.of(0.5), largest: Float64Array.of(0.5) }),
    attempt,
    balances,
    electrochemistry: { unknownsOf: { voltage: 0 } },
  } as unknown as CycledModel;
}

const state = {
  h: 10,
  time: 0,
  begun: { time: 0, charge: 0 },
  sizes: { smallest: 1e-6, largest: 10 },
  lithium: { states: [Float64Array.of(3.5)] },
} as unknown as RunState;
const instruction = { verb: "charge", control: { current: 1 }, until: { voltage: 4 } } as const;

describe("a step that passes a voltage limit", () => {
  it("ends on the limit", () => {
    const step = takeStep(
      modelOf(() => false),
      state,
      instruction,
    );
    expect(step).toMatchObject({ ok: true, ended: "voltage" });
    if (step.ok) expect(Math.abs(step.length - 5)).toBeLessThan(1e-5);
  });

  it("is shortened where an attempt is lost while the limit is searched for", () => {
    const step = takeStep(
      modelOf((h) => h > 4 && h < 6),
      state,
      instruction,
    );
    expect(step).toMatchObject({ ok: true, ended: null, length: 2.5 });
  });

  it("says why when no step is short enough", () => {
    const step = takeStep(
      modelOf((h) => h < 10),
      state,
      instruction,
    );
    expect(step).toMatchObject({ ok: false });
    expect(!step.ok && step.reason).toMatch(/^no step of 0.000001 s or more could be taken: electrochemistry: lost/);
  });
});
