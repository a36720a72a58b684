import { describe, expect, it } from "vitest";
import { rankTrend } from "../../src/inference/trend.js";
import { binderCloud, cloudAt } from "../../src/network/coverage/binder-cloud.js";
import { type CoverageSpec, coverageOf } from "../../src/network/coverage/coverage.js";
import { facingCollector, randomDirections, towardsCloud } from "../../src/network/coverage/patch-direction.js";
import { contactsWithin } from "../../src/network/neighbours/contacts.js";
import { lognormalRadii, takeRadii } from "../../src/network/packing/radius-distribution.js";
import { packAtRandom, packed } from "../../src/network/packing/random-packing.js";
import { type Packing, relativeDepths } from "../../src/space/packing.js";
import { expectNear } from "../law/tolerance.js";

const radius = takeRadii(lognormalRadii(4e-6, 0.31), 1000, 1);
const packing = packed(packAtRandom({ dimension: 3, radius, solidFraction: 0.5, periodic: true, seed: 1 }));
const spec: CoverageSpec = { mean: 0.6, deviation: 0.15, seed: 5 };
const cover = (changes: Partial<CoverageSpec>) => coverageOf(packing, { ...spec, ...changes });

function moments(values: ArrayLike<number>, chosen: readonly number[] = [...Array(values.length).keys()]) {
  const mean = chosen.reduce((sum, i) => sum + values[i], 0) / chosen.length;
  const square = chosen.reduce((sum, i) => sum + (values[i] - mean) ** 2, 0) / chosen.length;
  return { mean, deviation: Math.sqrt(square) };
}

/** Correlation of touching neighbours' values. */
function neighbourCorrelation(values: Float64Array): number {
  const { count, first, second } = contactsWithin(packing, 0.5e-6);
  const { mean, deviation } = moments(values);
  let sum = 0;
  for (let k = 0; k < count; k++) sum += (values[first[k]] - mean) * (values[second[k]] - mean);
  return sum / count / deviation ** 2;
}

