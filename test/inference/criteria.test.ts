import { describe, expect, it } from "vitest";
import { type Controls, judgeMirrored, permutationsWanted } from "../../src/inference/controls.js";
import { judge } from "../../src/inference/criteria.js";
import { readResult } from "../../src/inference/reading.js";
import type { RunRecord } from "../../src/inference/run-record.js";
import { measureSynchronisation } from "../../src/inference/synchronisation.js";
import { rankTrend } from "../../src/inference/trend.js";
import { prototypeRun } from "./prototype.js";

const on = measureSynchronisation(prototypeRun("on"));
const off = measureSynchronisation(prototypeRun("off"));
const prototypeOff = off;
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

/** A run of three particles by its spreads, a cycle each. */
interface Course {
  /** S_c */
  readonly lithium: readonly number[];
  /** S_D and mean D; by default as in `fallingDamage`. */
  readonly damage?: readonly number[];
  readonly meanDamage?: readonly number[];
  /** s at the start of each charge, by particle. */
  readonly start?: readonly number[];
  readonly voltage?: readonly number[];
  readonly throughput?: readonly number[];
  readonly cutOff?: (cycle: number) => boolean;
}

const climbing = (count: number, to: number) => Array.from({ length: count }, (_, k) => (to * (k + 1)) / count);

function courseOf(course: Course): RunRecord {
  const { lithium, start = [0.9, 0.9, 0.9] } = course;
  const count = lithium.length;
  const { meanDamage = climbing(count, 0.4), damage = lithium.map((_, k) => 0.1 - 0.001 * k) } = course;
  return {
    ...prototypeRun(),
    cycles: lithium.map((spread, k) => ({
      cycle: k + 1,
      meanStoichiometry: start.map((s, p) => s - 0.3 * (1 - [-0.5, 0, 0.5][p] * spread)),
      startStoichiometry: start,
      damage: [0.5, 0, -0.5].map((share) => meanDamage[k] + share * damage[k]),
      voltage: course.voltage?.[k] ?? 4,
      time: 720 * (k + 0.5),
      cutOff: course.cutOff?.(k + 1) ?? false,
      throughput: course.throughput?.[k] ?? 437,
    })),
  };
}

const course = (given: Course) => measureSynchronisation(courseOf(given));
const near = (a: number | null | undefined, b: number) => Math.abs((a ?? Number.NaN) - b) <= 1e-9 * Math.abs(b);

/** S_c from 0.2 to `last` in even steps. */
const falling = (count: number, last: number) =>
  Array.from({ length: count }, (_, k) => 0.2 + ((last - 0.2) * k) / (count - 1));

describe("criterion A", () => {
  it("holds for the prototype, and fails without a spread, with an unequal start, and out of the order of coverage", () => {
    expect(verdicts().A.holds).toBe(true);
    expect(verdicts(course({ lithium: [0.031, 0.03] })).A.holds).toBe(true);
    expect(verdicts(course({ lithium: [0.029, 0.03] })).A.holds).toBe(false);
    expect(verdicts({ ...on, startSpread: 1e-3 }).A.holds).toBe(false);
    const order = (coverage: number[]) => verdicts(measureSynchronisation({ ...prototypeRun(), coverage })).A;
    expect(order([0.114, 0.514, 0.886]).holds).toBe(false);
    expect(verdicts({ ...on, firstDamage: [0.1, 0.2, 0.3] }).A.holds).toBe(false);
    expect(verdicts({ ...on, firstMoved: [0.1, 0.2, 0.3] }).A.holds).toBe(false);
    expect(verdicts({ ...on, particles: 1 }).A.holds).toBeNull();
  });

  it("prints the standard deviation beside the spread", () => {
    expect(verdicts(course({ lithium: [0.2, 0.2] })).A.value).toContain("S_c(1) 0.2, standard deviation 0.0816");
  });
});

