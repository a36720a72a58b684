import { describe, expect, it } from "vitest";
import { elasticInterface } from "../../src/fem/law/cohesive/elastic.js";
import type { CohesiveLaw } from "../../src/fem/law/law.js";
import { limits, violation } from "../../src/fem/model/balances.js";
import { cycling } from "../../src/fem/model/cycling.js";
import { type PreparedCathode, prepareCathode } from "../../src/fem/model/prepared-cathode.js";
import { initialState } from "../../src/fem/model/run-state.js";
import { takeStep } from "../../src/fem/model/stepping.js";
import { capacity, course, fullCurrent, halfCycles, stripCathode } from "./strip-cathode.js";

/** A law whose damage is changed after each evaluation. */
function doctored(law: CohesiveLaw, change: (damage: number) => number): CohesiveLaw {
  return {
    traction: (normal, shear, damage, out) => {
      law.traction(normal, shear, damage, out);
      out.damage = change(out.damage);
    },
  };
}

describe("every accepted step", () => {
  it("keeps lithium, charge and momentum within their limits over two cycles", () => {
    const { frames, ending } = course(stripCathode({ protocol: halfCycles(2) }));
    expect(ending).toEqual({ ok: true });
    for (const { balances } of frames) {
      for (const name of ["lithium", "charge", "momentum"] as const)
        expect(balances[name]).toBeLessThanOrEqual(limits[name]);
    }
    const moved = frames[frames.length - 1].charge;
    expect(Math.abs(moved)).toBeLessThan(1e-12 * capacity);
  });

  it("balances by its own currents and tractions, which miss their laws by less than 1e-8", () => {
    const model = prepareCathode(stripCathode({ protocol: halfCycles(1) }));
    const out = new Float64Array(model.electrochemistry.unknowns);
    let missed = 0;
    const { advance } = cycling({
      ...model,
      attempt: (...asked) => {
        const trial = model.attempt(...asked);
        if (trial.ok) missed = Math.max(missed, model.electrochemistry.residual(trial.x.slice(), out));
        return trial;
      },
    });
    let [kept, frames] = [0, 0];
    for (let next = advance(); "verb" in next; next = advance(), frames++)
      kept = Math.max(kept, next.balances.lithium, next.balances.charge, next.balances.momentum);
    expect(frames).toBeGreaterThan(10);
    expect(missed).toBeLessThan(1.1e-8);
    expect(missed).toBeGreaterThan(2e-10);
    expect(kept).toBeLessThan(2e-10);
  });

  it("keeps lithium whatever current its residuals are measured against", () => {
    const { frames, ending } = course(stripCathode({ protocol: halfCycles(1), currentScale: 1e6 * fullCurrent }));
    expect(ending).toEqual({ ok: true });
    for (const { balances } of frames) expect(balances.lithium).toBeLessThanOrEqual(limits.lithium);
  });
});

