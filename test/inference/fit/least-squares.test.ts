import { describe, expect, it } from "vitest";
import { draws } from "../../../src/draws/draws.js";
import { spanOf } from "../../../src/inference/fit/covariance.js";
import { leastSquares } from "../../../src/inference/fit/fit.js";
import { finiteDifferences } from "../../../src/inference/fit/jacobian.js";
import { boxOf, external, type FitParameter, internal } from "../../../src/inference/fit/parameter.js";
import { type FitProblem, residualsOf } from "../../../src/inference/fit/problem.js";
import { profileOf } from "../../../src/inference/fit/profile.js";
import { trustRegion } from "../../../src/inference/fit/trust-region.js";
import { warningsOf } from "../../../src/study/fit/warnings.js";
import { coverage, decay, measured, particle, settingsOf } from "../../../validation/fitting/models.js";

const parameter = (
  name: string,
  low: number,
  high: number,
  start: number,
  transform: FitParameter["transform"] = "linear",
) => ({
  name,
  unit: "",
  ...{ low, high, start, transform },
});

const problem = (parameters: readonly FitParameter[], of: (values: readonly number[]) => readonly number[] | null) =>
  ({
    parameters,
    observed: new Float64Array(of(parameters.map(({ start }) => start))!.length),
    noise: new Float64Array(of(parameters.map(({ start }) => start))!.length).fill(1),
    noiseKnown: true,
    predict: async (points) =>
      points.map((values) => {
        const found = of(values);
        return found ? { ok: true, values: Float64Array.from(found) } : { ok: false, reason: "no" };
      }),
  }) satisfies FitProblem;

describe("transforms", () => {
  it.each(["linear", "log", "logit"] as const)("%s goes there and back", (transform) => {
    const parameters = [parameter("a", 0.2, 30, 3, transform)];
    for (const value of [0.21, 1, 7, 29])
      expect(Math.abs(external(parameters, internal(parameters, [value]))[0] / value - 1)).toBeLessThan(1e-12);
  });
});

describe("finite differences", () => {
  it("follow the analytic derivatives, and at a bound as well", async () => {
    const parameters = [parameter("a", 0, 5, 2), parameter("k", 0.1, 10, 1.3, "log")];
    const times = [0, 0.3, 1, 2.5];
    const residuals = residualsOf(problem(parameters, ([a, k]) => times.map((t) => a * Math.exp(-k * t))));
    for (const values of [
      [2, 1.3],
      [5, 0.1],
    ] as const) {
      const z = internal(parameters, values);
      const [r] = await residuals([z]);
      const settings = { step: 1e-4, differences: "central", box: boxOf(parameters) } as const;
      const { columns } = await finiteDifferences(residuals, z, r!, settings);
      const [a, k] = values;
      times.forEach((t, row) => {
        const exact = [5 * Math.exp(-k * t), -a * t * Math.exp(-k * t) * k * Math.log(100)];
        exact.forEach((slope, column) => {
          expect(Math.abs(columns[column][row] - slope)).toBeLessThan(2e-6 * Math.max(1, Math.abs(slope)));
        });
      });
    }
  });

  it("of a simulated voltage agree with Richardson's extrapolation", async () => {
    const planted = measured(particle, 1);
    const residuals = residualsOf(planted);
    const z = internal(particle.parameters, particle.truth);
    const [r] = await residuals([z]);
    const at = async (step: number) =>
      (await finiteDifferences(residuals, z, r!, { step, differences: "central", box: boxOf(particle.parameters) }))
        .columns;
    const [coarse, fine, used] = [await at(4e-3), await at(2e-3), await at(1e-4)];
    used.forEach((column, k) => {
      const largest = Math.max(...column.map(Math.abs));
      column.forEach((slope, row) => {
        const extrapolated = (4 * fine[k][row] - coarse[k][row]) / 3;
        expect(Math.abs(slope - extrapolated) / largest).toBeLessThan(1e-5);
      });
    });
  });

  it("make do with one neighbour where the other fails, and name parameters without any", async () => {
    const parameters = [parameter("a", 0, 1, 0.5), parameter("b", 0, 1, 0.5)];
    const residuals = residualsOf(problem(parameters, ([a, b]) => (a > 0.5 || b !== 0.5 ? null : [3 * a])));
    const z = Float64Array.of(0.5, 0.5);
    const box = boxOf(parameters);
    const found = await finiteDifferences(residuals, z, Float64Array.of(1.5), {
      step: 1e-3,
      differences: "central",
      box,
    });
    expect(Math.abs(found.columns[0][0] - 3)).toBeLessThan(1e-9);
    expect(found.failed).toEqual([1]);
  });
});

