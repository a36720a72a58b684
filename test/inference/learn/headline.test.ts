import { describe, expect, it } from "vitest";
import { headline } from "../../../src/inference/learn/headline.js";
import type { RankingRecord, TableRecord } from "../../../src/inference/learn/record.js";

const ranking = (names: readonly string[], shap: readonly number[], refusal: string | null = null) =>
  ({
    scores: { r2: 0.5 },
    refusal,
    noiseFloor: 0.01,
    attributes: names.map((name, k) => ({
      name,
      meanAbsShap: refusal === null ? shap[k] : null,
      rank: refusal === null ? k + 1 : null,
    })),
  }) as unknown as RankingRecord;
const holds = { permuted: { r2: [], holds: true }, planted: [] };
const record = (parts: object) =>
  ({
    ...ranking(["Leak", "A", "B"], [0.9, 0.3, 0.2]),
    leakage: [],
    leakFree: null,
    controls: holds,
    ...parts,
  }) as unknown as TableRecord;
const leakage = [{ attribute: "Leak", rho: 0.97, reason: "it is the damage", warns: true, leftOut: true }];

describe("the headline", () => {
  it("names what counts, of the ranking without leaks where there is one", () => {
    expect(headline(record({}), "Damage")).toBe("Damage follows Leak, A, B most (R² 0.5, all attributes).");
    const leakFree = ranking(["A", "B"], [0.3, 0.2]);
    expect(headline(record({ leakage, leakFree }), "Damage")).toBe("Damage follows A, B most (R² 0.5, without leaks).");
  });

  it("claims nothing that its guards refuse", () => {
    const refused = ranking(["A"], [], "R² is 0.02.");
    expect(headline(record({ leakage, leakFree: refused }), "Damage")).toBe("no ranking, without leaks. R² is 0.02.");
    expect(headline(record({ leakage }), "Damage")).toMatch(/^every attribute may hold Damage in itself/);
    const permuted = { ...holds, permuted: { r2: [0.2], holds: false } };
    expect(headline(record({ controls: permuted }), "Damage")).toMatch(/^no ranking can be trusted/);
  });

  it("names only what stands above noise, and doubts an order that a planted cause did not pass", () => {
    const leakFree = ranking(["A", "B", "C"], [0.3, 0.01, 0.009]);
    expect(headline(record({ leakage, leakFree }), "Damage")).toContain("follows A most");
    expect(headline(record({ leakage, leakFree: ranking(["A"], [0.01]) }), "Damage")).toMatch(
      /^no attribute stands above/,
    );
    const planted = { ...holds, planted: [{ attribute: "Z", holds: false }] };
    expect(headline(record({ controls: planted }), "Damage")).toContain("planted on Z was not found first");
  });
});
