import { describe, expect, it } from "vitest";
import { deviation, mean, populationDeviation, range } from "../../src/statistics/mean.js";
import { quantile, quantiles } from "../../src/statistics/quantile.js";

describe("moments", () => {
  it("are those of the definition", () => {
    expect(mean([1, 2, 6])).toBe(3);
    expect(deviation([1, 2, 6])).toBe(Math.sqrt(7));
    expect(populationDeviation([1, 2, 6])).toBe(Math.sqrt(14 / 3));
    expect(range(Float64Array.of(3, -1, 2))).toBe(4);
  });

  it("are not a number where there is too little", () => {
    expect(mean([])).toBeNaN();
    expect(deviation([])).toBeNaN();
    expect(deviation([5])).toBeNaN();
    expect(populationDeviation([])).toBeNaN();
    expect(populationDeviation([5])).toBe(0);
  });
});

describe("quantiles", () => {
  it("are NumPy's default", () => {
    expect(quantiles([4, 1, 3, 2], [0, 0.25, 0.5, 1])).toEqual([1, 1.75, 2.5, 4]);
    expect(quantile([7], 0.3)).toBe(7);
  });

  it("leave the values as they are", () => {
    const values = Float64Array.of(3, 1, 2);
    quantile(values, 0.5);
    expect([...values]).toEqual([3, 1, 2]);
  });
});
