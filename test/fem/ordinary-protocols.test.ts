import { describe, expect, it } from "vitest";
import { limits } from "../../src/fem/model/balances.js";
import type { CathodeSpec } from "../../src/fem/model/cathode.js";
import type { Frame } from "../../src/fem/model/frame.js";
import { takenPotential } from "../../src/scenario/function/potential.js";
import { capacity, course, fullCurrent, stripCathode } from "./strip-cathode.js";

const chen = takenPotential({ set: "Chen2020" }).law;
const free = Number.POSITIVE_INFINITY;
const year = 365 * 86400;

function framesOf(steps: CathodeSpec["protocol"]["steps"], own: Partial<CathodeSpec> = {}): readonly Frame[] {
  const spec = { openCircuitPotential: chen, fatigue: null, ...own };
  const { frames, ending } = course(stripCathode({ ...spec, protocol: { repeat: 1, steps } }));
  expect(ending).toEqual({ ok: true });
  for (const { balances } of frames)
    for (const law of ["lithium", "charge", "momentum"] as const)
      expect(balances[law], law).toBeLessThanOrEqual(limits[law]);
  return frames;
}

const charge = { verb: "charge", control: { current: fullCurrent } } as const;
const discharge = { verb: "discharge", control: { current: -fullCurrent } } as const;
const ends = (frames: readonly Frame[]) => frames.flatMap(({ ended }) => (ended === null ? [] : [ended]));

describe("a discharge into a full particle", () => {
  it.each([3, 2.5])("dives along the barrier and ends on %s V, short of s = 1 by what doubles resolve", (limit) => {
    const frames = framesOf([{ ...discharge, until: { voltage: limit } }]);
    const { ended, voltage, particles } = frames[frames.length - 1];
    expect(ended).toBe("voltage");
    expect(Math.abs(voltage - limit)).toBeLessThan(1e-4);
    const room = 1 - particles.largestStoichiometry[0];
    expect(room).toBeGreaterThan(5e-4);
    expect(room).toBeLessThan(1e-2);
  });

  it("goes on from there, and comes back by a charge", () => {
    const frames = framesOf([
      { ...discharge, until: { voltage: 2.5 } },
      { ...charge, until: { throughput: capacity / 4 } },
    ]);
    expect(ends(frames)).toEqual(["voltage", "throughput"]);
    expect(frames[frames.length - 1].voltage).toBeGreaterThan(3.4);
  });

  it("that is asked to go on without a limit ends by the particle's name", () => {
    const steps = [{ ...discharge, until: { throughput: capacity } }];
    const { ending, frames } = course(
      stripCathode({ openCircuitPotential: chen, fatigue: null, protocol: { repeat: 1, steps } }),
    );
    expect(ending).toMatchObject({ ok: false, limit: true });
    expect(!ending.ok && ending.reason).toMatch(
      /^particle 1 is full \(s = 1 − \d\.\d+e-4 at its surface\) and takes up no more lithium: the current asked for/,
    );
    expect(frames[frames.length - 1].voltage).toBeLessThan(0);
  });
});

describe("rests and holds", () => {
  const rest = { verb: "rest", control: { current: 0 }, until: { time: year }, stretch: free } as const;

  it("a rest of a year takes tens of steps and keeps its lithium", () => {
    const frames = framesOf([{ ...charge, until: { throughput: capacity / 2 } }, rest]);
    const resting = frames.filter(({ verb }) => verb === "rest");
    expect(resting.length).toBeLessThan(80);
    expect(resting.length).toBeGreaterThan(15);
    const end = resting[resting.length - 1];
    expect(Math.abs(end.time / (360 + year) - 1)).toBeLessThan(1e-14);
    expect(Math.abs(end.charge / (capacity / 2) - 1)).toBeLessThan(1e-10);
    expect(end.particles.largestStoichiometry[0] - end.particles.smallestStoichiometry[0]).toBeLessThan(1e-9);
    expect(Math.abs(end.voltage - chen.value(end.particles.meanStoichiometry[0]))).toBeLessThan(1e-9);
  });

  it("a rest is as long-stepped as its error allows, not from the start", () => {
    const frames = framesOf([{ ...charge, until: { throughput: capacity / 2 } }, rest]);
    const [first, second] = frames.filter(({ verb }) => verb === "rest");
    expect(first.time - 360).toBeLessThan(1.001 * (20 / 16));
    expect(second.time - first.time).toBeLessThan(1.001 * (20 / 8));
  });

  it("constant current, constant voltage to C/20, rest, discharge", () => {
    const frames = framesOf([
      { ...charge, until: { voltage: 4.2 } },
      { verb: "hold", control: { voltage: 4.2 }, until: { current: fullCurrent / 100 }, stretch: free },
      { ...rest, until: { time: 3600 } },
      { ...discharge, until: { voltage: 3 } },
    ]);
    expect(ends(frames)).toEqual(["voltage", "current", "time", "voltage"]);
  });
});

describe("a slow instruction", () => {
  const slow = 1e-4 / 5;
  const steps = [
    {
      verb: "charge",
      control: { current: slow * fullCurrent },
      until: { voltage: 4.1 },
      stretch: 5 / 3 / 1e-4,
    },
  ] as const;

  it("of 0.0001C ends by its limit, in steps of its own length", () => {
    const frames = framesOf(steps, { currentScale: slow * fullCurrent });
    const { ended, time } = frames[frames.length - 1];
    expect(ended).toBe("voltage");
    expect(time).toBeGreaterThan(1e7);
    expect(frames.length).toBeLessThan(300);
  });

  it("is bound by the largest step where it has no stretch", () => {
    const frames = framesOf([{ ...charge, until: { time: 300 } }]);
    frames.forEach(({ time }, k) => {
      expect(time - (k === 0 ? 0 : frames[k - 1].time)).toBeLessThanOrEqual(20 * (1 + 1e-9));
    });
  });
});
