import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draws, shuffled } from "../../src/draws/draws.js";
import { rankTrend } from "../../src/inference/trend.js";
import {
  faceCentredCubic,
  hexagonal,
  hexagonalClosePacked,
  packOnLattice,
  simpleCubic,
  square,
} from "../../src/network/packing/lattice-packing.js";
import { deepestOverlap } from "../../src/network/packing/overlap.js";
import {
  empiricalRadii,
  lognormalRadii,
  lognormalRadiiOf,
  normalRadii,
  takeRadii,
} from "../../src/network/packing/radius-distribution.js";
import { type PackingSpec, packAtRandom, packed } from "../../src/network/packing/random-packing.js";
import { chains } from "../../src/network/packing/start.js";
import { type Packing, relativeDepths, solidFraction } from "../../src/space/packing.js";
import { expectNear } from "../law/tolerance.js";

const radius = takeRadii(lognormalRadii(4e-6, 0.31), 300, 1);
const base: PackingSpec = { dimension: 3, radius, solidFraction: 0.55, periodic: true, seed: 3 };
const make = (changes: Partial<PackingSpec>) => packed(packAtRandom({ ...base, ...changes }));

/** Overlap seen by trying every pair and every image, without cells. */
function overlapByAllPairs({ centre, radius, box, periodic, dimension }: Packing): number {
  const shifts = (side: number, repeats: boolean) => (repeats ? [-side, 0, side] : [0]);
  let deepest = -Infinity;
  for (let i = 0; i < radius.length; i++)
    for (let j = 0; j < i; j++)
      for (const sx of shifts(box[0], periodic))
        for (const sy of shifts(box[1], periodic && dimension === 3)) {
          const d = Math.hypot(
            centre[3 * i] - centre[3 * j] + sx,
            centre[3 * i + 1] - centre[3 * j + 1] + sy,
            centre[3 * i + 2] - centre[3 * j + 2],
          );
          deepest = Math.max(deepest, (radius[i] + radius[j] - d) / Math.min(radius[i], radius[j]));
        }
  return deepest;
}

describe("random packings", () => {
  const forms: readonly Partial<PackingSpec>[] = [
    {},
    { periodic: false },
    { dimension: 2, solidFraction: 0.8 },
    { dimension: 2, solidFraction: 0.78, periodic: false, aspect: [2, 1] },
    { aspect: [1, 1, 2], solidFraction: 0.6 },
    { start: chains, solidFraction: 0.5 },
  ];

  it("have no overlap, the wanted solid fraction and the radii they were given", () => {
    for (const form of forms) {
      const packing = make(form);
      expect(overlapByAllPairs(packing)).toBeLessThanOrEqual(0);
      expect(deepestOverlap(packing)).toBeLessThanOrEqual(0);
      expectNear(solidFraction(packing), form.solidFraction ?? 0.55, 1e-12);
      expect(packing.radius).toEqual(radius);
    }
  });

  it("stay in their box", () => {
    for (const form of forms) {
      const { box, centre, dimension } = make(form);
      for (let k = 0; k < centre.length; k++) {
        expect(centre[k]).toBeGreaterThanOrEqual(0);
        expect(centre[k]).toBeLessThanOrEqual(box[k % 3]);
      }
      if (dimension === 2) expect(centre.filter((_, k) => k % 3 === 2).every((z) => z === 0)).toBe(true);
    }
  });

  it("are the same bits for the same seed, others for another", () => {
    expect(make({})).toEqual(make({}));
    expect(make({ seed: 4 }).centre).not.toEqual(make({}).centre);
  });

  it("keep a clearance between surfaces and half of it to walls", () => {
    const clearance = 0.4e-6;
    const packing = make({ clearance, periodic: false, solidFraction: 0.45 });
    const swollen = { ...packing, radius: packing.radius.map((r) => r + clearance / 2) };
    expect(overlapByAllPairs(swollen)).toBeLessThanOrEqual(0);
    expect(deepestOverlap(swollen)).toBeLessThanOrEqual(0);
  });

  it("segregate sizes with depth, or grade them, as asked", () => {
    const order = (packing: Packing) => rankTrend([...relativeDepths(packing)], [...packing.radius]).rho!;
    expect(Math.abs(order(make({})))).toBeLessThan(0.15);
    expect(order(make({ segregation: 1 }))).toBeGreaterThan(0.9);
    expectNear(order(make({ segregation: -0.6 })), -0.6, 0.25);
    const equal = new Float64Array(300).fill(4e-6);
    const graded = make({ radius: equal, gradient: 0.5 });
    const depths = relativeDepths(graded);
    const slope =
      depths.reduce((sum, d, i) => sum + (d - 0.5) * (graded.radius[i] / 4e-6 - 1), 0) /
      depths.reduce((sum, d) => sum + (d - 0.5) ** 2, 0);
    expectNear(slope, 0.5, 0.1);
  });

  it("say how far they came when the wanted fraction is out of reach, and give that packing", () => {
    const result = packAtRandom({ ...base, solidFraction: 0.8 });
    if (result.ok) expect.fail("packed spheres to 0.8");
    expect(result.reached).toBeGreaterThan(0.58);
    expect(result.reached).toBeLessThan(0.72);
    expectNear(solidFraction(result.packing), result.reached, 1e-12);
    expect(overlapByAllPairs(result.packing)).toBeLessThanOrEqual(0);
    expect(() => packed(result)).toThrow(`reached ${result.reached.toFixed(4)}`);
  });

  it("refuse what no packing can be", () => {
    expect(() => make({ radius: new Float64Array(0) })).toThrow("no radii");
    expect(() => make({ radius: Float64Array.of(1e-6, -1e-6) })).toThrow("a radius is -0.000001 m");
    expect(() => make({ solidFraction: 1.2 })).toThrow("allowed is above 0 and below 1");
    expect(() => make({ aspect: [1, 1] })).toThrow("give 3 numbers");
    expect(() => make({ segregation: 2 })).toThrow("allowed is −1 to 1");
    expect(() => make({ radius: radius.slice(0, 4) })).toThrow("a period must hold two");
    expect(() => make({ seed: 0.5 })).toThrow("whole number");
  });
});

