import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accumulate } from "../../src/fem/law/fatigue/fatigue.js";
import { threshold } from "../../src/fem/law/fatigue/threshold.js";
import { expectNear } from "./tolerance.js";

const parameters = { rate: 2, exponent: 2, threshold: 0.3, referenceTraction: 60e6, shearWeight: 0.5 };

describe("fatigue above a threshold", () => {
  const law = threshold.law(parameters, 720);

  it("is k_f/τ at the reference traction and zero up to the threshold", () => {
    expectNear(law.rate(60e6, 0), 2 / 720, 1e-14);
    expect(law.rate(0.3 * 60e6, 0)).toBe(0);
    expectNear(law.rate(0.65 * 60e6, 0), 2 / 720 / 4, 1e-13);
  });

  it("counts shear by its weight and compression not at all", () => {
    expectNear(law.rate(-1e9, 120e6), law.rate(60e6, 0), 1e-14);
    expect(law.rate(0, -120e6)).toBe(law.rate(0, 120e6));
    expect(law.rate(-1e9, 0)).toBe(0);
  });

  it("refuses a threshold of one", () => {
    expect(() => threshold.law({ ...parameters, threshold: 1 }, 720)).toThrow(
      "threshold fatigue law: found threshold 1; allowed: a number from 0 and below 1.",
    );
    expect(() => threshold.law(parameters, 0)).toThrow(RangeError);
  });
});

describe("accumulate", () => {
  it("is the exact exponential, whatever the number of steps", () => {
    let damage = 0.1;
    for (let step = 0; step < 1000; step++) damage = accumulate(damage, 1e-3, 1e-3, 0.72);
    expectNear(damage, 1 - 0.9 * Math.exp(-0.72), 1e-12);
  });

  it("keeps tiny growth: rate · dt far below rounding of 1 still counts", () => {
    expectNear(accumulate(0, 1e-20, 1e-20, 1), 1e-20, 1e-12);
  });

  it("never falls, and stops at 0.999 unless the damage is beyond already", () => {
    const rate = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), rate, rate, (damage, a, b) => {
        const next = accumulate(damage, a, b, 3);
        expect(next).toBeGreaterThanOrEqual(damage);
        expect(next).toBeLessThanOrEqual(Math.max(0.999, damage));
      }),
    );
    expect(accumulate(0.5, 1e3, 1e3, 1e3)).toBe(0.999);
    expect(accumulate(1, 1, 1, 1)).toBe(1);
  });
});