describe("coverage", () => {
  it("has the mean and the deviation asked for", () => {
    const stratified = moments(cover({ sampling: "stratified" }));
    expectNear(stratified.mean, 0.6, 1e-4);
    expectNear(stratified.deviation, 0.15, 5e-3);
    const drawn = moments(cover({}));
    expectNear(drawn.mean, 0.6, 0.03);
    expectNear(drawn.deviation, 0.15, 0.08);
    expect(cover({ deviation: 0 }).every((share) => share === 0.6)).toBe(true);
    expect(cover({ mean: 0, deviation: 0 }).every((share) => share === 0)).toBe(true);
  });

  it("is the same bits for the same seed", () => {
    for (const form of [{}, { correlationLength: 20e-6 }]) {
      expect(cover(form)).toEqual(cover(form));
      expect(cover({ ...form, seed: 6 })).not.toEqual(cover(form));
    }
  });

  it("is alike among neighbours when correlated, and not when independent", () => {
    expect(Math.abs(neighbourCorrelation(cover({})))).toBeLessThan(0.08);
    expect(neighbourCorrelation(cover({ correlationLength: 20e-6 }))).toBeGreaterThan(0.6);
  });

  it("follows its gradient with depth", () => {
    const coverage = cover({ mean: { collector: 0.9, separator: 0.3 }, deviation: 0.1 });
    const depth = relativeDepths(packing);
    const { mean: middle } = moments(depth);
    const slope =
      coverage.reduce((sum, share, i) => sum + share * (depth[i] - middle), 0) /
      depth.reduce((sum, d) => sum + (d - middle) ** 2, 0);
    expectNear(slope, -0.6, 0.06);
  });

  it("scatters more on small particles when asked to", () => {
    const bySize = [...radius.keys()].sort((i, j) => radius[i] - radius[j]);
    const ratio = (sizeExponent: number) => {
      const coverage = cover({ sizeExponent, deviation: 0.08 });
      return moments(coverage, bySize.slice(0, 300)).deviation / moments(coverage, bySize.slice(700)).deviation;
    };
    expectNear(ratio(0), 1, 0.12);
    expect(ratio(1)).toBeGreaterThan(1.6);
  });

  it("stays a share where small particles would scatter more than any share can", () => {
    const coverage = cover({ sizeExponent: 3, deviation: 0.3 });
    expect(coverage.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  it("refuses what is no coverage", () => {
    expect(() => cover({ mean: 1.2 })).toThrow("allowed is 0 to 1");
    expect(() => cover({ deviation: 0.6 })).toThrow("0 to below 0.4899");
    expect(() => cover({ correlationLength: 0 })).toThrow("correlation length is 0 m");
  });
});

describe("the carbon/binder cloud", () => {
  it("has over seeds the covariance exp(−(r/L)²), periodic along periodic sides", () => {
    const domain = { dimension: 3, box: [3, 4, 5], periodic: true } as const;
    const at = Float64Array.of(0, 0, 1, 0.4, 0, 1, 0, 0.9, 1, 0, 0, 1.7, 2.8, 0, 1, 1.5, 0, 1);
    const sums = new Float64Array(6);
    const seeds = 3000;
    for (let seed = 0; seed < seeds; seed++) {
      const z = cloudAt(binderCloud(domain, 1, seed, 16), at);
      for (let k = 0; k < 6; k++) sums[k] += (z[0] * z[k]) / seeds;
    }
    const line = (x: number, period: number) => {
      const images = (from: number) =>
        [-2, -1, 0, 1, 2].reduce((sum, n) => sum + Math.exp(-((from + n * period) ** 2)), 0);
      return images(x) / images(0);
    };
    const expected = [1, line(0.4, 3), line(0.9, 4), Math.exp(-(0.7 ** 2)), line(0.2, 3), line(1.5, 3)];
    expected.forEach((value, k) => {
      expectNear(sums[k], value, 0.06, 1);
    });
  });

  it("is the same field a period away", () => {
    const domain = { dimension: 3, box: [3, 4, 5], periodic: true } as const;
    const z = cloudAt(binderCloud(domain, 1, 1), Float64Array.of(0.3, 0.7, 1, 3.3, 0.7, 1, 0.3, 4.7, 1, 0.3, 0.7, 6));
    expectNear(z[1], z[0], 1e-10, 1);
    expectNear(z[2], z[0], 1e-10, 1);
    expect(Math.abs(z[3] - z[0])).toBeGreaterThan(1e-3);
  });
});

describe("patch directions", () => {
  const all = (directions: Float64Array) =>
    Array.from({ length: directions.length / 3 }, (_, i) => [...directions.subarray(3 * i, 3 * i + 3)]);

  it("are unit vectors, in the plane in 2-D", () => {
    const flat: Packing = packed(
      packAtRandom({ dimension: 2, radius: radius.slice(0, 50), solidFraction: 0.6, periodic: false, seed: 1 }),
    );
    for (const made of [packing, flat])
      for (const directions of [
        facingCollector(made),
        randomDirections(made, 1),
        towardsCloud(made, binderCloud(made, 1e-5, 1, 64)),
      ])
        for (const [x, y, z] of all(directions)) {
          expectNear(Math.hypot(x, y, z), 1, 1e-12);
          if (made === flat) expect(z).toBe(0);
        }
    expect(all(facingCollector(flat))[0]).toEqual([0, -1, 0]);
    expect(all(facingCollector(packing))[0]).toEqual([0, 0, -1]);
  });

  it("have no preference when random", () => {
    const directions = randomDirections(packing, 3);
    for (const axis of [0, 1, 2]) {
      const along = directions.filter((_, k) => k % 3 === axis);
      expect(Math.abs(moments(along).mean)).toBeLessThan(0.06);
      expectNear(moments(along).deviation, Math.sqrt(1 / 3), 0.06);
    }
  });

  it("towards the cloud are those that adding up the surface gives", () => {
    for (const dimension of [2, 3] as const) {
      const one: Packing = {
        dimension,
        periodic: false,
        box: [10, 10, dimension === 3 ? 10 : 0],
        centre: Float64Array.of(4, 5, dimension === 3 ? 6 : 0),
        radius: Float64Array.of(1.3),
      };
      const cloud = binderCloud(one, 3, 2, 32);
      const sum = [0, 0, 0];
      const rings = dimension === 3 ? 200 : 1;
      for (let a = 0; a < rings; a++) {
        const height = dimension === 3 ? (2 * (a + 0.5)) / rings - 1 : 0;
        for (let b = 0; b < 200; b++) {
          const across = Math.sqrt(1 - height ** 2);
          const normal = [across * Math.cos((Math.PI * b) / 100), across * Math.sin((Math.PI * b) / 100), height];
          const [z] = cloudAt(
            cloud,
            one.centre.map((at, axis) => at + 1.3 * normal[axis]),
          );
          normal.forEach((n, axis) => {
            sum[axis] += n * z;
          });
        }
      }
      towardsCloud(one, cloud).forEach((n, axis) => {
        expectNear(n, sum[axis] / Math.hypot(...sum), 1e-4, 1);
      });
    }
  });

  it("agree between neighbours when they see one cloud, and lie where coverage rises", () => {
    const cloud = binderCloud(packing, 20e-6, 5);
    const directions = towardsCloud(packing, cloud);
    const agreement = (d: Float64Array) => {
      const { count, first, second } = contactsWithin(packing, 0.5e-6);
      let sum = 0;
      for (let k = 0; k < count; k++) for (let a = 0; a < 3; a++) sum += d[3 * first[k] + a] * d[3 * second[k] + a];
      return sum / count;
    };
    expect(agreement(directions)).toBeGreaterThan(0.4);
    expect(Math.abs(agreement(randomDirections(packing, 5)))).toBeLessThan(0.05);
    const coverage = cover({ correlationLength: 20e-6 });
    const ahead = packing.centre.map((at, k) => at + 4e-6 * directions[k]);
    expect(moments(cloudAt(cloud, ahead)).mean).toBeGreaterThan(moments(cloudAt(cloud, packing.centre)).mean);
    expect(rankTrend([...coverage], [...cloudAt(cloud, packing.centre)]).rho).toBe(1);
  });
});