describe("criterion B", () => {
  it("sees damage that comes early, whole or in part", () => {
    expect(verdicts().B.holds).toBe(true);
    const early = { ...on.onset, shareOfCharge: 0.49 };
    expect(verdicts({ ...on, onset: early }).B.holds).toBe(false);
    expect(verdicts({ ...on, onset: { ...on.onset, lastFortyPercent: 0.59 } }).B.holds).toBe(false);
    const run = prototypeRun();
    const time = [0, 1, 2, 3, 4, 5, 6, 360];
    expect(verdicts(measureSynchronisation({ ...run, firstCharge: { ...run.firstCharge, time } })).B.holds).toBe(false);
  });

  it("is not judged when damage came in a charge with a hold", () => {
    const run = prototypeRun();
    const held = measureSynchronisation({ ...run, firstCharge: { ...run.firstCharge, held: true } });
    expect(verdicts(held).B.holds).toBeNull();
    expect(verdicts(held).B.remark).toContain("Not applicable");
  });
});

describe("criterion C", () => {
  const lithium = falling(20, 0.05);
  const meanDamage = climbing(20, 0.4);
  const relative = (last: number) => meanDamage.map((mean, k) => mean * (1 + ((last - 1) * k) / 19));
  /** S_D that is largest in the given cycle, and falls to less than half of the mean. */
  const peaking = (cycle: number) => meanDamage.map((_, k) => (k + 1 === cycle ? 0.1 : 0.05));

  it("asks that S_D over mean D falls to half of its first value", () => {
    const at = (last: number) =>
      verdicts({
        ...course({ lithium, meanDamage, damage: relative(last) }),
        spread: { ...on.spread, damageMaxCycle: 10 },
      }).C;
    expect([at(0.499).holds, at(0.501).holds]).toEqual([true, false]);
    expect(near(at(0.4).measured.relativeRatio, 0.4)).toBe(true);
  });

  it("asks that S_D is not largest in the last tenth of the cycles", () => {
    const at = (cycle: number) => verdicts(course({ lithium, meanDamage, damage: peaking(cycle) })).C;
    expect([at(3), at(18), at(19), at(20)].map(({ holds }) => holds)).toEqual([true, true, false, false]);
    expect(verdicts(off).C.holds).toBe(false);
  });

  it("is open before ten cycles, unless it is met", () => {
    const short = verdicts(measureSynchronisation(prototypeRun("on", 9))).C;
    expect([short.holds, short.remark]).toEqual([null, "Judged after 10 cycles; this run has 9."]);
    const met = course({ lithium: falling(5, 0.05), meanDamage: climbing(5, 0.5), damage: [0.2, 0.3, 0.2, 0.1, 0.1] });
    expect(verdicts(met).C.holds).toBe(true);
  });
});

describe("criterion D", () => {
  it("asks for half of the first spread at the end", () => {
    const at = (share: number) => verdicts(course({ lithium: falling(8, 0.2 * share) })).D.holds;
    expect([at(0.499), at(0.501), at(0.58)]).toEqual([true, false, false]);
  });

  it("asks that the last quarter lies below the first", () => {
    expect(verdicts(course({ lithium: [0.2, 0.01, 0.01, 0.01, 0.02, 0.02, 0.15, 0.09] })).D.holds).toBe(false);
    expect(verdicts(course({ lithium: [0.2, 0.06, 0.01, 0.01, 0.02, 0.02, 0.15, 0.09] })).D.holds).toBe(true);
  });

  it("holds for a spread that closes at once and then wobbles", () => {
    const wobbling = [0.2, 0.002, ...Array.from({ length: 18 }, (_, k) => 0.002 + 0.0001 * k)];
    expect(verdicts(course({ lithium: wobbling })).D.holds).toBe(true);
  });

  it("counts what each charge moved from its own start", () => {
    // A charge that starts from unequal particles, of which each gives the same.
    const start = [0.7, 0.8, 0.9];
    const apart = course({ lithium: [0.2, 0, 0, 0], start });
    expect(apart.spread.lithiumLast).toBeLessThan(1e-12);
    expect(near(apart.spread.lithiumFirst, 0.2)).toBe(true);
    expect(verdicts(apart).D.holds).toBe(true);
    const record = courseOf({ lithium: [0.2, 0, 0, 0], start });
    const cycles = record.cycles.map(({ startStoichiometry: _, ...cycle }) => cycle);
    const older = verdicts(measureSynchronisation({ ...record, cycles })).D;
    expect(older.remark).toContain("counted from the start of the run");
    expect(older.holds).toBe(false);
    expect(verdicts(apart).D.remark).toBeNull();
  });

  it("is open before four cycles", () => {
    const short = verdicts(measureSynchronisation(prototypeRun("on", 3))).D;
    expect([short.holds, short.remark]).toEqual([null, "Quarters need 4 cycles; this run has 3."]);
  });
});

