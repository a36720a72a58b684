import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { continuedPositive, continuedPotential, fallingRange } from "../../src/fem/law/continuation.js";
import type { StoichiometryFunction } from "../../src/fem/law/law.js";
import { closedForm, constant, symmetricExchange, table } from "../../src/fem/law/stoichiometry-function.js";
import { expectNear } from "./tolerance.js";

/** Central difference against the derivative on a grid that visits s < 0 and s > 1. */
function expectSmooth(f: StoichiometryFunction, tolerance: number, scale: number): void {
  for (let k = 0; k <= 1200; k++) {
    const s = -0.1 + (1.2 * (k + 0.31)) / 1200;
    const h = 1e-6;
    const difference = (f.value(s + h) - f.value(s - h)) / (2 * h);
    expectNear(f.derivative(s), difference, tolerance, scale);
  }
}

/** Value and slope just left and right of s agree: C¹. */
function expectJoined(f: StoichiometryFunction, s: number): void {
  const e = 1e-11;
  const slope = Math.abs(f.derivative(s));
  expectNear(f.value(s + e), f.value(s - e), 1e-12 + (3e-11 * slope) / Math.abs(f.value(s)));
  expectNear(f.derivative(s + e), f.derivative(s - e), 1e-5, 1e-3);
}

const falling = [
  [0.2, 4.3],
  [0.3, 4.2],
  [0.45, 4.18],
  [0.6, 3.8],
  [0.9, 3.5],
] as const;

