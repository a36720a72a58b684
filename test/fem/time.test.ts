import { describe, expect, it } from "vitest";
import {
  accepted,
  bdf,
  degrees,
  extrapolate,
  type History,
  history,
  localError,
  restarted,
} from "../../src/fem/time/bdf.js";
import { crossing } from "../../src/fem/time/root.js";
import { firstStep, nextStep } from "../../src/fem/time/step-size.js";
import { expectNear } from "../law/tolerance.js";

const polynomial = [2, -3, 0.5, 0.7, -0.4];
const value = (degree: number, t: number): number =>
  polynomial.slice(0, degree + 1).reduce((s, c, k) => s + c * t ** k, 0);
const slope = (degree: number, t: number): number =>
  polynomial.slice(0, degree + 1).reduce((s, c, k) => s + (k === 0 ? 0 : k * c * t ** (k - 1)), 0);

/** A history of the polynomial at the times 0, … of unequal steps. */
function historyOf(degree: number, steps: readonly number[]): { from: History; time: number } {
  let time = 0.4;
  let from = restarted(history(1), Float64Array.of(value(degree, time)));
  for (const h of steps) {
    time += h;
    from = accepted(from, Float64Array.of(value(degree, time)), h);
  }
  return { from, time };
}

describe("backward differentiation", () => {
  it.each([
    ["euler", 1, [0.3, 0.1]],
    ["bdf2", 2, [0.3, 0.1]],
    ["bdf2", 2, [0.1, 0.3]],
    ["bdf2", 2, [0.25, 0.25]],
  ] as const)("%s is exact for polynomials of degree %i, with steps %j", (method, degree, [previous, h]) => {
    const { from, time } = historyOf(degree, [0.2, previous]);
    const { a0, a1, a2 } = bdf(method, h, from.steps[0]);
    const found = a0 * value(degree, time + h) + a1 * from.states[0][0] + a2 * from.states[1][0];
    expectNear(found, slope(degree, time + h), 1e-12);
  });

  it("starts with implicit Euler", () => {
    expect(bdf("bdf2", 0.5, null)).toEqual({ order: 1, a0: 2, a1: -2, a2: 0 });
  });

  it.each([
    ["euler", 2, 1],
    ["bdf2", 3, 2],
  ] as const)("%s: the local error told is the one made on polynomials of degree %i", (method, degree, order) => {
    const { from, time } = historyOf(degree, [0.2, 0.13, 0.21]);
    const h = 0.17;
    const { a0, a1, a2 } = bdf(method, h, from.steps[0]);
    const stepped = (slope(degree, time + h) - a1 * from.states[0][0] - a2 * from.states[1][0]) / a0;
    const exact = Float64Array.of(value(degree, time + h));
    const told = localError(from, exact, h, order, Int32Array.of(0), "differential");
    expectNear(told!, Math.abs(stepped - exact[0]), 1e-10);
  });

  it("tells no error before the history is long enough, one step later for algebraic unknowns", () => {
    const x = Float64Array.of(0);
    for (const [age, order, kind, tells] of [
      [0, 1, "differential", false],
      [1, 1, "differential", true],
      [1, 1, "algebraic", false],
      [2, 1, "algebraic", true],
      [1, 2, "differential", false],
      [2, 2, "differential", true],
      [2, 2, "algebraic", false],
      [3, 2, "algebraic", true],
    ] as const) {
      const { from } = historyOf(1, new Array(age).fill(0.1));
      expect(localError(from, x, 0.1, order, Int32Array.of(0), kind) !== null).toBe(tells);
    }
  });
});

describe("extrapolation", () => {
  it.each([0, 1, 2, 3, 4])("is exact for polynomials of degree %i over unequal steps", (degree) => {
    const { from, time } = historyOf(degree, [0.2, 0.13, 0.21, 0.3, 0.17]);
    const out = new Float64Array(1);
    extrapolate(from, 0.34, degree, out, [0, 1]);
    expectNear(out[0], value(degree, time + 0.34), 1e-13);
  });

  it("uses no more of the history than there is", () => {
    expect([0, 1, 2, 9].map((age) => degrees(historyOf(1, new Array(age).fill(0.1)).from))).toEqual([
      { differential: 0, algebraic: 0 },
      { differential: 1, algebraic: 0 },
      { differential: 2, algebraic: 1 },
      { differential: 4, algebraic: 4 },
    ]);
  });
});

describe("crossing", () => {
  it.each([
    ["straight", (x: number) => x - 0.3, 0.3],
    ["steep at the end", (x: number) => Math.exp(20 * (x - 0.9)) - 1, 0.9],
    ["flat at the root", (x: number) => (x - 0.62) ** 3, 0.62],
    ["a step", (x: number) => (x < 0.37 ? -1 : 1), 0.37],
    ["a kink", (x: number) => (x < 0.5 ? 0.01 * (x - 0.5) : 50 * (x - 0.5)), 0.5],
  ])("finds the first x past the root to 1e-6: %s", (_, f, root) => {
    let calls = 0;
    const counted = (x: number): number => {
      calls++;
      return f(x);
    };
    const found = crossing(counted, { a: 0, fa: f(0), b: 1, fb: f(1) }, 1e-6);
    expect(f(found)).toBeGreaterThanOrEqual(0);
    expect(found - root).toBeLessThanOrEqual(1e-6);
    expect(found - root).toBeGreaterThan(-1e-12);
    expect(calls).toBeLessThan(60);
  });

  it.each([
    ["gently bent", 5, (x: number) => x + 0.3 * x * x - 0.4],
    ["flat at its end", 6, (x: number) => 0.35 - 0.6 * (1 - x) ** 3],
    ["steep at its end", 9, (x: number) => Math.exp(6 * x) - 40],
    ["steep at its start", 8, (x: number) => 0.5 - Math.exp(-6 * x)],
  ] as const)("needs few evaluations of a smooth curve: %s", (_, most, curve) => {
    let calls = 0;
    const f = (x: number): number => {
      calls++;
      return curve(x);
    };
    crossing(f, { a: 0, fa: curve(0), b: 1, fb: curve(1) }, 1e-6);
    expect(calls).toBeLessThanOrEqual(most);
  });
});

describe("the ladder of steps", () => {
  const sizes = { smallest: 1e-3, largest: 6.4 };

  it("starts 64 times below the largest step, not below the smallest", () => {
    expect(firstStep(sizes)).toBe(0.1);
    expect(firstStep({ smallest: 1, largest: 6.4 })).toBe(1);
  });

  it("climbs by doublings to the largest step and stays there", () => {
    const visited = [firstStep(sizes)];
    for (let k = 0; k < 9; k++) visited.push(nextStep(visited[k], 0, 2, sizes));
    expect(visited).toEqual([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 6.4, 6.4, 6.4]);
  });

  it("doubles only when the doubled step would stay within the tolerance", () => {
    expect(nextStep(0.1, 0.099, 2, sizes)).toBe(0.2);
    expect(nextStep(0.1, 0.101, 2, sizes)).toBe(0.1);
    expect(nextStep(0.1, 0.199, 1, sizes)).toBe(0.2);
    expect(nextStep(0.1, 0.201, 1, sizes)).toBe(0.1);
    expect(nextStep(0.1, null, 1, sizes)).toBe(0.2);
  });
});
