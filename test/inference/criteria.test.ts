import { describe, expect, it } from "vitest";
import type { Controls } from "../../src/inference/controls.js";
import { judge, saturationRemark } from "../../src/inference/criteria.js";
import { readResult } from "../../src/inference/reading.js";
import type { RunRecord } from "../../src/inference/run-record.js";
import { measureSynchronisation } from "../../src/inference/synchronisation.js";
import { rankTrend } from "../../src/inference/trend.js";
import { prototypeRun } from "./prototype.js";

const on = measureSynchronisation(prototypeRun("on"));
const off = measureSynchronisation(prototypeRun("off"));
const verdicts = (run = on, controls: Controls = {}) =>
  Object.fromEntries(judge(run, controls).map((criterion) => [criterion.id, criterion]));

/** All particles alike: no spread at all. */
const flat = (() => {
  const run = prototypeRun();
  const cycles = run.cycles.map((cycle) => ({ ...cycle, meanStoichiometry: [0.6, 0.6, 0.6], damage: [0.1, 0.1, 0.1] }));
  return measureSynchronisation({ ...run, cycles, coverage: [0.5, 0.5, 0.5] });
})();

const renumbered = (run: RunRecord, order: readonly number[]): RunRecord => ({
  ...run,
  coverage: order.map((k) => run.coverage[k]),
  cycles: run.cycles.map((cycle) => ({
    ...cycle,
    meanStoichiometry: order.map((k) => cycle.meanStoichiometry[k]),
    damage: order.map((k) => cycle.damage[k]),
  })),
});

describe("the criteria", () => {
  it("hold for the prototype with feedback, as far as one run can tell", () => {
    const holds = judge(on).map(({ id, holds }) => [id, holds]);
    // C: .085/.103 = .825 misses the band .8 by a little, as physics.md says of this law (P* .82).
    expect(Object.fromEntries(holds)).toEqual({ A: true, B: true, C: false, D: true, E: null, F: null, G: true });
    expect(verdicts().E.remark).toContain("synchrode run scenarios/feedback-off.yaml");
  });

  it("say of other numbers of particles what to change, not which of three to run", () => {
    const remark = judge({ ...on, particles: 9 }).find(({ id }) => id === "E")!.remark;
    expect(remark).toContain("the same scenario with equal coverage");
    expect(remark).not.toContain(".yaml");
  });

  it("D asks for half of the first spread", () => {
    const closing = (share: number) => {
      const spread = { ...on.spread, lithiumFirst: 0.2, lithiumLast: 0.2 * share };
      return verdicts({ ...on, spread }).D.holds;
    };
    expect([closing(0.49), closing(0.5), closing(0.51), closing(0.58)]).toEqual([true, true, false, false]);
  });

  it("fail without feedback: the lithium spread is frozen", () => {
    const { C, D } = verdicts(off);
    expect([C.holds, D.holds]).toEqual([false, false]);
  });

  it("see coverage order broken", () => {
    const run = prototypeRun();
    const wrong = measureSynchronisation({ ...run, coverage: [0.114, 0.514, 0.886] });
    expect(verdicts(wrong).A.holds).toBe(false);
  });

  it("see damage that comes early", () => {
    const run = prototypeRun();
    const time = [0, 1, 2, 3, 4, 5, 6, 360];
    expect(verdicts(measureSynchronisation({ ...run, firstCharge: { ...run.firstCharge, time } })).B.holds).toBe(false);
  });

  it("do not judge when damage came in a charge with a hold", () => {
    const run = prototypeRun();
    const held = measureSynchronisation({ ...run, firstCharge: { ...run.firstCharge, held: true } });
    expect(verdicts(held).B.holds).toBeNull();
    expect(verdicts(held).B.remark).toContain("Not applicable");
  });

  it("do not judge what too few cycles cannot show", () => {
    const { C, D } = verdicts(measureSynchronisation(prototypeRun("on", 2)));
    expect([C.holds, D.holds]).toEqual([null, null]);
    expect(C.remark).toContain("this run has 2");
  });

  it("accept the controls only together, and fail with any one that fails", () => {
    const permuted = measureSynchronisation(renumbered(prototypeRun(), [2, 0, 1]));
    const all = { feedbackOff: off, equalCoverage: flat, contrastOne: flat, permuted };
    expect(verdicts(on, all).E.holds).toBe(true);
    expect(verdicts(on, { feedbackOff: off }).E.holds).toBeNull();
    expect(verdicts(on, { ...all, equalCoverage: on }).E.holds).toBe(false);
    expect(verdicts(on, { ...all, feedbackOff: on }).E.holds).toBe(false);
    const moved = measureSynchronisation({ ...renumbered(prototypeRun(), [2, 0, 1]), coverage: [0.886, 0.514, 0.114] });
    expect(verdicts(on, { ...all, permuted: moved }).E.holds).toBe(false);
  });

  it("call damage that converges without feedback saturation", () => {
    const record = prototypeRun("off");
    const cycles = record.cycles.map((cycle, k) => ({
      ...cycle,
      damage: cycle.damage.map((d) => cycle.damage[1] + (d - cycle.damage[1]) * (1 - (0.8 * k) / 39)),
    }));
    const saturated = measureSynchronisation({ ...record, cycles });
    expect(verdicts(on, { feedbackOff: saturated }).E.remark).toContain(saturationRemark);
    expect(readResult(on, 720, { feedbackOff: saturated }).join(" ")).toContain(saturationRemark);
    expect(verdicts(on, { feedbackOff: off }).E.remark).not.toContain("saturation");
  });

  it("judge other particles, seeds and meshes by the closing of their lithium spread", () => {
    const F = verdicts(on, { moreParticles: on, otherSeed: on, finer: on }).F;
    expect([F.holds, verdicts(on, { moreParticles: on }).F.holds, verdicts(on, { finer: off }).F.holds]).toEqual([
      true,
      null,
      false,
    ]);
  });
});

