import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { draws } from "../../../src/draws/draws.js";
import { geary, joinCount, moran } from "../../../src/inference/spatial/autocorrelation.js";
import { spatialBlocks } from "../../../src/inference/spatial/blocks.js";
import { crossRatio, markCorrelation, severePairCorrelation } from "../../../src/inference/spatial/mark-functions.js";
import { distanceBetween, nearestOf, pairsWithin, placesOf } from "../../../src/inference/spatial/places.js";
import { againstRandomLabels } from "../../../src/inference/spatial/random-labelling.js";
import { severeDistances } from "../../../src/inference/spatial/severe-distance.js";
import { spatialFindings } from "../../../src/inference/spatial/spatial.js";
import { columnOf, readParticleTable } from "../../../src/table/particle-table.js";
import { measuredFile } from "../../../validation/measured-data.js";
import { expectNear } from "../../law/tolerance.js";

const random = draws(4, "places");
const cloud = (count: number, axes: 2 | 3) =>
  placesOf(Array.from({ length: axes }, () => Float64Array.from({ length: count }, () => 100 * random.uniform())));

/** Two clusters of seven, far apart. */
const clusters = placesOf(
  [0, 1].map((axis) => Float64Array.from({ length: 14 }, (_, k) => (k < 7 ? 0 : 1000) + ((k * (axis + 2)) % 7))),
);
const cluster = Float64Array.from({ length: 14 }, (_, k) => (k < 7 ? 0 : 1));

describe("places", () => {
  it("have the neighbours and pairs that all distances tell", () => {
    for (const places of [cloud(70, 2), cloud(70, 3)]) {
      const { neighbour, distance } = nearestOf(places, 6);
      for (let i = 0; i < 70; i++) {
        const all = Array.from({ length: 70 }, (_, j) => j).filter((j) => j !== i);
        all.sort((a, b) => distanceBetween(places, i, a) - distanceBetween(places, i, b));
        expect([...neighbour.slice(6 * i, 6 * i + 6)]).toEqual(all.slice(0, 6));
        expectNear(distance[6 * i], distanceBetween(places, i, all[0]), 1e-12);
      }
      const within = pairsWithin(places, 25);
      let count = 0;
      for (let i = 0; i < 70; i++) for (let j = 0; j < i; j++) if (distanceBetween(places, i, j) <= 25) count++;
      expect(within.distance).toHaveLength(count);
    }
  });

  it("fall into blocks, each particle into one", () => {
    const blocks = spatialBlocks(cloud(200, 3), 3);
    expect(blocks.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, k) => k));
    expect(blocks.length).toBeGreaterThan(20);
    expect(blocks.length).toBeLessThanOrEqual(27);
  });

  it("are refused when a coordinate is missing", () => {
    expect(() => placesOf([[1, 2]])).toThrow("found 1 axes");
    expect(() =>
      placesOf([
        [1, Number.NaN],
        [1, 2],
      ]),
    ).toThrow("a coordinate is missing");
  });
});

describe("autocorrelation", () => {
  it("is whole when each cluster has one mark", () => {
    const graph = nearestOf(clusters, 6);
    expectNear(moran(cluster, graph), 1, 1e-12);
    expectNear(geary(cluster, graph), 0, 1, 1e-12);
    expectNear(joinCount(cluster, graph), 0.5, 1e-12);
  });

  it("has its known means at random", () => {
    const places = cloud(60, 3);
    const graph = nearestOf(places, 6);
    const marks = Float64Array.from({ length: 60 }, () => random.uniform());
    const [i, c] = againstRandomLabels(
      marks,
      (dealt, into) => {
        into[0] = moran(dealt, graph);
        into[1] = geary(dealt, graph);
      },
      2,
      4000,
      1,
    );
    expect(Math.abs(i.expected + 1 / 59)).toBeLessThan(5 * (i.sd / Math.sqrt(4000)));
    expect(Math.abs(c.expected - 1)).toBeLessThan(5 * (c.sd / Math.sqrt(4000)));
  });
});

describe("random labels", () => {
  it("count ties with the observed one on both sides", () => {
    // of four marks the statistic takes the first: it is 1 in half of the dealings
    const [test] = againstRandomLabels(
      Float64Array.of(1, 1, 0, 0),
      (dealt, into) => {
        into[0] = dealt[0];
      },
      1,
      999,
      3,
    );
    expect(test.pSmaller).toBe(1);
    expect(Math.abs(test.pLarger - 0.5)).toBeLessThan(0.07);
    expect(test.pLarger + test.pSmaller).toBeGreaterThan(1.4);
  });
});