describe("criterion E", () => {
  const count = 20;
  const run = course({ lithium: falling(count, 0.02) });
  const frozen = course({ lithium: [0.25, ...new Array<number>(count - 1).fill(0.2)] });
  const permuted = [course({ lithium: falling(count, 0.05) })];
  const all: Controls = { feedbackOff: frozen, equalCoverage: flat, permuted };
  const E = (controls: Controls) => verdicts(run, controls).E;

  it("holds when every kind of control agrees, and fails with any one that does not", () => {
    expect(E(all).holds).toBe(true);
    expect(E({ ...all, equalCoverage: run }).holds).toBe(false);
    expect(E({ ...all, contrastOne: run }).holds).toBe(false);
    expect(E({ ...all, feedbackOff: run }).holds).toBe(false);
    expect(E({ ...all, permuted: [frozen] }).holds).toBe(false);
    expect(E({ ...all, mirrored: frozen }).holds).toBe(false);
  });

  it("is open while a kind is not at hand, and says what to run, or why it is not there", () => {
    const { feedbackOff, equalCoverage } = all as Required<Controls>;
    for (const controls of [{ feedbackOff }, { feedbackOff, equalCoverage }, { equalCoverage, permuted }, {}])
      expect(E(controls).holds).toBeNull();
    expect(E({ feedbackOff, contrastOne: flat, permuted }).holds).toBe(true);
    const mirrored = measureSynchronisation(renumbered(courseOf({ lithium: falling(count, 0.02) }), [2, 1, 0]));
    expect(E({ feedbackOff, equalCoverage, mirrored }).holds).toBe(true);
    expect(E({}).remark).toContain("synchrode run with --with-controls");
    const failed = judge(run, { feedbackOff, equalCoverage }, { permuted: "it failed: no room" })[4];
    expect(failed.remark).toContain("Not at hand: with the same coverages on other particles: it failed: no room.");
    expect(failed.holds).toBeNull();
  });

  it("asks without feedback that the spread of lithium stays as in cycle 2", () => {
    const to = (last: number) =>
      E({ ...all, feedbackOff: course({ lithium: [0.3, 0.2, ...falling(count - 2, 0.2 * last)] }) }).holds;
    expect([to(0.91), to(0.89)]).toEqual([true, false]);
  });

  it("asks without feedback for half as much again at equal mean damage", () => {
    // The run has 0.11 where its damage is the largest of the other, half of its own.
    const half = { meanDamage: climbing(10, 0.2) };
    const wide = (spread: number) =>
      E({ ...all, feedbackOff: course({ ...half, lithium: new Array(10).fill(spread) }) });
    const own = 0.2 + ((0.02 - 0.2) * 9) / 19;
    expect(near(wide(0.2).measured.feedbackOffLithiumAtEqualDamage, 0.2 / own)).toBe(true);
    expect([wide(1.51 * own).holds, wide(1.49 * own).holds]).toEqual([true, false]);
  });

  it("lets damage without feedback complete: only lithium counts", () => {
    const complete = course({
      lithium: new Array(count).fill(0.2),
      damage: climbing(count, 1).map((x) => 0.2 * x * (1 - x)),
      meanDamage: climbing(count, 0.99),
    });
    expect(E({ ...all, feedbackOff: complete }).holds).toBe(true);
  });

  it("asks that equal particles show a tenth of the spreads at most, of lithium and of damage", () => {
    const level = (lithium: number, damage: number) =>
      E({ ...all, equalCoverage: course({ lithium: new Array(4).fill(lithium), damage: new Array(4).fill(damage) }) });
    const results = [level(0.0199, 0.0099), level(0.0201, 0.0099), level(0.0199, 0.0101)];
    expect(results.map(({ holds }) => holds)).toEqual([true, false, false]);
  });

  it("judges permutations by the mean of their spreads", () => {
    const two = (a: number, b: number) =>
      E({ ...all, permuted: [course({ lithium: falling(8, a) }), course({ lithium: falling(8, b) })] });
    expect([two(0.06, 0.13).holds, two(0.08, 0.13).holds]).toEqual([true, false]);
    expect(two(0.06, 0.13).value).toContain("permuted, 2 of 5: S_c(end)/S_c(1) of their mean 0.475");
    expect(permutationsWanted(4)).toBe(23);
    expect(permutationsWanted(100)).toBe(24);
  });

  it("takes only the same run for its mirror image", () => {
    const other = measureSynchronisation(renumbered(prototypeRun(), [2, 1, 0]));
    expect(judgeMirrored(on, other).holds).toBe(true);
    expect(judgeMirrored(on, on).holds).toBe(false);
    const last = other.cycles.length - 1;
    const wandering = other.cycles.map((cycle, k) => (k === last ? { ...cycle, lithium: 0.02 } : cycle));
    expect(judgeMirrored(on, { ...other, cycles: wandering }).holds).toBe(false);
  });

  it("tells damage that converges without feedback: saturation where lithium does as well, by the clauses of C and D", () => {
    const off = (lithium: number[]) => course({ lithium, damage: falling(count, 0.05) });
    const saturated = { feedbackOff: off(falling(count, 0.05)) };
    expect(verdicts(on, saturated).C.remark).toContain("that is saturation, not synchronisation");
    expect(readResult(on, 720, saturated).join(" ")).toContain("that is saturation, not synchronisation");
    const complete = { feedbackOff: off(new Array(count).fill(0.2)) };
    expect(verdicts(on, complete).C.remark).toContain("damage alone does not tell");
    expect(readResult(on, 720, complete).join(" ")).not.toContain("not synchronisation");
    expect(verdicts(on, { feedbackOff: prototypeOff }).C.remark).toBeNull();
  });
});

