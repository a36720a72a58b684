import { describe, expect, it } from "vitest";
import { type Csr, multiply } from "../../src/fem/linear/csr.js";
import { product } from "../../src/fem/linear/product.js";

/** Rows of every length from 0 to 9 over ten columns. */
const ragged: Csr = (() => {
  const rows = Array.from({ length: 10 }, (_, length) =>
    Array.from({ length }, (_, k) => (3 * k + length) % 10).sort((a, b) => a - b),
  );
  const column = Int32Array.from(rows.flat());
  return {
    rows: 10,
    columns: 10,
    rowStart: Int32Array.from({ length: 11 }, (_, row) => rows.slice(0, row).flat().length),
    column,
    value: Float64Array.from(column, (_, p) => Math.sin(1 + p)),
  };
})();
const x = Float64Array.from({ length: 10 }, (_, k) => Math.cos(k));

describe("the compiled product", () => {
  it("equals the plain one, for rows of every length, after its values are rewritten too", () => {
    const fast = product(ragged);
    for (const factor of [1, -2]) {
      const scaled = { ...ragged, value: ragged.value.map((value) => factor * value) };
      fast.value.set(scaled.value);
      const [found, plain] = [new Float64Array(10).fill(7), new Float64Array(10)];
      fast.multiply(x, found);
      multiply(scaled, x, plain);
      found.forEach((value, row) => {
        expect(Math.abs(value - plain[row])).toBeLessThanOrEqual(1e-15 * 10);
      });
    }
  });

  it("leaves the rows beyond those it was given alone", () => {
    const found = new Float64Array(10).fill(7);
    product(ragged, 4).multiply(x, found);
    expect([...found.subarray(4)]).toEqual(new Array(6).fill(7));
  });
});
