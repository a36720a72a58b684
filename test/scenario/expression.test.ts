import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expressionFunction } from "../../src/scenario/function/expression.js";

const at = (text: string, x: number) => expressionFunction(text, [0, 1]).value(x);

describe("formulas", () => {
  it.each([
    ["1 + 2 * 3", 7],
    ["-2 ** 2", -4],
    ["2 ** 3 ** 2", 512],
    ["2 ** -1", 0.5],
    ["8 / 4 / 2", 1],
    ["8 - 4 - 2", 2],
    ["--1", 1],
    ["(1 + x) * 2e0", 3],
    ["1.5E+1*x", 7.5],
    [".5", 0.5],
    ["exp(log(x))", 0.5],
    ["x**0.5 - sqrt(x)", 0],
    ["3 - -x", 3.5],
  ])("%s at x = 0.5", (text, value) => {
    expect(Math.abs(at(text, 0.5) - value)).toBeLessThan(1e-15);
  });

  it("agrees with the published potential of NMC811", () => {
    const text =
      "-0.8090 * x + 4.4875 - 0.0428 * tanh(18.5138 * (x - 0.5542)) - 17.7326 * tanh(15.7890 * (x - 0.3117)) + 17.5842 * tanh(15.9308 * (x - 0.3120))";
    for (const [s, potential] of [
      [0.27, 4.273],
      [0.5, 3.972],
      [0.9, 3.5682],
    ] as const) {
      expect(Math.abs(at(text, s) / potential - 1)).toBeLessThan(2e-5);
    }
  });

  it("has the derivative of its values", () => {
    const names = ["exp", "tanh", "sin", "cos", "sinh", "cosh", "sqrt", "log", "log10", "tan", "abs"];
    const formula = fc.tuple(
      fc.constantFrom(...names),
      fc.integer({ min: 1, max: 3 }),
      fc.double({ min: 0.2, max: 0.8, noNaN: true }),
    );
    fc.assert(
      fc.property(formula, ([name, power, x]) => {
        const f = expressionFunction(`${name}(1.1*x + 0.1) * x**${power} / (2 + x) - 3 ** x`, [0, 1]);
        const h = 1e-5;
        const slope = (f.value(x + h) - f.value(x - h)) / (2 * h);
        expect(Math.abs(f.derivative(x) - slope)).toBeLessThan(1e-7 * Math.max(1, Math.abs(slope)));
      }),
    );
  });

  it.each([
    ["", "the end"],
    ["1 +", "the end"],
    ["(1", "the end"],
    ["1)", "operator or the end"],
    ["2 x", "operator or the end"],
    ["y", "found y at character 1"],
    ["process.exit(1)", "found .exit(1)"],
    ["process(1)", "found process"],
    ["constructor(x)", "found constructor"],
    ["exp", "found the end"],
    ["x[0]", "found [0]"],
    ["`1`", "found `1`"],
    ["1".repeat(30_000), "30000 characters"],
    ["(".repeat(5000), "too many levels"],
  ])("refuses %s", (text, says) => {
    expect(() => expressionFunction(text, [0, 1])).toThrow(SyntaxError);
    expect(() => expressionFunction(text, [0, 1])).toThrow(says);
  });
});