describe("radii", () => {
  it("have the distribution as exactly as so many can", () => {
    const n = 2000;
    const sorted = takeRadii(lognormalRadii(4e-6, 0.31), n, 9).sort();
    const mean = sorted.reduce((sum, r) => sum + r, 0) / n;
    expectNear(mean, 4e-6 * Math.exp(0.31 ** 2 / 2), 1e-3);
    expectNear((sorted[n / 2 - 1] + sorted[n / 2]) / 2, 4e-6, 1e-6);
  });

  it("have the mean and deviation asked for", () => {
    const moments = (values: Float64Array) => {
      const mean = values.reduce((sum, r) => sum + r, 0) / values.length;
      return [mean, Math.sqrt(values.reduce((sum, r) => sum + (r - mean) ** 2, 0) / values.length)];
    };
    const [mean, deviation] = moments(takeRadii(lognormalRadiiOf(5e-6, 1.5e-6), 20000, 1));
    expectNear(mean, 5e-6, 1e-4);
    expectNear(deviation, 1.5e-6, 1e-3);
    const [normalMean, normalDeviation] = moments(takeRadii(normalRadii(5e-6, 1e-6), 20000, 1));
    expectNear(normalMean, 5e-6, 1e-9);
    expectNear(normalDeviation, 1e-6, 1e-3);
    const drawn = moments(takeRadii(lognormalRadiiOf(5e-6, 1.5e-6), 20000, 1, "drawn"));
    expectNear(drawn[0], 5e-6, 0.01);
    expectNear(drawn[1], 1.5e-6, 0.05);
  });

  it("stay above the cut of a normal distribution, and keep its mean", () => {
    const cut = takeRadii(normalRadii(5e-6, 4e-6, 1e-6), 4000, 1);
    expect(Math.min(...cut)).toBeGreaterThanOrEqual(1e-6);
    expectNear(cut.reduce((sum, r) => sum + r, 0) / 4000, 5e-6, 1e-9);
  });

  it("are resampled from measured ones, each as often", () => {
    const measured = [3e-6, 1e-6, 2e-6];
    expect([...takeRadii(empiricalRadii(measured), 6, 1).sort()]).toEqual([1e-6, 1e-6, 2e-6, 2e-6, 3e-6, 3e-6]);
    expect([...takeRadii(empiricalRadii(measured), 3, 5).sort()]).toEqual([1e-6, 2e-6, 3e-6]);
  });

  it("refuse impossible distributions", () => {
    expect(() => lognormalRadii(0, 1)).toThrow("the median is 0 m");
    expect(() => normalRadii(1e-6, 1e-7, 2e-6)).toThrow("cut off below the mean");
    expect(() => empiricalRadii([])).toThrow("empty");
    expect(() => takeRadii(lognormalRadii(1e-6, 0.1), 1.5, 1)).toThrow("whole numbers");
  });
});