describe("table", () => {
  const f = table(falling);

  it("passes through its points", () => {
    for (const [s, value] of falling) expectNear(f.value(s), value, 1e-15);
  });

  it("has the derivative of its value everywhere", () => expectSmooth(f, 1e-6, 1));

  it("is C¹ at every point and monotone with monotone data", () => {
    for (const [s] of falling) expectJoined(f, s);
    fc.assert(
      fc.property(fc.double({ min: -1, max: 2, noNaN: true }), (s) => {
        expect(f.derivative(s)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it("is exact on straight lines and third-order on a smooth function", () => {
    const line = table([
      [0, 1],
      [0.3, 1.6],
      [1, 3],
    ]);
    for (const s of [-1, 0.1, 0.7, 2]) expectNear(line.value(s), 1 + 2 * s, 1e-14);
    const error = (n: number) => {
      const g = table(Array.from({ length: n + 1 }, (_, k) => [k / n, Math.exp(k / n)] as const));
      return Math.max(
        ...Array.from({ length: 999 }, (_, k) => Math.abs(g.value((k + 1) / 1000) - Math.exp((k + 1) / 1000))),
      );
    };
    const order = Math.log2(error(64) / error(128));
    expect(order).toBeGreaterThan(1.9);
  });

  it("refuses points that do not increase, or too few", () => {
    expect(() => table([[0, 1]])).toThrow(/at least two/);
    expect(() =>
      table([
        [0, 1],
        [0, 2],
      ]),
    ).toThrow(/point 2 has s = 0 after 0/);
    expect(() =>
      table([
        [0, 1],
        [0.5, Number.NaN],
      ]),
    ).toThrow(RangeError);
  });
});

describe("constant", () => {
  it("does not change", () => {
    expect(constant(5e-14).value(-3)).toBe(5e-14);
    expect(constant(5e-14).derivative(0.3)).toBe(0);
    expect(() => constant(Number.NaN)).toThrow(RangeError);
  });
});

describe("symmetricExchange", () => {
  const f = symmetricExchange(2);

  it("is 2 i_ref √(s(1−s)) inside the trusted range, bit by bit", () => {
    for (const s of [0.005, 0.1, 0.5, 0.9, 0.995]) expect(f.value(s)).toBe(4 * Math.sqrt(s * (1 - s)));
  });

  it("vanishes as a particle becomes full or empty, by falling all the way", () => {
    for (const [end, turn] of [
      [0, 1],
      [1, -1],
    ]) {
      expect(f.value(end)).toBeLessThan(2e-3 * f.value(end + 0.005 * turn));
      for (let t = 0.01; t < 1; t += 0.01)
        expect(f.value(end + 0.005 * t * turn)).toBeGreaterThan(f.value(end + 0.005 * (t - 0.01) * turn));
    }
  });

  it("is smooth, positive and finite for every s", () => {
    expectSmooth(f, 1e-5, 1);
    for (const s of [0.005, 0.995]) expectJoined(f, s);
    for (const s of [-1e6, -1, 0, 1, 2, 1e6]) {
      expect(f.value(s)).toBeGreaterThan(1e-7);
      expect(Number.isFinite(f.derivative(s))).toBe(true);
    }
  });
});

const base = closedForm(
  (s) => 4 - s,
  () => -1,
  [0.2, 0.9],
);

describe("continuedPotential", () => {
  const f = continuedPotential(base);

  it("leaves the trusted range untouched and keeps the validity", () => {
    for (const s of [0.005, 0.1, 0.5, 0.995]) expect(f.value(s)).toBe(4 - s);
    expect(f.validity).toEqual([0.2, 0.9]);
  });

  it("has the derivative of its value, on the barrier and beyond it", () => {
    for (const share of [-3, 0.01, 0.1, 0.5, 0.9, 0.99, 0.998, 1.001, 1.5, 20])
      for (const [end, turn] of [
        [0.005, -1],
        [0.995, 1],
      ]) {
        const s = end + turn * share * 0.005;
        const h = 1e-4 * 0.005 * Math.max(1e-3, Math.abs(1 - share));
        expectNear(f.derivative(s), (f.value(s + h) - f.value(s - h)) / (2 * h), 1e-6);
      }
  });

  it("is C¹ at both of its ends and where the barrier gives way to its tangent", () => {
    for (const s of [0.005, 0.995]) expectJoined(f, s);
    for (const s of [0.005 * 1e-3, 1 - 0.005 * 1e-3]) {
      expectNear(f.value(s - 1e-13), f.value(s + 1e-13), 1e-6);
      expectNear(f.derivative(s - 1e-13), f.derivative(s + 1e-13), 1e-6);
    }
  });

  it("falls strictly without bound", () => {
    const s = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(s, (x) => {
        expect(f.derivative(x)).toBeLessThan(0);
      }),
    );
    expect(f.value(-1)).toBeGreaterThan(100);
    expect(f.value(2)).toBeLessThan(-100);
  });

  it.each([1, 2, 5])("is %s V beyond its line a resolvable way before 1 and 0: W/(W + β) of the width", (volts) => {
    const left = (0.005 * 0.025692579) / (0.025692579 + volts);
    const line = (s: number) => 4 - s;
    expectNear(line(1 - left) - f.value(1 - left), volts, 0.06);
    expectNear(f.value(left) - line(left), volts, 0.06);
    expect(left).toBeGreaterThan(2e-5);
  });

  it("refuses a potential that rises", () => {
    const rising = closedForm(
      (s) => s,
      () => 1,
      [0, 1],
    );
    expect(() => continuedPotential(rising)).toThrow(/must not rise/);
    expect(() => continuedPotential(base, [0, 1])).toThrow(/inside \(0, 1\)/);
  });
});

describe("fallingRange", () => {
  const wanted = [0.005, 0.995] as const;

  it("is as wide as wanted where the formula falls", () => {
    expect(fallingRange(closedForm(base.value, base.derivative, [0.2, 0.9]), wanted)).toEqual(wanted);
  });

  it("ends before the formula turns round, has a pole or rises by orders of magnitude", () => {
    const valley = closedForm(
      (s) => 4 + (s - 0.95) ** 2,
      (s) => 2 * (s - 0.95),
      [0.2, 0.9],
    );
    expect(fallingRange(valley, wanted)[1]).toBeGreaterThan(0.94);
    expect(fallingRange(valley, wanted)[1]).toBeLessThanOrEqual(0.95);
    const pole = closedForm(
      (s) => 4 + 0.01 / (s - 0.95),
      (s) => -0.01 / (s - 0.95) ** 2,
      [0.2, 0.9],
    );
    expect(fallingRange(pole, wanted)[1]).toBeLessThan(0.95);
    const wall = closedForm(
      (s) => 3.4 + 1e14 * Math.exp(-400 * s),
      (s) => -4e16 * Math.exp(-400 * s),
      [0.0875, 0.9],
    );
    const [low] = fallingRange(wall, wanted);
    expect(low).toBeGreaterThan(0.07);
    expect(low).toBeLessThanOrEqual(0.0875);
    expect(wall.derivative(fallingRange({ ...wall, validity: [0.092, 0.9] }, wanted)[0])).toBeGreaterThanOrEqual(-100);
  });

  it("never ends inside the data", () => {
    const hump = closedForm(
      (s) => 4 - (s - 0.5) ** 2,
      (s) => -2 * (s - 0.5),
      [0.2, 0.9],
    );
    expect(fallingRange(hump, wanted)[0]).toBe(0.2);
  });
});

describe("continuedPositive", () => {
  it("saturates where the function grows outwards", () => {
    const f = continuedPositive(
      closedForm(
        (s) => Math.exp(5 * s),
        (s) => 5 * Math.exp(5 * s),
        [0, 1],
      ),
    );
    expectSmooth(f, 1e-5, 1);
    expect(f.value(50)).toBeLessThanOrEqual(2 * f.value(0.995));
    expect(f.value(-50)).toBeGreaterThan(0);
  });

  it("refuses a function that is not positive at an end", () => {
    expect(() =>
      continuedPositive(
        closedForm(
          (s) => s - 0.5,
          () => 1,
          [0, 1],
        ),
      ),
    ).toThrow(/must be positive/);
  });
});
