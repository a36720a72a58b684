import { describe, expect, it } from "vitest";
import { draws } from "../../../src/draws/draws.js";
import { andersonDarling } from "../../../src/inference/compare/anderson-darling.js";
import { betaDensity, fitBeta, fitZeroInflatedBeta } from "../../../src/inference/compare/beta-fit.js";
import {
  bootstrapIntervals,
  type Interval,
  type Statistics,
  singleRows,
} from "../../../src/inference/compare/bootstrap.js";
import { mirroredDensity } from "../../../src/inference/compare/density.js";
import { energyDistance } from "../../../src/inference/compare/energy.js";
import {
  kolmogorovSmirnov,
  kolmogorovSmirnovP,
  kolmogorovTail,
} from "../../../src/inference/compare/kolmogorov-smirnov.js";
import { pool } from "../../../src/inference/compare/pooled.js";
import { shareAbove, summaries } from "../../../src/inference/compare/summary.js";
import { twoSampleTests } from "../../../src/inference/compare/two-sample.js";
import { wasserstein } from "../../../src/inference/compare/wasserstein.js";
import { plain, tied } from "../../../validation/comparison/reference-samples.js";
import { expectNear } from "../../law/tolerance.js";

// Smoothness of paper by the first two laboratories of Scholz and Stephens (1987), table 4
const paper = {
  a: [38.7, 41.5, 43.8, 44.5, 45.5, 46.0, 47.7, 58.0],
  b: [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8],
};
const tolerance = 1e-8;

describe("two samples", () => {
  it.each([plain, tied])("have SciPy's distances", ({ a, b, ks, ad, w, e }) => {
    const pooled = pool(a, b);
    expectNear(kolmogorovSmirnov(pooled, pooled.first), ks, tolerance);
    expectNear(andersonDarling(pooled, pooled.first), ad, tolerance);
    expectNear(wasserstein(pooled, pooled.first), w, tolerance);
    expectNear(energyDistance(pooled, pooled.first), e, tolerance);
  });

  it("have SciPy's exact p, small and large", () => {
    expectNear(kolmogorovSmirnovP(pool(plain.a, plain.b), plain.ks), plain.p, tolerance);
    const laboratories = pool(paper.a, paper.b);
    expectNear(kolmogorovSmirnovP(laboratories, 0.625), 0.08702408702408701, tolerance);
    expectNear(andersonDarling(laboratories, laboratories.first), 1.7183096744360893, tolerance);
    const a = Float64Array.from({ length: 200 }, (_, k) => k);
    const b = Float64Array.from({ length: 150 }, (_, k) => 1.2 * k + 0.37);
    const long = pool(a, b);
    expectNear(kolmogorovSmirnovP(long, kolmogorovSmirnov(long, long.first)), 0.30135958956687275, tolerance);
  });

  it("count dealings with ties as all dealings one by one do", () => {
    // 15 of the 210 ways to deal 1 2 2 3 3 4 5 5 5 7 are as far apart as the first, second, third and sixth against the rest
    const pooled = pool([1, 2, 2, 4], [3, 3, 5, 5, 5, 7]);
    expectNear(kolmogorovSmirnov(pooled, pooled.first), 0.75, tolerance);
    expectNear(kolmogorovSmirnovP(pooled, 0.75), 15 / 210, tolerance);
  });

  it("have Kolmogorov's limit", () => {
    // scipy.special.kolmogorov
    expectNear(kolmogorovTail(Math.sqrt((22 * 15) / 37) * plain.ks), 0.04544267968062725, tolerance);
    expectNear(kolmogorovTail(1.18 - 1e-12), kolmogorovTail(1.18), 1e-10);
    expect(kolmogorovTail(0)).toBe(1);
  });

  it("are the same when exchanged, and nothing apart when equal", () => {
    const [ab, ba] = [twoSampleTests(plain.a, plain.b, 0, 0), twoSampleTests(plain.b, plain.a, 0, 0)];
    for (const [k, { statistic }] of ab.entries()) expectNear(statistic, ba[k].statistic, 1e-12);
    const same = twoSampleTests(tied.a, tied.a, 50, 0);
    expect(same.map(({ p }) => p)).toEqual([1, 1, 1, 1]);
    expect(same.find(({ name }) => name === "Wasserstein-1")!.statistic).toBe(0);
  });

  it("scale with their unit", () => {
    const pooled = pool(
      plain.a.map((x) => 7 * x - 3),
      plain.b.map((x) => 7 * x - 3),
    );
    expectNear(wasserstein(pooled, pooled.first), 7 * plain.w, 1e-12);
    expectNear(energyDistance(pooled, pooled.first), Math.sqrt(7) * plain.e, 1e-12);
    expectNear(andersonDarling(pooled, pooled.first), plain.ad, 1e-12);
  });

  it("are rejected at the rate that was asked for when they are one", () => {
    const [repeats, level] = [200, 0.1];
    const random = draws(2, "null");
    const rejected: Record<string, number> = {};
    for (let k = 0; k < repeats; k++) {
      const sample = (size: number) =>
        Float64Array.from({ length: size }, () => Math.round(20 * random.uniform()) / 20);
      for (const { name, p } of twoSampleTests(sample(25), sample(35), 99, k))
        rejected[name] = (rejected[name] ?? 0) + (p <= level ? 1 : 0);
    }
    // binomial(200, 0.1): 99.9 % within 8 … 34; Kolmogorov–Smirnov steps, so that its level is at most the one asked for
    for (const [name, count] of Object.entries(rejected)) {
      expect(count).toBeLessThanOrEqual(34);
      if (name !== "Kolmogorov–Smirnov") expect(count).toBeGreaterThanOrEqual(8);
    }
  });

  it("need two finite values each", () => {
    expect(() => pool([1], [1, 2])).toThrow("the first has 1 values");
    expect(() => pool([1, 2], [1, Number.NaN])).toThrow("the second has NaN at place 2");
  });
});