describe("lattices", () => {
  it("touch at the densest fractions that are known, where everything repeats", () => {
    const inner = (packing: Packing, depthOfCells: number) =>
      solidFraction({ ...packing, box: [packing.box[0], ...sides(packing, depthOfCells)] });
    const sides = (packing: Packing, depth: number): [number, number] =>
      packing.dimension === 2 ? [depth, 0] : [packing.box[1], depth];
    const known = [
      [square, Math.PI / 4],
      [hexagonal, Math.PI / (2 * Math.sqrt(3))],
      [simpleCubic, Math.PI / 6],
      [faceCentredCubic, Math.PI / (3 * Math.SQRT2)],
      [hexagonalClosePacked, Math.PI / (3 * Math.SQRT2)],
    ] as const;
    for (const [lattice, densest] of known) {
      const packing = packOnLattice({
        lattice,
        counts: [4, 4, 4],
        radius: 1,
        spacing: { clearance: 0 },
        periodic: true,
      });
      expectNear(inner(packing, 8 * lattice.cell[lattice.dimension - 1]), densest, 1e-12);
      expectNear(overlapByAllPairs(packing), 0, 1, 1e-12);
      expect(deepestOverlap(packing)).toBeLessThan(1e-12);
    }
  });

  it("fill the share of the box asked for, and refuse more than fits", () => {
    const spec = { lattice: faceCentredCubic, counts: [3, 3, 3], radius: 2e-6, periodic: false } as const;
    const packing = packOnLattice({ ...spec, spacing: { solidFraction: 0.5 } });
    expectNear(solidFraction(packing), 0.5, 1e-12);
    expect(deepestOverlap(packing)).toBeLessThanOrEqual(0);
    expect(() => packOnLattice({ ...spec, spacing: { solidFraction: 0.74 } })).toThrow("at most 0.6");
    expect(() => packOnLattice({ ...spec, counts: [0, 1, 1], spacing: { clearance: 0 } })).toThrow("whole numbers");
  });
});

describe("the deepest overlap", () => {
  const two = (changes: Partial<Packing>): Packing => ({
    dimension: 3,
    box: [10, 10, 10],
    periodic: false,
    centre: Float64Array.of(3, 5, 5, 5.9, 5, 5),
    radius: Float64Array.of(2, 1),
    ...changes,
  });

  it("is the depth over the smaller radius, to the last digits", () => {
    expectNear(deepestOverlap(two({})), 0.1, 1e-12);
    expectNear(deepestOverlap(two({ centre: Float64Array.of(3, 5, 5, 6 - 1e-6, 5, 5) })), 1e-6, 1e-8);
    expect(deepestOverlap(two({ centre: Float64Array.of(3, 5, 5, 6 + 1e-6, 5, 5) }))).toBeLessThanOrEqual(0);
  });

  it("counts walls by the particle's own radius, and not where sides repeat", () => {
    const inWall = { centre: Float64Array.of(1.5, 5, 5, 7, 5, 5) };
    expectNear(deepestOverlap(two(inWall)), 0.25, 1e-12);
    expectNear(deepestOverlap(two({ centre: Float64Array.of(3, 5, 5, 7, 5, 9.8) })), 0.8, 1e-12);
    expect(deepestOverlap(two({ ...inWall, periodic: true }))).toBeLessThanOrEqual(0);
    // through the side that repeats the second lies at −0.5 + 0.1 beside the first
    expectNear(deepestOverlap(two({ periodic: true, centre: Float64Array.of(1, 5, 5, 8.5, 5, 5) })), 0.5, 1e-12);
  });
});

describe("random numbers", () => {
  it("have nothing in common between nearby seeds and names", () => {
    const firsts = Array.from({ length: 2000 }, (_, seed) => draws(seed, "a").uniform());
    const others = Array.from({ length: 2000 }, (_, seed) => draws(seed, "b").uniform());
    const lag = rankTrend(firsts.slice(1), firsts.slice(0, -1)).rho!;
    expect(Math.abs(lag)).toBeLessThan(0.08);
    expect(Math.abs(rankTrend(firsts, others).rho!)).toBeLessThan(0.08);
    expectNear(firsts.reduce((sum, u) => sum + u, 0) / 2000, 0.5, 0.05);
  });

  it("shuffle to a permutation", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer(), (count, seed) => {
        const order = shuffled(count, draws(seed, "order"));
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, k) => k));
      }),
    );
  });
});
