import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { creep } from "../../src/fem/law/fatigue/creep.js";
import { cycles } from "../../src/fem/law/fatigue/cycles.js";
import { accumulate } from "../../src/fem/law/fatigue/fatigue.js";
import type { FatigueLaw } from "../../src/fem/law/law.js";
import { expectNear } from "./tolerance.js";

const parameters = { rate: 2 / 720, exponent: 2, threshold: 0.3, referenceTraction: 60e6, shearWeight: 0.5 };

/** f in 1/s under constant tractions in Pa. */
function rateOf(law: FatigueLaw, normalTraction: number, shearTraction: number): number {
  const level = law.level(normalTraction, shearTraction);
  return law.growth(level, level, 1);
}

describe("creep of the interface above a threshold", () => {
  const law = creep.law(parameters);

  it("grows at its rate at the reference traction and zero up to the threshold", () => {
    expectNear(rateOf(law, 60e6, 0), 2 / 720, 1e-14);
    expect(rateOf(law, 0.3 * 60e6, 0)).toBe(0);
    expectNear(rateOf(law, 0.65 * 60e6, 0), 2 / 720 / 4, 1e-13);
  });

  it("counts shear by its weight and compression not at all", () => {
    expectNear(rateOf(law, -1e9, 120e6), rateOf(law, 60e6, 0), 1e-14);
    expect(rateOf(law, 0, -120e6)).toBe(rateOf(law, 0, 120e6));
    expect(rateOf(law, -1e9, 0)).toBe(0);
  });

  it("refuses a threshold of one", () => {
    expect(() => creep.law({ ...parameters, threshold: 1 })).toThrow(
      "creep fatigue law: found threshold 1; allowed: a number from 0 and below 1.",
    );
    expect(() => creep.law({ ...parameters, rate: -1e-3 })).toThrow(RangeError);
  });
});

describe("fatigue by cycles", () => {
  const chosen = { perLoading: 0.3, exponent: 3, threshold: 0.3, referenceTraction: 35e6, shearWeight: 1 };
  const law = cycles.law(chosen);
  /** Levels of a load up, held, partly down, up beyond, down: turns and the times between them, s. */
  const turns = [0, 0.8, 0.8, 0.45, 1.1, 0];
  const spans = [300, 900, 120, 500, 60];
  const followed = (parts: number, slower = 1): number => {
    let damage = 0.05;
    spans.forEach((span, k) => {
      for (let part = 0; part < parts; part++) {
        const at = (share: number): number => turns[k] + ((turns[k + 1] - turns[k]) * share) / parts;
        damage = accumulate(damage, law.growth(at(part), at(part + 1), (slower * span) / parts));
      }
    });
    return damage;
  };

  it("is k_N a loading to the reference traction, whatever the path there", () => {
    expectNear(law.growth(0, 1, 5), 0.3, 1e-15);
    expectNear(law.growth(0, 0.65, 5) + law.growth(0.65, 1, 1e4), 0.3, 1e-15);
    expect(law.growth(0, 0.3, 5)).toBe(0);
    expect(law.growth(1, 0.2, 5)).toBe(0);
    expect(law.growth(0.9, 0.9, 1e6)).toBe(0);
  });

  it("gives the same damage in 1, 10 and 1,000 steps, at half the rate and with holds between", () => {
    const drive = (level: number): number => ((level - 0.3) / 0.7) ** 3;
    const exact = 1 - 0.95 * Math.exp(-0.3 * (drive(0.8) + drive(1.1) - drive(0.45)));
    for (const parts of [1, 10, 1000]) {
      expect(Math.abs(followed(parts) - exact)).toBeLessThan(1e-14);
      expect(Math.abs(followed(parts, 2) - exact)).toBeLessThan(1e-14);
    }
  });

  it("damages less in two half loadings than in one whole, and more where a load comes again", () => {
    expect(2 * law.growth(0, 0.5, 1)).toBeLessThan(law.growth(0, 1, 1));
    expectNear(law.growth(0, 1, 1) + law.growth(0, 1, 1), 0.6, 1e-15);
  });

  it("counts shear by its weight and compression not at all", () => {
    expect(law.level(-1e9, 0)).toBe(0);
    expectNear(law.level(21e6, -28e6), 1, 1e-15);
  });

  it("knows no clock", () => {
    expect(law.growth(0.2, 1.2, 1)).toBe(law.growth(0.2, 1.2, 1e5));
  });

  it("refuses a negative growth", () => {
    expect(() => cycles.law({ ...chosen, perLoading: -0.1 })).toThrow(
      "cycles fatigue law: found perLoading -0.1; allowed: a number from 0 and up to 1000000.",
    );
  });
});

describe("accumulate", () => {
  it("is the exact exponential, whatever the number of steps", () => {
    let damage = 0.1;
    for (let step = 0; step < 1000; step++) damage = accumulate(damage, 1e-3 * 0.72);
    expectNear(damage, 1 - 0.9 * Math.exp(-0.72), 1e-12);
  });

  it("keeps tiny growth: what is far below rounding of 1 still counts", () => {
    expectNear(accumulate(0, 1e-20), 1e-20, 1e-12);
  });

  it("never falls, and stops at 0.999 unless the damage is beyond already", () => {
    const growth = fc.double({ min: 0, max: 30, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), growth, (damage, by) => {
        const next = accumulate(damage, by);
        expect(next).toBeGreaterThanOrEqual(damage);
        expect(next).toBeLessThanOrEqual(Math.max(0.999, damage));
      }),
    );
    expect(accumulate(0.5, 1e6)).toBe(0.999);
    expect(accumulate(1, 1)).toBe(1);
  });
});
