import { describe, expect, it } from "vitest";
import { elasticInterface } from "../../src/fem/law/cohesive/elastic.js";
import type { CathodeSpec } from "../../src/fem/model/cathode.js";
import type { Frame } from "../../src/fem/model/frame.js";
import { type PreparedCathode, prepareCathode } from "../../src/fem/model/prepared-cathode.js";
import { initialState } from "../../src/fem/model/run-state.js";
import { takeStep } from "../../src/fem/model/stepping.js";
import { expectNear } from "../law/tolerance.js";
import { capacity, course, fullCurrent, stripCathode } from "./strip-cathode.js";

type Instruction = CathodeSpec["protocol"]["steps"][number];

/** Frames of one pass through the instructions. */
function framesOf(steps: readonly Instruction[], own: Partial<CathodeSpec> = {}): readonly Frame[] {
  const { frames, ending } = course(stripCathode({ ...own, protocol: { repeat: 1, steps } }));
  expect(ending).toEqual({ ok: true });
  return frames;
}

/** The last two frames, the step between them, and the longest that it can have been before it was cut short. */
function lastStep(frames: readonly Frame[]): { before: Frame; end: Frame; length: number; uncut: number } {
  const [earlier, before, end] = frames.slice(-3);
  return { before, end, length: end.time - before.time, uncut: 2 * (before.time - earlier.time) };
}

const charge = { verb: "charge", control: { current: fullCurrent } } as const;
const discharge = { verb: "discharge", control: { current: -fullCurrent } } as const;

describe("a voltage limit", () => {
  it("is not passed over when a single trial of the search fails", () => {
    const sound = prepareCathode(stripCathode({ protocol: { repeat: 1, steps: [{ ...charge, until: { time: 1 } }] } }));
    const state = initialState(sound);
    const free = sound.attempt(state, state.h, charge.control);
    if (!free.ok) throw new Error(free.reason);
    const reached = free.x[sound.electrochemistry.unknownsOf.voltage];
    let calls = 0;
    const third: PreparedCathode = {
      ...sound,
      attempt: (...asked) =>
        ++calls === 3 ? { ok: false, reason: "made to fail", residual: 1 } : sound.attempt(...asked),
    };
    const limit = reached - 1e-5;
    const step = takeStep(third, state, { ...charge, until: { voltage: limit } });
    expect(calls).toBeGreaterThan(3);
    if (!step.ok) throw new Error(step.reason);
    // The step is halved, and stays before the limit or ends on it.
    expect(step.length).toBeLessThanOrEqual(state.h / 2);
    const voltage = step.trial.x[sound.electrochemistry.unknownsOf.voltage];
    expect(step.ended === null ? voltage < limit : voltage - limit < 1e-6).toBe(true);
  });

  it("says which limit could not be found when every trial of the search fails", () => {
    const sound = prepareCathode(stripCathode({ protocol: { repeat: 1, steps: [{ ...charge, until: { time: 1 } }] } }));
    const state = initialState(sound);
    const free = sound.attempt(state, state.h, charge.control);
    if (!free.ok) throw new Error(free.reason);
    const limit = (free.x[sound.electrochemistry.unknownsOf.voltage] + state.lithium.states[0].at(-1)!) / 2;
    const failing: PreparedCathode = {
      ...sound,
      attempt: (from, h, control) =>
        h >= state.sizes.smallest && Number.isInteger(Math.log2(state.h / h))
          ? sound.attempt(from, h, control)
          : { ok: false, reason: "made to fail", residual: 1 },
    };
    const step = takeStep(failing, state, { ...charge, until: { voltage: limit } });
    if (step.ok) throw new Error("a step was found");
    expect(step.reason).toMatch(/^no step of .* s or more could be taken: locating the voltage limit: made to fail/);
  });

  it.each([
    ["charge", charge, 3.8],
    ["discharge", discharge, 3.3],
  ] as const)("ends a %s within 1e-6 of the step, on its far side", (_, instruction, limit) => {
    // Errors of the steps must not blur what the search for the limit leaves, nor damage by opening, which the reaction feels a step late.
    const cohesive = elasticInterface(1e16);
    const fine = { method: "bdf2", tolerance: 1e-5, sizes: { smallest: 1e-4, largest: 20 }, leastSteps: 10 } as const;
    const frames = framesOf([{ ...instruction, until: { voltage: limit } }], { time: fine, cohesive });
    const { before, end, length, uncut } = lastStep(frames);
    expect(end.ended).toBe("voltage");
    const direction = Math.sign(instruction.control.current);
    const past = direction * (end.voltage - limit);
    const slope = Math.abs(end.voltage - before.voltage) / length;
    expect(past).toBeGreaterThanOrEqual(0);
    expect(past).toBeLessThan(2e-6 * slope * uncut);
    for (const frame of frames.slice(0, -1)) expect(direction * (frame.voltage - limit)).toBeLessThan(0);
  });

  it("ends a charge that starts beyond it, without going on", () => {
    const frames = framesOf([{ ...charge, until: { voltage: 3.4 } }]);
    expect(frames.map(({ ended }) => ended)).toEqual(["voltage"]);
    expect(frames[0].time).toBeLessThanOrEqual(1e-4);
  });

  it("does not end a rest or a hold", () => {
    const frames = framesOf([
      { verb: "hold", control: { voltage: 3.7 }, until: { voltage: 3.6, time: 30 } },
      { verb: "rest", control: { current: 0 }, until: { time: 50 } },
    ]);
    expect(frames.filter(({ ended }) => ended !== null).map(({ ended }) => ended)).toEqual(["time", "time"]);
  });
});