describe("the trust region", () => {
  const rosenbrock = ([x, y]: readonly number[]) => [10 * (y - x * x), 1 - x];
  const go = (own: FitProblem, start: readonly number[]) =>
    trustRegion(residualsOf(own), internal(own.parameters, start), {
      ...settingsOf(decay),
      box: boxOf(own.parameters),
      iterations: 200,
    });

  it("finds the end of a curved valley", async () => {
    const own = problem([parameter("x", -3, 3, -1.2), parameter("y", -3, 3, 1)], rosenbrock);
    const found = await go(own, [-1.2, 1]);
    expect(found.ok && found.converged).toBe(true);
    const [x, y] = external(own.parameters, found.ok ? found.z : []);
    expect(Math.abs(x - 1)).toBeLessThan(1e-5);
    expect(Math.abs(y - 1)).toBeLessThan(1e-5);
  });

  it("stops at a bound where the rest is as good as it gets", async () => {
    const own = problem([parameter("x", -3, 0.5, -1.2), parameter("y", -3, 3, 1)], rosenbrock);
    const found = await go(own, [-1.2, 1]);
    const [x, y] = external(own.parameters, found.ok ? found.z : []);
    expect(x).toBe(0.5);
    expect(Math.abs(y - 0.25)).toBeLessThan(1e-5);
  });

  it("stops at a lower bound as well", async () => {
    const own = problem([parameter("x", 1.5, 3, 2), parameter("y", -3, 9, 1)], rosenbrock);
    const found = await go(own, [2, 1]);
    expect(found.ok && found.converged).toBe(true);
    const [x, y] = external(own.parameters, found.ok ? found.z : []);
    expect(x).toBe(1.5);
    expect(Math.abs(y - 2.25)).toBeLessThan(1e-5);
  });

  it("goes round places where the prediction fails", async () => {
    const hole = (values: readonly number[]) =>
      Math.hypot(values[0] - 0.2, values[1] - 0.3) < 0.15 ? null : rosenbrock(values);
    const own = problem([parameter("x", -3, 3, -1.2), parameter("y", -3, 3, 1)], hole);
    const found = await go(own, [-1.2, 1]);
    expect(found.ok && found.sum).toBeLessThan(1e-8);
    expect((await go(own, [0.2, 0.3])).ok).toBe(false);
  });

  it("does not end where a long step is cut by the bounds and a shorter one still gains", async () => {
    const random = draws(1, "narrow valleys");
    const names = ["a", "b", "c", "d"];
    const parameters = names.map((name) => parameter(name, 0, 1, 0.5));
    for (let trial = 0; trial < 100; trial++) {
      const shared = names.map(() => random.normal());
      const rows = names.map(() => names.map((_, k) => shared[k] + 0.1 * random.normal()));
      const goal = names.map(() => random.normal());
      const own = problem(parameters, (z) => rows.map((row, i) => row.reduce((sum, v, k) => sum + v * z[k], -goal[i])));
      const found = await go(own, [0.5, 0.5, 0.5, 0.5]);
      if (!found.ok) throw new Error(found.reason);
      const { z, r } = found;
      names.forEach((_, k) => {
        const slope = rows.reduce((sum, row, i) => sum + row[k] * r[i], 0);
        const pressed = (z[k] <= 0 && slope > 0) || (z[k] >= 1 && slope < 0);
        expect(pressed ? 0 : Math.abs(slope), `trial ${trial}, ${names[k]}`).toBeLessThan(1e-4);
      });
    }
  });
});

describe("profiles", () => {
  const settings = { ...settingsOf(decay), noiseKnown: true, points: 12 };
  const profiled = async (own: FitProblem) => {
    const box = boxOf(own.parameters);
    const [residuals, start] = [
      residualsOf(own),
      internal(
        own.parameters,
        own.parameters.map((each) => each.start),
      ),
    ];
    const minimum = await trustRegion(residuals, start, { ...settings, box });
    if (!minimum.ok) throw new Error(minimum.reason);
    return profileOf(residuals, minimum, 0, { ...settings, box });
  };

  it("end at a wall that the linear model does not see, not halfway to where the stride ended", async () => {
    const wall = (x: number) => 1e3 * Math.max(0, x - 1) ** 2;
    const own = problem([parameter("x", -10, 10, 0)], ([x]) => [x, wall(x)]);
    const { low, high, points, threshold } = await profiled(own);
    let [inside, outside] = [1, 2];
    while (outside - inside > 1e-9) {
      const middle = (inside + outside) / 2;
      if (middle ** 2 + wall(middle) ** 2 < threshold) inside = middle;
      else outside = middle;
    }
    expect(Math.abs(external(own.parameters, [high!])[0] / inside - 1)).toBeLessThan(5e-3);
    expect(Math.abs(external(own.parameters, [low!])[0] / -Math.sqrt(threshold) - 1)).toBeLessThan(1e-6);
    expect(points.map(({ z }) => z)).toEqual(points.map(({ z }) => z).sort((a, b) => a - b));
    expect(points.filter(({ excess }) => excess > threshold)).toHaveLength(2);
  });
});

