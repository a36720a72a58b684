import { describe, expect, it } from "vitest";
import { makeSamples } from "../../../src/inference/forest/samples.js";
import { auditLeakage } from "../../../src/inference/learn/leakage.js";

describe("an attribute tied to the target", () => {
  const audited = (column: readonly number[]) =>
    auditLeakage(
      makeSamples(
        { "Own column": column },
        column.map((_, k) => k),
      ),
    )[0];

  it("warns from a rank correlation of 0.8 on, and not below", () => {
    const all = audited([0, 1, 2, 3, 4, 5, 10, 6, 7, 8, 9]);
    expect([all.rho > 0.9, all.warns]).toEqual([true, true]);
    const between = audited([3, 0, 1, 2, 7, 4, 5, 6, 10, 8, 9]);
    expect([between.rho > 0.8, between.rho < 0.9, between.warns]).toEqual([true, true, true]);
    const below = audited([10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(below?.warns ?? false).toBe(false);
  });
});
