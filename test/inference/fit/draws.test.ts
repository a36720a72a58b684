import { describe, expect, it } from "vitest";
import { draws } from "../../../src/draws/draws.js";
import { abc } from "../../../src/inference/fit/abc.js";
import { ensemble } from "../../../src/inference/fit/ensemble.js";
import { leastSquares } from "../../../src/inference/fit/fit.js";
import { internal } from "../../../src/inference/fit/parameter.js";
import { quantileNoise } from "../../../src/inference/fit/quantile-noise.js";
import { sampleEstimates } from "../../../src/inference/fit/sample-estimate.js";
import { quantiles } from "../../../src/statistics/quantile.js";
import { decay, measured, settingsOf } from "../../../validation/fitting/models.js";

const start = internal(decay.parameters, decay.truth);
const settings = { walkers: 16, steps: 1500, discard: 0.3, seed: 2, start };

describe("an ensemble of walkers", () => {
  it("finds the intervals of least squares where the model is nearly linear", async () => {
    const problem = measured(decay, 1);
    const found = await ensemble(problem, settings);
    const told = sampleEstimates(decay.parameters, found.best, found.draws);
    const linear = await leastSquares(problem, settingsOf(decay));
    if (!linear.ok) throw new Error(linear.reason);
    expect(found.accepted).toBeGreaterThan(0.4);
    told.forEach(({ interval, identifiable }, k) => {
      const own = linear.estimates[k].interval as [number, number];
      const width = own[1] - own[0];
      expect(identifiable).toBe(true);
      expect(Math.abs((interval[1]! - interval[0]!) / width - 1)).toBeLessThan(0.12);
      expect(Math.abs(interval[0]! - own[0]) / width).toBeLessThan(0.1);
    });
  });

  it("draws the same with the same seed", async () => {
    const short = { ...settings, steps: 20 };
    const [a, b] = [await ensemble(measured(decay, 1), short), await ensemble(measured(decay, 1), short)];
    expect(a.draws).toEqual(b.draws);
  });

  it("says that a parameter without effect is as free as before", async () => {
    const idle = { name: "idle", unit: "", low: 0, high: 1, start: 0.5, transform: "linear" } as const;
    const problem = measured(decay, 1);
    const parameters = [...decay.parameters, idle];
    const own = {
      ...problem,
      parameters,
      predict: (points: readonly (readonly number[])[]) => problem.predict(points.map((p) => p.slice(0, 3))),
    };
    const found = await ensemble(own, { ...settings, start: Float64Array.of(...start, 0.5) });
    const told = sampleEstimates(parameters, found.best, found.draws);
    expect(told.map(({ identifiable }) => identifiable)).toEqual([true, true, true, false]);
  });

  it("wants enough walkers", async () => {
    await expect(ensemble(measured(decay, 1), { ...settings, walkers: 4 })).rejects.toThrow(/at least 6/);
  });
});

describe("approximate Bayesian computation", () => {
  it("closes in on the truth from generation to generation, past failures", async () => {
    const problem = measured(decay, 1);
    const failing = {
      ...problem,
      predict: async (points: readonly (readonly number[])[]) => {
        const found = await problem.predict(points);
        return found.map((outcome, k) => (points[k][0] > 4 ? ({ ok: false, reason: "too far" } as const) : outcome));
      },
    };
    const found = await abc(failing, { particles: 60, generations: 8, keep: 0.5, batch: 32, seed: 1 });
    expect(found.tolerances.length).toBe(8);
    for (const [k, tolerance] of found.tolerances.entries())
      if (k > 0) expect(tolerance).toBeLessThan(found.tolerances[k - 1]);
    const told = sampleEstimates(decay.parameters, found.best, found.draws);
    told.forEach(({ interval, bounds }, k) => {
      expect(interval[0]!).toBeLessThan(decay.truth[k]);
      expect(interval[1]!).toBeGreaterThan(decay.truth[k]);
      expect(interval[1]! - interval[0]!).toBeLessThan(0.5 * (bounds[1] - bounds[0]));
    });
  });
});

describe("quantiles", () => {
  it("interpolate between order statistics", () => {
    expect([...quantiles(Float64Array.of(4, 1, 3, 2), [0, 0.25, 0.5, 1])]).toEqual([1, 1.75, 2.5, 4]);
  });

  it("scatter by resampling as theory says for the median of a normal sample", () => {
    const random = draws(3, "sample");
    const values = Float64Array.from({ length: 400 }, () => random.normal());
    const [noise] = quantileNoise(values, (sample) => Float64Array.from(quantiles(sample, [0.5])), 400, 1);
    expect(noise / (1.2533 / 20)).toBeGreaterThan(0.7);
    expect(noise / (1.2533 / 20)).toBeLessThan(1.3);
  });
});
