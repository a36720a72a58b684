import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { draws } from "../../../src/draws/draws.js";
import { type CompareSettings, compareParticles } from "../../../src/inference/compare/compare.js";
import { type DepthTrend, interactionWithin, slopesApart } from "../../../src/inference/compare/depth-trend.js";
import { type MeasuredParticles, measuredParticles } from "../../../src/inference/compare/measured-particles.js";
import { pool } from "../../../src/inference/compare/pooled.js";
import { sameParticles } from "../../../src/inference/compare/same-particles.js";
import { relativeDeviations, riseEffect, riseTest } from "../../../src/inference/compare/trend.js";
import { twoSampleTests } from "../../../src/inference/compare/two-sample.js";
import { wasserstein } from "../../../src/inference/compare/wasserstein.js";
import { particleTable, writeParticleTable } from "../../../src/table/particle-table.js";
import { say } from "../../cli/said.js";
import { expectNear } from "../../law/tolerance.js";

describe("a rise over states", () => {
  const states = [
    [1, 4, 2],
    [3, 4, 6],
    [5, 9, 6, 2],
  ];

  it("counts pairs as the definition does", () => {
    let [above, below, all] = [0, 0, 0];
    for (const [k, later] of states.entries())
      for (const earlier of states.slice(0, k))
        for (const a of later)
          for (const b of earlier) {
            above += a > b ? 1 : 0;
            below += a < b ? 1 : 0;
            all++;
          }
    expectNear(riseEffect(states), (above - below) / all, 1e-12);
    expect(riseEffect([[1], [2], [3]])).toBe(1);
    expect(riseEffect([[3], [2], [1]])).toBe(-1);
    // Mann and Whitney's normal score: 4 of 4 pairs against 2 ± √(2 · 2 · 5 / 12)
    expectNear(
      riseTest(
        [
          [1, 2],
          [3, 4],
        ],
        false,
        0,
        0,
      ).statistic,
      2 / Math.sqrt(20 / 12),
      1e-12,
    );
  });

  it("has the p of all dealings", () => {
    // 1 2 3 4 5 6 in three states of two: two of the 90 ways are as far from even as the rising one
    const whole = riseTest(
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      false,
      20_000,
      1,
    );
    expect(Math.abs(whole.p - 2 / 90)).toBeLessThan(5 * Math.sqrt(0.022 / 20_000));
    // within three particles of two states each: two of the eight ways
    const within = riseTest(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      true,
      20_000,
      1,
    );
    expect(Math.abs(within.p - 2 / 8)).toBeLessThan(5 * Math.sqrt(0.19 / 20_000));
  });

  it("of the spread does not see the mean", () => {
    const scaled = [1, 2, 10].map((scale) => relativeDeviations([1, 2, 3, 4, 9].map((x) => scale * x)));
    expect(riseEffect(scaled)).toBe(0);
    expect([...relativeDeviations([1, 2, 3])]).toEqual([0.5, 0, 0.5]);
    expect(riseEffect([relativeDeviations([1, 5, 9]), relativeDeviations([4, 5, 6])])).toBeLessThan(-0.3);
  });
});