describe("severe particles", () => {
  it("are as far apart as all distances tell", () => {
    const places = cloud(120, 3);
    for (const share of [0.02, 0.03, 0.3, 0.9]) {
      const severe = Float64Array.from({ length: 120 }, (_, k) => (k < 120 * share ? 1 : 0));
      const members = [...severe.keys()].filter((k) => severe[k] === 1);
      const sorted = members.map((i) =>
        members
          .filter((j) => j !== i)
          .map((j) => distanceBetween(places, i, j))
          .sort((a, b) => a - b),
      );
      const { nearest, meanOfThree } = severeDistances(places, false)(severe);
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      expectNear(nearest, mean(sorted.map((d) => d[0])), 1e-12);
      expectNear(meanOfThree, mean(sorted.map((d) => mean(d.slice(0, 3)))), 1e-12);
    }
    expect(severeDistances(places, false)(new Float64Array(120)).nearest).toBeNaN();
  });

  it("come closer when there are more of them, and the null knows", () => {
    const places = cloud(1000, 3);
    const some = (share: number) => Float64Array.from({ length: 1000 }, () => (random.uniform() < share ? 1 : 0));
    const distance = severeDistances(places, true);
    const [few, twice] = [some(0.15), some(0.3)].map(
      (marks) =>
        againstRandomLabels(
          marks,
          (dealt, into) => {
            into[0] = distance(dealt).nearest;
          },
          1,
          199,
          0,
        )[0],
    );
    // n^(−1/3): twice as many lie 0.79 times as far
    expect(Math.abs(twice.expected / few.expected - 2 ** (-1 / 3))).toBeLessThan(0.04);
    expect(few.p).toBeGreaterThan(0.01);
    expect(twice.p).toBeGreaterThan(0.01);
  });

  it("are found where they are planted together", () => {
    const places = cloud(400, 3);
    const damage = Float64Array.from(
      { length: 400 },
      (_, k) => Math.exp(-places.centre[3 * k] / 20) + 0.05 * random.uniform(),
    );
    const found = spatialFindings(places, damage, { permutations: 199, seed: 0, thresholds: [0.5], shares: [0.2] });
    expect(found.moran.pLarger).toBe(1 / 200);
    expect(found.geary.pSmaller).toBe(1 / 200);
    for (const severe of found.severe) {
      expect(severe.nearest.pSmaller).toBeLessThanOrEqual(0.01);
      expect(severe.joins.pLarger).toBe(1 / 200);
    }
    expect(found.severe[1].severe).toBe(80);
    const [marks, pairs, cross] = found.functions;
    expect(marks.tests[2].observed).toBeGreaterThan(marks.tests[2].high);
    expect(pairs.tests[2].observed).toBeGreaterThan(pairs.tests[2].high);
    expect(cross.tests[2].observed).toBeLessThan(cross.tests[2].low);
  });

  it("have functions of distance that are 1 at random", () => {
    const places = cloud(300, 2);
    const pairs = pairsWithin(places, 30);
    const bins = { width: 10, count: 3 };
    const severe = Float64Array.from({ length: 300 }, (_, k) => (k % 4 === 0 ? 1 : 0));
    for (const of of [markCorrelation, severePairCorrelation, crossRatio]) {
      const tests = againstRandomLabels(severe, (dealt, into) => of(dealt, pairs, bins, into), 3, 600, 2);
      for (const { expected, sd } of tests)
        expect(Math.abs(expected - 1)).toBeLessThan(0.01 + 5 * (sd / Math.sqrt(600)));
    }
  });
});

/** All ways to give `count` of `places` the mark 1. */
function labellings(places: number, count: number): Float64Array[] {
  return Array.from({ length: 2 ** places }, (_, code) => code)
    .map((code) => Float64Array.from({ length: places }, (_, k) => (code >> k) & 1))
    .filter((marks) => marks.reduce((sum, mark) => sum + mark, 0) === count);
}

describe("functions of severe particles", () => {
  it("are 1 in the mean over all labellings, to the last digit", () => {
    const pairs = pairsWithin(cloud(9, 2), 80);
    const bins = { width: 40, count: 2 };
    const all = labellings(9, 4);
    for (const of of [severePairCorrelation, crossRatio]) {
      const [sum, one] = [new Float64Array(2), new Float64Array(2)];
      for (const marks of all) {
        of(marks, pairs, bins, one);
        for (const [k, value] of one.entries()) sum[k] += value / all.length;
      }
      for (const mean of sum) expectNear(mean, 1, 1e-12);
    }
  });

  it("have the marks of pairs in their numerator", () => {
    // a pair at distance 1 with marks 2 and 6, one at distance 2 with 6 and 1; mean mark 3
    const line = placesOf([
      [0, 1, 3],
      [0, 0, 0.001],
    ]);
    const found = new Float64Array(2);
    markCorrelation(Float64Array.of(2, 6, 1), pairsWithin(line, 2.9), { width: 1.5, count: 2 }, found);
    expectNear(found[0], 12 / 9, 1e-12);
    expectNear(found[1], 6 / 9, 1e-12);
  });
});