describe("Beta distributions", () => {
  const values = [0.02, 0.11, 0.05, 0.33, 0.008, 0.21, 0.07, 0.15, 0.45, 0.03];

  it("are fitted as SciPy fits them", () => {
    const fit = fitBeta(values);
    if (!fit.ok) throw new Error(fit.reason);
    expectNear(fit.a, 0.8519737867019628, tolerance);
    expectNear(fit.b, 5.093974560081517, tolerance);
    expectNear(fit.logLikelihood, 9.529563522863437, tolerance);
    let sum = 0;
    for (let x = 0.0005; x < 1; x += 0.001) sum += 0.001 * betaDensity(x, { a: 2, b: 5 });
    expectNear(sum, 1, 1e-5);
  });

  it("leave zeros to their share", () => {
    const inflated = fitZeroInflatedBeta([...values, 0, 0]);
    expect(inflated).toMatchObject({ ok: true, positive: 10 });
    if (inflated.ok) {
      expectNear(inflated.zeros, 2 / 12, 1e-12);
      expectNear(inflated.a, 0.8519737867019628, tolerance);
    }
  });

  it("say why they do not fit", () => {
    expect(fitBeta([0.1, 1.2, 0.3])).toEqual({ ok: false, reason: "1.2 lies outside 0 … 1" });
    expect(fitBeta([0.1, 0.1, 0.1])).toMatchObject({ ok: false });
    expect(fitZeroInflatedBeta([0, 0, 0])).toMatchObject({ ok: false });
  });
});

describe("summaries", () => {
  it("are what they are by definition", () => {
    expectNear(summaries.Gini([1, 1, 1, 1]), 0, 1, 1e-15);
    expectNear(summaries.Gini([0, 0, 0, 1]), 0.75, 1e-12);
    expectNear(summaries["coefficient of variation"]([1, 2, 3]), 0.5, 1e-12);
    expect(shareAbove([0, 0.1, 0.2, 0.3], 0.1)).toBe(0.5);
  });

  it("have NumPy's quantiles, and Silverman's bandwidth", () => {
    const values = [0, 0.01, 0.02, 0.05, 0.1, 0.2];
    expectNear(summaries.median(values), 0.035, 1e-12);
    expectNear(summaries["90 % quantile"](values), 0.15, 1e-12);
    expectNear(mirroredDensity(values, 1).bandwidth, 0.0352021123261803, 1e-12);
  });

  it("keep the mass of a density that is cut at zero", () => {
    const { x, density } = mirroredDensity([0, 0.01, 0.02, 0.05, 0.1, 0.2], 1, 2001);
    const mass = density.reduce((sum, value, k) => sum + (k === 0 ? value / 2 : value), 0) * (x[1] - x[0]);
    expectNear(mass, 1, 1e-6);
  });
});

describe("bootstrap intervals", () => {
  it("hold the mean as often as they should", () => {
    const random = draws(8, "coverage");
    let held = 0;
    for (let repeat = 0; repeat < 120; repeat++) {
      const sample = Float64Array.from({ length: 40 }, () => random.normal() ** 2);
      const mean = (rows: readonly number[]) => [rows.reduce((sum, row) => sum + sample[row], 0) / rows.length];
      const [{ low, high }] = bootstrapIntervals([singleRows(40)], mean as Statistics, 300, repeat) as [Interval];
      if (low <= 1 && high >= 1) held++;
    }
    expect(held / 120).toBeGreaterThan(0.85);
  });

  it("are SciPy's, corrected for bias and acceleration", () => {
    const sample = [0.1, 0.2, 0.25, 0.3, 0.45, 0.5, 0.7, 0.8, 1.1, 1.3, 1.6, 2.0, 2.9, 3.5, 6.0];
    const statistics = (rows: readonly number[]) => {
      const values = rows.map((row) => sample[row]);
      return [
        values.reduce((sum, value) => sum + value, 0) / values.length,
        summaries["coefficient of variation"](values),
      ];
    };
    const [mean, variation] = bootstrapIntervals([singleRows(15)], statistics as Statistics, 20_000, 1);
    // scipy.stats.bootstrap(method="BCa", n_resamples=200000); percentiles alone: 0.753 … 2.310 and 0.682 … 1.459
    expect(Math.abs(mean.low - 0.8567)).toBeLessThan(0.02);
    expect(Math.abs(mean.high - 2.5667)).toBeLessThan(0.06);
    expect(Math.abs(variation.low - 0.8351)).toBeLessThan(0.02);
    expect(Math.abs(variation.high - 1.7409)).toBeLessThan(0.06);
  });

  it("are wider by blocks when rows of a block are alike", () => {
    const sample = Float64Array.from({ length: 60 }, (_, k) => Math.floor(k / 10));
    const mean = (rows: readonly number[]) => [rows.reduce((sum, row) => sum + sample[row], 0) / rows.length];
    const blocks = Array.from({ length: 6 }, (_, b) => Array.from({ length: 10 }, (_, k) => 10 * b + k));
    const [rows, byBlock] = [singleRows(60), blocks].map(
      (units) => bootstrapIntervals([units], mean as Statistics, 500, 0)[0],
    );
    expect(byBlock.high - byBlock.low).toBeGreaterThan(2 * (rows.high - rows.low));
    expect(bootstrapIntervals([[[0]]], mean as Statistics, 100, 0)[0].low).toBeNaN();
  });
});