describe("ends that are known beforehand", () => {
  it("the charge asked for has moved, to 1e-12", () => {
    const frames = framesOf([{ ...charge, until: { throughput: 0.3 * capacity } }]);
    const { end } = lastStep(frames);
    expect(end.ended).toBe("throughput");
    expectNear(end.charge, 0.3 * capacity, 1e-12);
    expectNear(end.time, 0.3 * 720, 1e-12);
  });

  it("the time is over, to 1e-14, also when it is no multiple of the step", () => {
    for (const time of [50, 61.803398875]) {
      const { end } = lastStep(framesOf([{ ...charge, until: { time } }]));
      expect(end.ended).toBe("time");
      expectNear(end.time, time, 1e-14);
    }
  });

  it("the first of several ends it", () => {
    const frames = framesOf([{ ...charge, until: { time: 100, throughput: 0.3 * capacity, voltage: 4.4 } }]);
    expect(lastStep(frames).end.ended).toBe("time");
  });
});

describe("a hold at constant voltage", () => {
  const charged = { ...charge, until: { voltage: 3.8 } } as const;

  it("ends when the current has fallen to its limit, located to 1e-6 of the step", () => {
    const limit = fullCurrent / 20;
    const frames = framesOf([
      charged,
      { verb: "hold", control: { voltage: 3.8 }, until: { current: limit, time: 7200 } },
    ]);
    const { before, end, length, uncut } = lastStep(frames);
    expect(end.ended).toBe("current");
    expect(end.current).toBeLessThanOrEqual(limit);
    const slope = Math.abs(end.current - before.current) / length;
    expect(limit - end.current).toBeLessThan(2e-6 * slope * uncut);
    for (const frame of frames.filter(({ verb }) => verb === "hold")) expectNear(frame.voltage, 3.8, 1e-11);
  });

  it("ends when its charge has moved, located to 1e-6 of the step", () => {
    const moved = 0.05 * capacity;
    const frames = framesOf([charged, { verb: "hold", control: { voltage: 3.8 }, until: { throughput: moved } }]);
    const { end } = lastStep(frames);
    const start = frames.find(({ ended }) => ended === "voltage")!;
    expect(end.ended).toBe("throughput");
    expectNear(end.charge - start.charge, moved, 2e-5);
    expect(end.charge - start.charge).toBeGreaterThanOrEqual(moved);
  });
});

describe("the sign of the current", () => {
  it("is positive on charge: lithium leaves, the voltage rises above that at rest", () => {
    const { end } = lastStep(framesOf([{ ...charge, until: { throughput: 0.1 * capacity } }]));
    expect(end.particles.meanStoichiometry[0]).toBeLessThan(0.85);
    expect(end.particles.surfaceStoichiometry[0]).toBeLessThan(end.particles.meanStoichiometry[0]);
    expect(end.current).toBeGreaterThan(0);
    expect(end.particles.meanTraction[0]).toBeGreaterThan(0);
  });
});
