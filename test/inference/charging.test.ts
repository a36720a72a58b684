import { describe, expect, it } from "vitest";
import { chargings } from "../../src/inference/charging.js";

/** `[cycle, protocol step, why it ended]` */
function charges(verbs: readonly string[], rows: readonly (readonly [number, number, string])[]) {
  return chargings(verbs, {
    cycle: rows.map(([cycle]) => cycle),
    protocolStep: rows.map(([, step]) => step),
    ended: rows.map(([, , ended]) => ended),
  });
}

describe("the charge of a cycle", () => {
  const verbs = ["rest", "charge", "hold", "rest", "discharge"];
  const rows: [number, number, string][] = [
    [1, 0, "time"],
    [1, 1, ""],
    [1, 1, "voltage"],
    [1, 2, ""],
    [1, 2, "current"],
    [1, 3, "time"],
    [1, 4, "voltage"],
    [2, 0, "time"],
    [2, 1, "voltage"],
    [2, 2, ""],
  ];

  it("ends with the holds that follow it, not with later rests, and is left out while it is not finished", () => {
    expect(charges(verbs, rows)).toEqual([{ from: 1, to: 4 }]);
    expect(charges(verbs, [...rows, [2, 2, "current"]])).toEqual([
      { from: 1, to: 4 },
      { from: 8, to: 10 },
    ]);
  });

  it("is the last one of a cycle with several, once", () => {
    const each = ["charge", "rest", "charge", "hold", "hold"].map((_, step) => [1, step, "time"] as const);
    expect(charges(["charge", "rest", "charge", "hold", "hold"], each.slice(0, 3))).toEqual([]);
    expect(charges(["charge", "rest", "charge", "hold", "hold"], each)).toEqual([{ from: 2, to: 4 }]);
  });

  it("is none without a charge, even where a hold comes first", () => {
    expect(
      charges(
        ["hold", "discharge"],
        [
          [1, 0, "time"],
          [1, 1, "time"],
        ],
      ),
    ).toEqual([]);
  });
});
