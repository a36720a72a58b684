import { describe, expect, it } from "vitest";
import { latinHypercube } from "../../src/study/sweep/latin-hypercube.js";
import { digitalShift, sobolPoints } from "../../src/study/sweep/sobol.js";

const column = (points: readonly Float64Array[], k: number) => points.map((point) => point[k]);
const strata = (values: readonly number[], count: number) =>
  values.map((value) => Math.floor(value * count)).sort((a, b) => a - b);
const each = (count: number) => Array.from({ length: count }, (_, k) => k);

describe("a Latin hypercube", () => {
  it.each([1, 2, 7, 64, 1000])("of %i points has one in every interval of every dimension", (count) => {
    const points = latinHypercube(count, 5, 3);
    for (const k of each(5)) expect(strata(column(points, k), count)).toEqual(each(count));
  });

  it("is the same for the same seed, and pairs dimensions at random", () => {
    expect(latinHypercube(16, 3, 7)).toEqual(latinHypercube(16, 3, 7));
    expect(latinHypercube(16, 3, 7)).not.toEqual(latinHypercube(16, 3, 8));
    const [a, b] = [0, 1].map((k) => column(latinHypercube(16, 2, 1), k));
    expect(a).not.toEqual(b);
  });
});

describe("Sobol's sequence", () => {
  it("begins with the published points", () => {
    const first = [
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25, 0.25, 0.75, 0.75, 0.25, 0.75, 0.75, 0.75],
      [0.25, 0.75, 0.75, 0.75, 0.25, 0.25, 0.75, 0.25, 0.25, 0.25],
      [0.375, 0.375, 0.625, 0.875, 0.375, 0.125, 0.375, 0.875, 0.875, 0.625],
      [0.875, 0.875, 0.125, 0.375, 0.875, 0.625, 0.875, 0.375, 0.375, 0.125],
      [0.625, 0.125, 0.875, 0.625, 0.625, 0.875, 0.125, 0.125, 0.125, 0.375],
      [0.125, 0.625, 0.375, 0.125, 0.125, 0.375, 0.625, 0.625, 0.625, 0.875],
    ];
    expect(sobolPoints(8, 10).map((point) => [...point])).toEqual(first);
    // Point 1000 as scipy.stats.qmc.Sobol(10, scramble=False) gives it, in 1/1024.
    const late = [...sobolPoints(1001, 10)[1000]].map((value) => value * 1024);
    expect(late).toEqual([225, 99, 531, 693, 287, 929, 47, 921, 513, 71]);
  });

  it("fills every dyadic interval alike, shifted or not, and the first two dimensions every elementary box", () => {
    for (const shift of [undefined, digitalShift(10, 5)]) {
      const points = sobolPoints(256, 10, shift);
      for (const k of each(10)) expect(strata(column(points, k), 256)).toEqual(each(256));
      for (let bits = 0; bits <= 8; bits++) {
        const boxes = points.map(
          ([x, y]) => Math.floor(x * 2 ** bits) * 2 ** (8 - bits) + Math.floor(y * 2 ** (8 - bits)),
        );
        expect(boxes.sort((a, b) => a - b)).toEqual(each(256));
      }
    }
  });

  it("goes on where a shorter one ends", () => {
    const shift = digitalShift(4, 9);
    expect(sobolPoints(100, 4, shift).slice(0, 30)).toEqual(sobolPoints(30, 4, shift));
    expect(() => sobolPoints(2, 11)).toThrow("1 to 10");
  });
});