describe("criterion F", () => {
  it("is judged from what is at hand, and says from what", () => {
    const F = verdicts(on, { finer: on, moreParticles: { ...on, particles: 9 } }).F;
    expect(F.holds).toBe(true);
    expect(F.value).toMatch(/^another mesh or step: S_c.*; 9 particles: S_c/);
    expect(verdicts(on, { otherSeed: on }).F.holds).toBe(true);
    expect(verdicts(on, { finer: off, otherSeed: on }).F.holds).toBe(false);
    const quarters = course({ lithium: [0.2, 0.01, 0.01, 0.01, 0.02, 0.02, 0.15, 0.09] });
    expect(verdicts(on, { finer: quarters }).F.holds).toBe(false);
    expect(verdicts(on).F.holds).toBeNull();
    expect(verdicts(on).F.remark).toContain("--with-controls");
  });
});

describe("criterion G", () => {
  const lithium = falling(4, 0.05);
  const voltage = [4, 4.05, 4.1, 4.25];
  const throughput = [400, 390, 380, 300];

  it("leads with the capacity lost where charges end at a voltage limit, and with the voltage where charge is forced", () => {
    const limited = verdicts(course({ lithium, voltage, throughput, cutOff: () => true })).G;
    expect(limited.value).toMatch(/^capacity lost 25 %; charge passed 400 → 300 mAh\/cm³/);
    expect(limited.remark).toContain("still moved");
    const forced = verdicts(course({ lithium, voltage })).G;
    expect(forced.value).toMatch(/^end of charge rises by 250 mV; /);
    expect([limited.holds, forced.holds, forced.remark]).toEqual([true, true, null]);
    const late = course({ lithium, voltage, throughput, cutOff: (cycle) => cycle < 4 });
    expect(verdicts(late).G.value).toMatch(/^end of charge rises/);
    expect(readResult(course({ lithium, voltage, throughput, cutOff: () => true }), 720).at(-1)).toBe(
      "The price: the charge that passed before the voltage limit fell by 25 %, from 400 to 300 mAh/cm³ of particles; the limit ended 4 of 4 charges.",
    );
  });

  it("fails when it is not stated", () => {
    expect(verdicts(course({ lithium, voltage: [4, 4, 4, Number.NaN] })).G.holds).toBe(false);
  });
});

describe("the criteria together", () => {
  it("hold for the prototype with feedback, as far as one run can tell", () => {
    const holds = Object.fromEntries(judge(on).map((criterion) => [criterion.id, criterion.holds]));
    expect(holds).toEqual({ A: true, B: true, C: true, D: true, E: null, F: null, G: true });
  });

  it("fail without feedback", () => {
    const { C, D } = verdicts(off);
    expect([C.holds, D.holds]).toEqual([false, false]);
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
