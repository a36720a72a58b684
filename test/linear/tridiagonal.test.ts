import { describe, expect, it } from "vitest";
import { addProducts, entrySizes, tridiagonalSolver } from "../../src/fem/linear/tridiagonal.js";

/** Three systems of seven rows, and one of a single row. */
describe.each([
  [7, 3],
  [1, 2],
])("%i rows of %i symmetric tridiagonal systems", (rows, systems) => {
  const solver = tridiagonalSolver(rows, systems);
  const { diagonal, next } = solver.matrices;
  diagonal.forEach((_, at) => {
    diagonal[at] = 2.5 + Math.sin(at);
  });
  next.forEach((_, at) => {
    next[at] = 0.7 * Math.cos(3 * at);
  });
  const s = Float64Array.from({ length: rows * systems }, (_, at) => Math.sin(5 * at + 1));
  const product = new Float64Array(rows * systems);
  addProducts(solver.matrices, s, product);
  solver.factor();

  it("are solved for what their products are", () => {
    const found = new Float64Array(rows * systems);
    solver.solve(product, found);
    found.forEach((value, at) => {
      expect(Math.abs(value - s[at])).toBeLessThan(1e-14);
    });
    const inPlace = product.slice();
    solver.solve(inPlace, inPlace);
    expect(inPlace).toEqual(found);
  });

  it("do not mix", () => {
    const rhs = product.map((value, at) => (at % systems === 1 ? value : 0));
    solver.solve(rhs, rhs);
    rhs.forEach((value, at) => {
      if (at % systems !== 1) expect(value).toBe(0);
      else expect(Math.abs(value - s[at])).toBeLessThan(1e-14);
    });
  });

  it("have entries whose sizes add up row by row", () => {
    const sizes = entrySizes(solver.matrices);
    const all = new Float64Array(rows * systems).fill(1);
    const sums = new Float64Array(rows * systems);
    addProducts({ diagonal: diagonal.map(Math.abs), next: next.map(Math.abs) }, all, sums);
    sizes.forEach((size, k) => {
      const whole = sums.reduce((sum, value, at) => (at % systems === k ? sum + value : sum), 0);
      expect(Math.abs(size / whole - 1)).toBeLessThan(1e-14);
    });
  });
});
