import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunRecord } from "../../src/inference/run-record.js";
import { byCoverage, interpolate, measureSynchronisation } from "../../src/inference/synchronisation.js";
import { anchors, prototypeRun } from "./prototype.js";

/** Relative agreement. */
const near = (value: number | null, expected: number, tolerance: number) =>
  expect(Math.abs(value! - expected), `${value} against ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.abs(expected),
  );

/** Two particles with given s and D a cycle; charge of 100 s, damage linear from its middle on. */
function pair(s: readonly [number, number][], d: readonly [number, number][] = s.map(() => [0.2, 0.1])): RunRecord {
  return {
    cycles: s.map((row, k) => ({
      cycle: k + 1,
      meanStoichiometry: row,
      damage: d[k],
      voltage: 4,
      time: 100 * (2 * k + 1),
      cutOff: false,
      throughput: 1,
    })),
    firstCharge: {
      time: [0, 50, 100],
      damage: [[0, 0], [0, 0], d[0]],
      meanStoichiometry: [[0.9, 0.9], [0.8, 0.8], s[0]],
    },
    initialStoichiometry: 0.9,
    coverage: [0.9, 0.1],
  };
}

describe("spreads of one cycle", () => {
  it("are normalised by the mean lithium moved, signed from the most to the least covered", () => {
    const [cycle] = measureSynchronisation(pair([[0.4, 0.6]])).cycles;
    near(cycle.lithium, 0.5, 1e-12);
    near(cycle.lithiumStd, 0.25, 1e-12);
    near(cycle.lithiumSigned, -0.5, 1e-12);
    near(cycle.damage, 0.1, 1e-12);
    near(cycle.damageSigned, 0.1, 1e-12);
    near(cycle.damageRelative, 2 / 3, 1e-12);
    near(cycle.deviation[0], 0.05, 1e-12);
  });

  it("are ranges up to twenty particles, and of more the range between the 10 % and the 90 % quantile", () => {
    const even = (particles: number): RunRecord => {
      const moved = Array.from({ length: particles }, (_, k) => 0.2 + (0.2 * k) / (particles - 1));
      const s = moved.map((own) => 0.9 - own);
      const one = { cycle: 1, meanStoichiometry: s, damage: moved, voltage: 4, time: 1, cutOff: false, throughput: 1 };
      const firstCharge = { time: [1], damage: [moved], meanStoichiometry: [s] };
      return { cycles: [one], firstCharge, initialStoichiometry: 0.9, coverage: moved };
    };
    for (const [particles, share, words] of [
      [20, 1, "range"],
      [21, 0.8, "10–90 % quantile range"],
    ] as const) {
      const { cycles, spreadMeasure, spread } = measureSynchronisation(even(particles));
      near(cycles[0].lithium, (0.2 * share) / 0.3, 1e-12);
      near(cycles[0].damage, 0.2 * share, 1e-12);
      near(cycles[0].damageStd, cycles[0].lithiumStd! * 0.3, 1e-12);
      near(spread.lithiumStdFirst, cycles[0].lithiumStd!, 0);
      near(spread.damageStdLast, cycles[0].damageStd, 0);
      expect(spreadMeasure).toBe(words);
    }
  });

  it("count from each charge's own start, and say when that is not recorded", () => {
    const run = pair([[0.4, 0.6]]);
    const cycles = run.cycles.map((cycle) => ({ ...cycle, startStoichiometry: [0.8, 1] }));
    const own = measureSynchronisation({ ...run, cycles });
    expect(own.cycles[0].lithium).toBeLessThan(1e-12);
    near(own.cycles[0].meanMoved, 0.4, 1e-12);
    expect(own.firstMoved.every((moved) => Math.abs(moved - 0.4) < 1e-12)).toBe(true);
    expect([own.startsKnown, measureSynchronisation(run).startsKnown]).toEqual([true, false]);
    const torn = cycles.map((cycle) => ({ ...cycle, startStoichiometry: [0.8] }));
    expect(() => measureSynchronisation({ ...run, cycles: torn })).toThrow(/1 stoichiometries at the start of cycle 1/);
  });

  it("say how much of the damage grew while charging, where that is recorded", () => {
    const run = pair(
      [
        [0.4, 0.6],
        [0.4, 0.6],
      ],
      [
        [0.2, 0.1],
        [0.5, 0.3],
      ],
    );
    expect(measureSynchronisation(run).damageWhileCharging).toBeNull();
    // Between the charges both gained 0.05, of 0.8 in all.
    const starts = [
      [0, 0],
      [0.25, 0.15],
    ];
    const cycles = run.cycles.map((cycle, k) => ({ ...cycle, startDamage: starts[k] }));
    near(measureSynchronisation({ ...run, cycles }).damageWhileCharging, 0.7 / 0.8, 1e-12);
  });

  it("of the first and the last cycle are told apart", () => {
    const { spread } = measureSynchronisation(
      pair(
        [
          [0.4, 0.6],
          [0.45, 0.55],
          [0.48, 0.52],
        ],
        [
          [0.2, 0.1],
          [0.4, 0.2],
          [0.5, 0.45],
        ],
      ),
    );
    near(spread.lithiumFirst, 0.5, 1e-12);
    near(spread.lithiumLast, 0.1, 1e-12);
    near(spread.damageLast, 0.05, 1e-12);
    expect(spread.damageMaxCycle).toBe(2);
  });

  it("do not depend on how particles are numbered, nor on the share of the capacity that moved", () => {
    const shares = fc.array(fc.double({ min: 0.5, max: 1, noNaN: true }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(shares, fc.double({ min: 0.1, max: 1, noNaN: true }), (given, scale) => {
        const run = (moved: readonly number[]): RunRecord => {
          const s = moved.map((share) => 0.9 - 0.3 * share);
          const coverage = moved.map((_, k) => 1 / (k + 1));
          const one = { cycle: 1, meanStoichiometry: s, damage: s, voltage: 4, time: 1, cutOff: false, throughput: 1 };
          const first = { time: [1], damage: [s], meanStoichiometry: [s] };
          return { cycles: [one], firstCharge: first, initialStoichiometry: 0.9, coverage };
        };
        const a = measureSynchronisation(run(given)).cycles[0];
        const b = measureSynchronisation(run([...given].reverse())).cycles[0];
        const c = measureSynchronisation(run(given.map((share) => share * scale))).cycles[0];
        expect(Math.abs(a.lithium! - b.lithium!)).toBeLessThan(1e-12);
        expect(Math.abs(a.lithium! - c.lithium!)).toBeLessThan(1e-12);
        expect(Math.abs(a.lithiumStd! - c.lithiumStd!)).toBeLessThan(1e-12);
        expect(a.lithiumStd!).toBeLessThanOrEqual(a.lithium! / 2 + 1e-12);
        expect(Math.abs(a.deviation.reduce((sum, d) => sum + d, 0))).toBeLessThan(1e-12);
      }),
    );
  });
});

describe("falling into step", () => {
  const spreads = (values: readonly number[]) =>
    measureSynchronisation(pair(values.map((v) => [0.6 - 0.15 * v, 0.6 + 0.15 * v])));

  it("is the first cycle from which the spread stays at a quarter of the first", () => {
    expect(spreads([0.4, 0.2, 0.09, 0.08]).syncCycle).toBe(3);
    expect(spreads([0.4, 0.09, 0.2, 0.09, 0.05]).syncCycle).toBe(4);
    expect(spreads([0.4, 0.09, 0.2]).syncCycle).toBeNull();
    expect(spreads([0.4, 0.3]).syncCycle).toBeNull();
  });

  it("counts a spread of just a quarter as in step", () => {
    // powers of two, so that the quarter is one to the last bit
    const exact = (spread: number): [number, number] => [0.5 - spread / 2, 0.5 + spread / 2];
    const run = { ...pair([exact(0.5), exact(0.125)]), initialStoichiometry: 1 };
    expect(measureSynchronisation(run).cycles.map(({ lithium }) => lithium)).toEqual([1, 0.25]);
    expect(measureSynchronisation(run).syncCycle).toBe(2);
  });

  it("takes another share as an argument and refuses one that is none", () => {
    expect(measureSynchronisation(prototypeRun(), 0.5).syncCycle).toBe(11);
    expect(() => measureSynchronisation(prototypeRun(), 1.5)).toThrow(/1\.5; it lies between 0 and 1/);
  });

  it("has no meaning for particles that were never apart", () => {
    expect(spreads([0, 0, 0]).syncCycle).toBeNull();
  });
});

describe("damage in the first charge", () => {
  it("opens where its spread reaches a tenth", () => {
    const { onset } = measureSynchronisation(pair([[0.4, 0.6]]));
    near(onset.time, 55, 1e-12);
    near(onset.lastFortyPercent, 0.8, 1e-12);
  });

  it("opens at a tenth of its spread at the end, whatever the curve", () => {
    const run = pair([[0.4, 0.6]]);
    const time = [0, 20, 40, 60, 80, 100];
    const spreads = [0, 0.005, 0.015, 0.03, 0.06, 0.1];
    const firstCharge = {
      time,
      damage: spreads.map((spread) => [0.1 + spread, 0.1]),
      meanStoichiometry: time.map((t) => [0.9 - t / 200, 0.9 - t / 250]),
    };
    near(measureSynchronisation({ ...run, firstCharge }).onset.time, 30, 1e-9);
  });

  it("is null without damage, and counts from 0 when the first row comes later", () => {
    const none = measureSynchronisation(pair([[0.4, 0.6]], [[0, 0]])).onset;
    expect([none.time, none.shareOfCharge, none.lastFortyPercent]).toEqual([null, null, null]);
    const run = pair([[0.4, 0.6]]);
    const cut = {
      time: [100],
      damage: [[0.2, 0.1]],
      meanStoichiometry: [[0.4, 0.6]],
    };
    near(measureSynchronisation({ ...run, firstCharge: cut }).onset.time, 10, 1e-12);
  });
});

describe("the scalar prototype", () => {
  it("gives back the spreads it was written from", () => {
    const run = measureSynchronisation(prototypeRun());
    for (const [cycle, lithium, damage, meanDamage] of anchors.on) {
      near(run.cycles[cycle - 1].lithium, lithium, 1e-9);
      near(run.cycles[cycle - 1].damage, damage, 1e-9);
      near(run.cycles[cycle - 1].meanDamage, meanDamage, 1e-9);
    }
    expect(run.spread.damageMaxCycle).toBe(20);
    expect(run.syncCycle).toBe(19);
    near(run.meanDamageAtSync, 0.2268, 1e-9);
    near(run.onset.shareOfCharge, 0.737, 0.01);
    expect(run.trend.lithium.rho!).toBeLessThan(-0.999);
  });
});

describe("small parts", () => {
  it("orders by coverage, equals in their order", () => expect(byCoverage([0.5, 0.9, 0.5])).toEqual([1, 0, 2]));
  it("interpolates and holds the ends", () =>
    expect([-1, 0.5, 9].map((x) => interpolate([0, 1], [2, 4], x))).toEqual([2, 3, 4]));
  it("refuses records that do not fit", () => {
    const run = prototypeRun();
    expect(() => measureSynchronisation({ ...run, cycles: [] })).toThrow(/no finished charge/);
    expect(() => measureSynchronisation({ ...run, cycles: run.cycles.slice(1) })).toThrow(/cycle 2 in place 1/);
    expect(() => measureSynchronisation({ ...run, coverage: [0.5] })).toThrow(/1 particles have a coverage/);
    const { firstCharge } = run;
    const backwards = { ...firstCharge, time: [...firstCharge.time].reverse() };
    expect(() => measureSynchronisation({ ...run, firstCharge: backwards })).toThrow(/times must increase/);
  });
});
