import { describe, expect, it } from "vitest";
import { chanceBelow, pearson, spearman } from "../../src/statistics/correlation.js";
import { meanRanks } from "../../src/statistics/ranks.js";

const relative = (found: number, due: number) => Math.abs(found / due - 1);

describe("ranks", () => {
  it("gives ties the mean of their places", () => {
    expect([...meanRanks([3, 1, 3, 2, 3])]).toEqual([4, 1, 4, 2, 4]);
    expect([...meanRanks([])]).toEqual([]);
  });
});

describe("correlation", () => {
  // scipy.stats 1.10 on the same numbers: pearsonr, spearmanr, t.cdf.
  const x = [1, 2, 3, 4, 5, 6, 7];
  const y = [2.1, 1.9, 3.7, 3.7, 5.2, 4.8, 9.5];

  it("agrees with SciPy", () => {
    expect(relative(pearson(x, y), 0.8889737039287433)).toBeLessThan(1e-14);
    expect(relative(spearman(x, y), 0.9189562119494703)).toBeLessThan(1e-14);
    expect(relative(chanceBelow(-0.6, 12), 0.01958143999999998)).toBeLessThan(1e-12);
  });

  it("does not lose digits to a large mean", () => {
    const far = y.map((value) => value + 1e8);
    expect(relative(pearson(x, far), pearson(x, y))).toBeLessThan(1e-7);
  });

  it("is one for a column and itself, and undefined for one that does not vary", () => {
    expect(pearson(y, y)).toBe(1);
    expect(pearson(x, [2, 2, 2, 2, 2, 2, 2])).toBeNaN();
  });
});