describe("a buffer at the edge", () => {
  it("leaves out severe particles that are nearer to the edge than to a severe neighbour", () => {
    const places = cloud(90, 3);
    const severe = Float64Array.from({ length: 90 }, (_, k) => (k % 3 === 0 ? 1 : 0));
    const members = [...severe.keys()].filter((k) => severe[k] === 1);
    const side = [0, 1, 2].map((axis) => Math.max(...places.centre.filter((_, k) => k % 3 === axis)));
    const nearest = members.flatMap((i) => {
      const found = Math.min(...members.filter((j) => j !== i).map((j) => distanceBetween(places, i, j)));
      const edge = Math.min(
        ...side.map((far, axis) => Math.min(places.centre[3 * i + axis], far - places.centre[3 * i + axis])),
      );
      return edge < found ? [] : [found];
    });
    expect(nearest.length).toBeGreaterThan(3);
    expect(nearest.length).toBeLessThan(members.length);
    expectNear(
      severeDistances(places, true)(severe).nearest,
      nearest.reduce((sum, d) => sum + d, 0) / nearest.length,
      1e-12,
    );
  });
});

describe("random labelling", () => {
  it("has the mean, spread, band and p of its dealings", () => {
    // the place of the largest of 1 … 100, dealt at random: uniform
    const marks = Float64Array.from({ length: 100 }, (_, k) => k + 1);
    const [test] = againstRandomLabels(
      marks,
      (dealt, into) => {
        into[0] = dealt === marks ? 2.5 : dealt.indexOf(100);
      },
      1,
      20_000,
      5,
    );
    expect(test.observed).toBe(2.5);
    expect(Math.abs(test.expected - 49.5)).toBeLessThan(5 * (28.9 / Math.sqrt(20_000)));
    expect(Math.abs(test.sd - Math.sqrt(9999 / 12))).toBeLessThan(0.5);
    expect(Math.abs(test.low - 2)).toBeLessThanOrEqual(1);
    expect(Math.abs(test.high - 97)).toBeLessThanOrEqual(1);
    expect(Math.abs(test.pSmaller - 0.03)).toBeLessThan(0.006);
    expect(Math.abs(test.pLarger - 0.97)).toBeLessThan(0.006);
    expectNear(test.p, 2 * test.pSmaller, 1e-12);
  });

  it("gives p that are uniform when marks are random", () => {
    const places = cloud(80, 2);
    const graph = nearestOf(places, 6);
    let small = 0;
    for (let k = 0; k < 200; k++) {
      const marks = Float64Array.from({ length: 80 }, () => random.normal());
      const [test] = againstRandomLabels(
        marks,
        (dealt, into) => {
          into[0] = moran(dealt, graph);
        },
        1,
        99,
        k,
      );
      if (test.p <= 0.1) small++;
    }
    // binomial(200, 0.1): 99.9 % within 8 … 34
    expect(small).toBeGreaterThanOrEqual(8);
    expect(small).toBeLessThanOrEqual(34);
  });
});

const slice = measuredFile("esrf_nmc_slice_gt", "particles_gt_2d.csv");

describe.skipIf(slice === null)("the labelled slice (needs measured data)", () => {
  it("has the autocorrelation and distances that were published for it", () => {
    const table = readParticleTable(readFileSync(slice!, "utf8"));
    const places = placesOf([columnOf(table, "cx_px"), columnOf(table, "cy_px")]);
    const diameter = columnOf(table, "eq_diam_px").reduce((sum, d) => sum + d, 0) / table.rows;
    const found = spatialFindings(places, columnOf(table, "damage2d"), {
      permutations: 999,
      seed: 0,
      thresholds: [0.1, 0.08],
      shares: [],
    });
    expect(Math.abs(found.moran.observed - 0.025)).toBeLessThan(0.0005);
    expect(Math.abs(found.moran.pLarger - 0.22)).toBeLessThan(0.04);
    const [above10, above8] = found.severe;
    expect([above10.severe, above8.severe]).toEqual([29, 44]);
    expect(Math.abs(above10.nearest.observed / diameter - 1.59)).toBeLessThan(0.005);
    expect(Math.abs(above10.nearest.expected / diameter - 1.78)).toBeLessThan(0.02);
    expect(Math.abs(above10.nearest.sd / diameter - 0.15)).toBeLessThan(0.02);
    expect(Math.abs(above8.nearest.observed / diameter - 1.38)).toBeLessThan(0.005);
    expect(Math.abs(above8.nearest.expected / diameter - 1.5)).toBeLessThan(0.015);
    expect(Math.abs(above8.nearest.sd / diameter - 0.09)).toBeLessThan(0.01);
  });
});