describe("states of the same particles", () => {
  const a = [3, 1, 4, 1, 5, 9, 2, 6];
  const b = [4, 2, 4, 3, 7, 9.5, 1, 8];
  const wide = [0, 3, 6, 9, 12, 15, 18, 21];

  it("are exchanged particle by particle", () => {
    const found = wasserstein(pool(a, b), pool(a, b).first);
    let atLeast = 0;
    for (let code = 0; code < 256; code++) {
      const dealt = (own: readonly number[], other: readonly number[]) =>
        own.map((value, k) => ((code >> k) & 1 ? other[k] : value));
      const pooled = pool(dealt(a, b), dealt(b, a));
      if (wasserstein(pooled, pooled.first) >= found - 1e-12) atLeast++;
    }
    const p = (first: readonly number[], second: readonly number[], paired: boolean) =>
      twoSampleTests(first, second, 20_000, 3, paired).find(({ name }) => name === "Wasserstein-1")!.p;
    expect(Math.abs(p(a, b, true) - atLeast / 256)).toBeLessThan(5 * Math.sqrt(0.25 / 20_000));
    // all larger by a fifth of their range: seen within particles, hardly between different ones
    const larger = wide.map((x) => x + 4);
    expect(p(wide, larger, true)).toBeLessThan(p(wide, larger, false) / 4);
    expect(() => twoSampleTests([1, 2], [1, 2, 3], 9, 0, true)).toThrow("found 2 and 3 values");
  });

  it("have SciPy's change of slope", () => {
    const x = Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6, 5, 3.5);
    const y = Float64Array.of(2, 7, 1, 8, 2, 8, 1, 8, 2, 8);
    const w = Float64Array.of(1, 6, 1, 8, 0, 3, 3, 9, 8, 8);
    const depth = x.map((_, k) => k);
    // scipy.stats.linregress of first less last
    const two = interactionWithin(depth, [x, y]);
    expectNear(two.difference, 0.06363636363636364, 1e-9);
    expectNear(two.t, 0.06363636363636364 / 0.4493950632405899, 1e-9);
    expectNear(two.p, 0.8908934117874817, 1e-9);
    const three = interactionWithin(depth, [x, y, w]);
    expectNear(three.difference, -0.3363636363636364, 1e-9);
    expectNear(three.p, 0.5288067770937214, 1e-9);
  });
});

describe("slopes of different particles", () => {
  const trend = (slope: number, slopeError: number): DepthTrend => ({ slope, slopeError, rho: 0, p: 1, slices: [] });

  it("are apart by Welch's test", () => {
    // scipy.stats.f_oneway(equal_var=False) of three samples of 8, 8 and 9, their means and errors in place of slopes
    const { f, p, share } = slopesApart(
      [
        trend(45.7125, 2.0138305273426416),
        trend(41.675, 0.8119091258086878),
        trend(41.388888888888886, 1.6410061653046588),
      ],
      [9, 9, 10],
    );
    expectNear(f, 1.7483931090711349, 1e-9);
    expectNear(p, 0.2132755099188989, 1e-9);
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(1);
    expect(slopesApart([trend(1, 1), trend(1, 2), trend(1, 1)], [9, 9, 9])).toEqual({ f: 0, p: 1, share: 0 });
  });
});

/** States of the same 120 particles: damage grows, its relative spread falls, its slope over depth fades. */
function states(count: number) {
  const random = draws(5, "states");
  const axis = () => Float64Array.from({ length: 120 }, () => 50 * random.uniform());
  const [x, y, z, own] = [axis(), axis(), axis(), axis()];
  return Array.from({ length: count }, (_, k) =>
    particleTable({
      Particle: x.map((_, row) => row + 1),
      "x [um]": x,
      "y [um]": y,
      "z [um]": z,
      "Particle radius [um]": x.map(() => 4),
      Damage: x.map(
        (_, row) => 0.1 + 0.2 * k + (0.001 * own[row] + (0.004 * z[row]) / (k + 1) + 0.01 * random.uniform()) / (1 + k),
      ),
    }),
  );
}

const plain = { column: "Damage", keepEdge: false, pixel: null, mostRows: 20_000 };
const settings: CompareSettings = {
  permutations: 199,
  resamples: 60,
  seed: 0,
  thresholds: [0.3],
  shares: [0.2],
  slice: 10,
};