describe("the reading", () => {
  it("names the overworked, the onset, the step and the price", () => {
    expect(readResult(on, 720)).toEqual([
      "Particle 1, the best covered (89 % of its surface on the high-conductivity carbon/binder), was overworked: in the first charge it gave 8 % more lithium than the mean.",
      "Damage set them apart from t/τ = 0.37 on; the charge ended at 0.50, and 100 % of the difference arose in its last 40 %.",
      "They fell into step at cycle 19 (spread at most 0.25 of the first, and it stays so), at a mean damage of 0.227: the spread of lithium went from 0.162 to 0.006 of what moved in 40 cycles.",
      "The spread of damage was largest at cycle 20 (0.103) and ended at 0.085, with a mean damage of 0.397.",
      "The price: the voltage at the end of charge rose by 250 mV, from 3.99 to 4.24 V; no voltage limit was hit.",
    ]);
    expect(readResult(off, 720)[2]).toMatch(/^They did not fall into step: .* from 0\.164 to 0\.152/);
  });

  it("says when nobody was out of step", () => {
    expect(readResult(flat, 720)[0]).toMatch(/nearly alike/);
  });
});

describe("rank correlation", () => {
  it("agrees with ranks by hand, ties at their mean rank", () => {
    // x ranks 1 2 3 4, y ranks 1 2.5 2.5 4: ρ = 4.5/√(5·4.5)
    expect(Math.abs(rankTrend([1, 2, 3, 4], [0, 5, 5, 9]).rho! - 4.5 / Math.sqrt(22.5))).toBeLessThan(1e-12);
    expect(rankTrend([1, 2, 3], [9, 5, 1])).toEqual({ rho: -1, pFalling: null });
    expect(rankTrend([1, 2, 3], [5, 5, 5]).rho).toBeNull();
    expect(rankTrend([1, 2, 3, 4, 5, 6], [6, 5, 4, 2, 3, 1]).pFalling!).toBeLessThan(0.05);
    expect(() => rankTrend([1], [1, 2])).toThrow(/must pair up/);
  });
});
