import { describe, expect, it } from "vitest";
import { solveSmall } from "../../src/fem/linear/small-cholesky.js";
import { numbers } from "../mesh/geometries.js";

describe("a small positive definite system", () => {
  it.each([1, 2, 5, 8])("of %d unknowns is solved to rounding", (n) => {
    const next = numbers(n);
    const b = Array.from({ length: n }, () => Float64Array.from({ length: n }, () => next() - 0.5));
    const a = b.map((p, i) => Float64Array.from(b, (q, j) => p.reduce((s, v, k) => s + v * q[k], i === j ? 0.1 : 0)));
    const due = Float64Array.from({ length: n }, () => next() - 0.5);
    const right = Float64Array.from(a, (row) => row.reduce((sum, value, k) => sum + value * due[k], 0));
    const found = solveSmall(
      a.map((row) => row.slice()),
      right,
    );
    for (const [k, value] of found.entries()) expect(Math.abs(value - due[k])).toBeLessThan(1e-13);
  });

  it("leaves out an unknown whose pivot vanishes", () => {
    const a = [Float64Array.of(4, 0, 0), Float64Array.of(2, 1, 0), Float64Array.of(0, 0, 4)];
    expect([...solveSmall(a, Float64Array.of(8, 4, 12))]).toEqual([2, 0, 3]);
  });
});