describe("a run stops with its step and the size of the violation", () => {
  it("when lithium is lost", () => {
    const sound = prepareCathode(stripCathode({ protocol: halfCycles(1) }));
    let left = 3;
    const losing: PreparedCathode = {
      ...sound,
      attempt: (...asked) => {
        const trial = sound.attempt(...asked);
        if (trial.ok && left-- <= 0) trial.x[0] -= 1e-6;
        return trial;
      },
    };
    const { advance } = cycling(losing);
    for (;;) {
      const next = advance();
      if ("verb" in next) continue;
      expect(next).toMatchObject({ ok: false, limit: false, cycle: 1 });
      expect(!next.ok && next.reason).toMatch(
        /^step \d: the lithium balance is violated by \d\.\d\de-\d+; allowed is 1e-10$/,
      );
      return;
    }
  });

  it("when damage heals", () => {
    const law = elasticInterface(1e16);
    const spec = stripCathode({ protocol: halfCycles(1), cohesive: doctored(law, (damage) => 0.999 * damage) });
    const { ending, frames } = course(spec);
    expect(ending).toMatchObject({ ok: false, step: frames.length });
    expect(!ending.ok && ending.reason).toMatch(/^step \d+: damage fell by \d.* at a point; it may only grow$/);
    expect(frames.length).toBeGreaterThan(5);
  });

  it("when damage leaves 0 to 1", () => {
    const law = elasticInterface(1e16);
    const { ending } = course(stripCathode({ protocol: halfCycles(1), cohesive: doctored(law, () => 1.25) }));
    expect(ending).toMatchObject({ ok: false });
    expect(!ending.ok && ending.reason).toMatch(/^step \d+: damage is 1.25; allowed is 0 to 1$/);
  });

  it("when a particle is emptied beyond nothing", () => {
    const steps = [{ verb: "charge", control: { current: fullCurrent }, until: { time: 1500 } }] as const;
    const { ending, frames } = course(stripCathode({ protocol: { repeat: 1, steps } }));
    expect(ending).toMatchObject({ ok: false, step: frames.length });
    expect(!ending.ok && ending.reason).toMatch(
      /^particle 1 is empty \(s = -\S+ at its surface\) and has no more lithium to give: the current asked for cannot be passed$/,
    );
    expect(ending).toMatchObject({ limit: true });
    expect(frames[frames.length - 1].particles.meanStoichiometry[0]).toBeLessThan(0.2);
  });

  it("and says so again when asked to go on", () => {
    const law = doctored(elasticInterface(1e16), () => 1.25);
    const { ending, simulation } = course(stripCathode({ protocol: halfCycles(1), cohesive: law }));
    expect(simulation.advance()).toEqual(ending);
  });

  it("when its step sizes are no numbers, instead of halving them for ever", () => {
    const time = {
      method: "bdf2",
      tolerance: 1e-3,
      sizes: { smallest: 1e-4, largest: Number.NaN },
      leastSteps: 10,
    } as const;
    expect(course(stripCathode({ protocol: halfCycles(1), time })).ending).toMatchObject({ ok: false, step: 0 });
  });

  it("when no step is short enough: a reaction that is not a number", () => {
    const feedback = { filmResistance: () => Number.NaN, activity: () => 1 };
    const { ending } = course(stripCathode({ protocol: halfCycles(1), feedback }));
    expect(ending).toMatchObject({ ok: false, step: 0 });
    expect(!ending.ok && ending.reason).toMatch(/no step of 0.0001 s or more could be taken: electrochemistry/);
  });
});

describe("the measures", () => {
  const prepared = prepareCathode(stripCathode({ protocol: halfCycles(1) }));
  const { balances } = prepared;
  const state = initialState(prepared);
  const [instruction] = prepared.spec.protocol.steps;
  const step = takeStep(prepared, state, instruction);
  if (!step.ok) throw new Error(step.reason);
  const { trial, length } = step;
  const copy = structuredClone(trial);
  const measured = balances.measure(state, copy, instruction.control, length);
  const says = (over: Partial<typeof measured>): string | null => violation({ ...measured, ...over }, copy);

  it("pass a sound step", () => {
    expect(says({})).toBeNull();
  });

  it("see a reaction that differs from what the collector takes in by 1e-8", () => {
    const off = structuredClone(copy);
    off.contact.current.forEach((i, p) => {
      off.contact.current[p] = i * (1 + 1e-8);
    });
    const { charge } = balances.measure(state, off, instruction.control, length);
    expect(Math.abs(charge / 1e-8 - 1)).toBeLessThan(1e-2);
    expect(says({ charge })).toMatch(/^the charge balance is violated by (9\.9\de-9|1\.0\de-8); allowed is 1e-9$/);
  });

  it("see lithium of one particle that does not go where its current says", () => {
    const off = structuredClone(copy);
    off.x[0] += 1e-6;
    const { lithium } = balances.measure(state, off, instruction.control, length);
    expect(lithium).toBeGreaterThan(1e-9);
    expect(says({ lithium })).toMatch(/^the lithium balance is violated by/);
  });

  it("refuse unbalanced forces, and numbers that are none", () => {
    expect(says({ momentum: 3e-10 })).toBe("the momentum balance is violated by 3.00e-10; allowed is 1e-10");
    expect(says({ charge: Number.NaN })).toMatch(/^the charge balance is violated by NaN/);
  });
});
