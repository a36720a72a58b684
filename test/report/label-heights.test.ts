import { describe, expect, it } from "vitest";
import { labelHeights } from "../../src/report/figure/label-heights.js";

describe("the heights of labels", () => {
  it("stay where nothing is in the way, and rise above what is", () => {
    const wide = [0, 0.5] as const;
    const labels = [
      { across: wide, height: 0.3 },
      { across: wide, height: 0.31 },
      { across: [0.4, 0.9] as const, height: 0.34 },
      { across: [0.6, 0.9] as const, height: 0.3 },
      { across: wide, height: 0.9 },
    ];
    const heights = labelHeights(labels, 0.1);
    expect([heights[0], heights[3], heights[4]]).toEqual([0.3, 0.3, 0.9]);
    for (const [k, a] of labels.entries())
      for (const [j, b] of labels.entries())
        if (j < k && a.across[0] < b.across[1] && b.across[0] < a.across[1])
          expect(Math.abs(heights[k] - heights[j])).toBeGreaterThan(0.1 - 1e-12);
  });
});