describe("intervals", () => {
  it.each([
    ["a decay", decay],
    ["a particle under constant current", particle],
  ])("hold the truth of %s in 90 to 99 of 100 repeats", async (_, planted) => {
    const inside = await coverage(planted, 100, 0);
    for (const count of inside) {
      expect(count).toBeGreaterThanOrEqual(90);
      expect(count).toBeLessThanOrEqual(99);
    }
  });

  it("by profiles agree with those by the covariance where the model is nearly linear", async () => {
    const own = measured(particle, 3, false);
    const settings = settingsOf(particle);
    const [linear, profiled] = [
      await leastSquares(own, settings),
      await leastSquares(own, { ...settings, profilePoints: 8 }),
    ];
    if (!linear.ok || !profiled.ok) throw new Error("a fit failed");
    profiled.estimates.forEach(({ interval, from }, k) => {
      expect(from).toBe("profile");
      const width = linear.estimates[k].interval[1]! - linear.estimates[k].interval[0]!;
      expect(Math.abs(interval[0]! - linear.estimates[k].interval[0]!) / width).toBeLessThan(0.05);
      expect(Math.abs(interval[1]! - linear.estimates[k].interval[1]!) / width).toBeLessThan(0.05);
    });
  });

  it("are told from noise that the data contradict", async () => {
    const own = { ...measured(decay, 1), noise: new Float64Array(40).fill(1e-3) };
    const found = await leastSquares(own, settingsOf(decay));
    expect(found.ok && found.noiseExplains).toBe(false);
    expect(found.ok && Math.sqrt(found.covariance.variance) * 1e-3).toBeGreaterThan(0.03);
  });
});

describe("what the data cannot see", () => {
  const times = [0, 1, 2, 3, 4, 5];
  const line = (of: (values: readonly number[]) => (t: number) => number, parameters: readonly FitParameter[]) =>
    problem(parameters, (values) => times.map((t) => of(values)(t) - 2 - t));

  it("a parameter without effect is named", async () => {
    const own = line(
      ([a, b]) =>
        (t) =>
          a + b * t,
      [parameter("a", 0, 5, 1), parameter("b", 0, 5, 2), parameter("idle", 0, 1, 0.5)],
    );
    const found = await leastSquares(own, settingsOf({ ...decay, parameters: own.parameters }));
    if (!found.ok) throw new Error(found.reason);
    expect(found.estimates.map(({ identifiable }) => identifiable)).toEqual([true, true, false]);
    expect(found.estimates[2].reason).toBe("idle has no effect on what was measured");
  });

  it("parameters of which only the sum counts are named together, and their profiles stay open", async () => {
    const own = line(
      ([a, b, c]) =>
        (t) =>
          a + b + c * t,
      [parameter("a", 0, 5, 1), parameter("b", 0, 5, 2), parameter("c", 0, 5, 2)],
    );
    const settings = { ...settingsOf({ ...decay, parameters: own.parameters }), profilePoints: 6 };
    const found = await leastSquares(own, settings);
    if (!found.ok) throw new Error(found.reason);
    expect(found.estimates.map(({ identifiable }) => identifiable)).toEqual([false, false, true]);
    expect(found.estimates[0].reason).toMatch(/combination/);
    expect(found.profiles[0]!.low).toBeNull();
    expect(found.profiles[2]!.low).not.toBeNull();
  });

  it("is said with a true minus", async () => {
    const late = times.map((t) => t + 20);
    const parameters = [parameter("a", -0.5, 5, 2), parameter("b", -5, 5, 1)];
    const own = problem(parameters, ([a, b]) => late.map((t) => 0.03 * (a + b * t - 2 - t)));
    const found = await leastSquares(own, { ...settingsOf({ ...decay, parameters }), profilePoints: 6 });
    if (!found.ok) throw new Error(found.reason);
    const said = warningsOf(found.estimates, [], found, true);
    expect(said).toContainEqual(expect.stringMatching(/^a and b stand for each other \(correlation −0\.99\d?\)\.$/));
    expect(said).toContainEqual(expect.stringContaining("(bounds −0.5 to 5)"));
    expect(said.join(" ")).not.toMatch(/-\d/);
  });
});

describe("the span of 95 %", () => {
  it("is Student's where the residuals tell the noise, and the normal one where it is known", () => {
    // quantiles at 0.975, to five digits: any table of Student's distribution
    for (const [freedom, span] of [
      [1, 12.7062],
      [5, 2.57058],
      [30, 2.04227],
    ] as const)
      expect(Math.abs(spanOf(false, freedom) / span - 1)).toBeLessThan(1e-5);
    expect(Math.abs(spanOf(true, 5) / 1.959964 - 1)).toBeLessThan(1e-6);
  });
});