describe("a comparison of several states", () => {
  const particles = states(4).map((table, k) => measuredParticles(`cycle ${k}`, table, plain));
  const comparison = compareParticles(particles, settings);
  const named = (name: string) => comparison.tests.find((test) => test.name === name)!;

  it("tests pairs in order, the trend of values and of spread, and the slope over depth", () => {
    expect(named("cycle 1 → cycle 2: Kolmogorov–Smirnov").p).toBe(1 / 200);
    expect(named("over all states: values (Jonckheere–Terpstra)")).toMatchObject({ p: 1 / 200 });
    expect(named("over all states: values (Jonckheere–Terpstra)").effect).toBeGreaterThan(0.95);
    const spread = named("over all states: relative spread (Jonckheere–Terpstra)");
    expect(spread.effect).toBeLessThan(-0.5);
    expect(spread.interval[1]).toBeLessThan(0);
    expect(named("over all states: slope over depth").pHolm).toBeLessThan(1e-6);
    expect(named("over all states: slope over depth").effect).toBeGreaterThan(0);
    expect(comparison.tests.filter(({ name }) => name.endsWith("depth: difference of slopes"))).toHaveLength(3);
    const smallest = comparison.tests.reduce((a, b) => (b.p < a.p ? b : a));
    expectNear(smallest.pHolm, Math.min(1, comparison.tests.length * smallest.p), 1e-12);
  });

  it("knows that the particles are the same, and how far they keep their order", () => {
    expect(comparison.paired).toBe(true);
    expect(comparison.persistence.map(({ between }) => between.join())).toEqual([
      "cycle 0,cycle 1",
      "cycle 1,cycle 2",
      "cycle 2,cycle 3",
    ]);
    for (const { rho } of comparison.persistence) expect(rho).toBeGreaterThan(0.5);
    const moved = { ...particles[1], axes: particles[1].axes.map((axis) => axis.map((x) => x + 1)) };
    expect(sameParticles([particles[0], moved])).toBe(false);
    expect(sameParticles([particles[0], { ...particles[1], axes: [] }])).toBe(false);
    const other = compareParticles([particles[0], moved, particles[2]], settings);
    expect(other).toMatchObject({ paired: false, persistence: [] });
    expect(other.tests.some(({ name }) => name === "over all states: slopes over depth")).toBe(true);
  });

  it("draws states of a particle together, so that differences are sharper", () => {
    const apart = { ...particles[1], axes: particles[1].axes.map((axis) => axis.map((x) => x + 1)) };
    const width = (second: MeasuredParticles) => {
      const { differences } = compareParticles([particles[0], second], settings);
      const [low, high] = differences.find(({ name }) => name === "mean")!.byParticle;
      return high - low;
    };
    expect(width(particles[1])).toBeLessThan(0.8 * width(apart));
  });

  it("needs two", () => {
    expect(() => compareParticles(particles.slice(0, 1), settings)).toThrow("found 1; at least two");
  });
});

describe("synchrode compare with several tables", () => {
  const folder = mkdtempSync(join(tmpdir(), "synchrode-states-compared-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("writes a record and a report of all", async () => {
    const files = states(3).map((table, k) => {
      const file = join(folder, `cycle-${10 * (k + 1)}.csv`);
      writeFileSync(file, writeParticleTable(table));
      return file;
    });
    const out = join(folder, "results");
    const quick = ["--permutations", "599", "--resamples", "60", "--severe", "0.25,0.4"];
    expect((await say("compare", ...files, ...quick, "--out", out)).status).toBe(0);
    const record = JSON.parse(readFileSync(join(out, "compare.json"), "utf8"));
    expect(record.settings.thresholds).toEqual([0.25, 0.4]);
    expect(record.tables).toHaveLength(3);
    expect(record.differences[0].between).toEqual(["cycle-10", "cycle-20"]);
    expect(record.confounders).toContainEqual({
      name: "same particles as the table before",
      values: ["first table", "yes", "yes"],
    });
    const page = readFileSync(join(out, "report.html"), "utf8");
    expect(page.includes("Over 3 states Crack share rises")).toBe(true);
    for (const figure of ["states-1", "states-2", "quantiles-1", "quantiles-2", "depth"])
      expect([figure, page.includes(`figure-${figure}`)]).toEqual([figure, true]);
    expect(/.{30}(NaN|undefined).{30}/.exec(page)?.[0]).toBeUndefined();
    expect(await say("compare", ...files, "--severe", "much")).toMatchObject({ status: 2 });
    expect(await say("compare", ...files, ...files, ...files)).toMatchObject({
      status: 2,
      err: expect.stringContaining("found 9; give 2 to 8"),
    });
  });
});
