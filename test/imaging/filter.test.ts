import { describe, expect, it } from "vitest";
import { filterOption, thresholdOption } from "../../src/cli/grey-options.js";
import { draws } from "../../src/draws/draws.js";
import { diffusion } from "../../src/imaging/filter/diffusion.js";
import { type Filter, filtered } from "../../src/imaging/filter/filter.js";
import { blur } from "../../src/imaging/filter/gaussian.js";
import { histogram } from "../../src/imaging/filter/histogram.js";
import { medians } from "../../src/imaging/filter/median.js";
import { noiseDeviation } from "../../src/imaging/filter/noise.js";
import { nonLocalMeans } from "../../src/imaging/filter/non-local-means.js";
import { normalise } from "../../src/imaging/filter/normalise.js";
import { partition } from "../../src/imaging/filter/partition.js";
import { kMeans, otsu } from "../../src/imaging/filter/threshold.js";
import { matterMap, usualMatter } from "../../src/imaging/matter/matter-map.js";
import { crowdedBalls } from "../../src/imaging/phantom/balls.js";
import { greyPicture, usualAppearance } from "../../src/imaging/phantom/grey.js";
import { phantom } from "../../src/imaging/phantom/phantom.js";
import type { Shape, Volume, VoxelSize, Voxels } from "../../src/imaging/volume/volume.js";

const edge = 40;

/** Part of a crowd of balls in grey, with noise and without it. */
function noisy(shape: Shape, voxelSize: VoxelSize = [1, 1, 1], noise = 12): { seen: Volume; clean: Volume } {
  const balls = crowdedBalls({ count: 30, box: [60, 60, 60], radius: 7, spread: 0.2, overlap: 0.1 }, draws(4, "balls"));
  const from = balls.map(({ centre: [x, y, z], radius }) => ({ centre: [x - 8, y - 8, z - 20] as const, radius }));
  const { phases } = phantom({ balls: from, cracks: [], hollows: [], caps: [] }, shape, voxelSize);
  const look = { ...usualAppearance, blur: 0.6 };
  return {
    seen: greyPicture(phases, { ...look, noise }, draws(1, "noise")),
    clean: greyPicture(phases, { ...look, noise: 0 }, draws(1, "noise")),
  };
}

function meanSquare(a: Voxels, b: Voxels): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum / a.length;
}

const filters: readonly Filter[] = [medians(2), blur(0.7), diffusion(6), nonLocalMeans(), normalise(2, 99)];

describe("filters in chunks", () => {
  for (const filter of filters) {
    for (const [shape, voxelSize, chunk] of [
      [
        [21, 33, 29],
        [1.5, 1, 1],
        [8, 13, 11],
      ],
      [
        [21, 33, 29],
        [1, 1, 1],
        [3, 40, 4],
      ],
      [
        [1, 50, 43],
        [1, 1, 1],
        [16, 16, 16],
      ],
    ] as const) {
      it(`${filter.name}: ${chunk.join(" × ")} of ${shape.join(" × ")} give the whole to the bit`, () => {
        const { seen } = noisy(shape, voxelSize);
        const whole = filtered(seen, [filter], shape);
        const parts = filtered(seen, [filter], chunk);
        expect(parts.constructor).toBe(whole.constructor);
        expect(Buffer.compare(Buffer.from(parts.buffer), Buffer.from(whole.buffer))).toBe(0);
      });
    }
  }

  it("run one after the other", () => {
    const { seen } = noisy([12, 20, 17]);
    const both = filtered(seen, [medians(1), diffusion(3)], [5, 6, 7]);
    const first = filtered(seen, [medians(1)]);
    expect(both).toEqual(filtered({ ...seen, data: first }, [diffusion(3)]));
  });
});

describe("filters that keep edges", () => {
  const { seen, clean } = noisy([edge, edge, edge]);

  it("know the noise of a picture", () => {
    for (const noise of [0.4, 3, 12]) {
      const flat = new Float32Array(64 ** 3);
      const random = draws(noise * 10, "noise");
      for (let i = 0; i < flat.length; i++) flat[i] = 100 + noise * random.normal();
      expect(Math.abs(noiseDeviation(flat, 64) / noise - 1)).toBeLessThan(0.01);
      const whole = Uint8Array.from(flat, (level) => Math.round(level));
      if (noise > 1) expect(Math.abs(noiseDeviation(whole, 64) / noise - 1)).toBeLessThan(0.02);
    }
    expect(Math.abs(noiseDeviation(seen.data, edge) / 12 - 1)).toBeLessThan(0.15);
    expect(noiseDeviation(new Uint8Array(8), 2)).toBe(0);
  });

  for (const [filter, share] of [
    [diffusion(), 0.18],
    [nonLocalMeans(), 0.08],
  ] as const) {
    it(`${filter.name} leaves less than ${share} of the noise, and less than the best Gaussian`, () => {
      const due = clean.data;
      const left = meanSquare(filtered(seen, [filter]), due) / meanSquare(seen.data, due);
      expect(left).toBeLessThan(share);
      const best = Math.min(...[0.5, 0.7, 1].map((sigma) => meanSquare(filtered(seen, [blur(sigma)]), due)));
      expect(left).toBeLessThan(best / meanSquare(seen.data, due));
    });

    it(`${filter.name} leaves a picture without noise alone`, () => {
      const flat = { ...clean, data: new Uint8Array(edge ** 3).fill(9) };
      expect(Array.from(filtered(flat, [filter]).subarray(0, 50))).toEqual(new Array(50).fill(9));
    });
  }

  it("diffusion keeps the sum of all levels", () => {
    const sum = (data: Voxels) => Array.from(data).reduce((total, level) => total + level, 0);
    expect(Math.abs(sum(filtered(seen, [diffusion(20)])) / sum(seen.data) - 1)).toBeLessThan(1e-6);
  });

  it("normalise brings percentiles to 0 and 1", () => {
    const ramp = {
      data: Uint16Array.from({ length: 1001 }, (_, k) => 5 * k),
      shape: [1, 1, 1001],
      voxelSize: [1, 1, 1],
    };
    const made = filtered(ramp as unknown as Volume, [normalise(10, 90)]);
    expect(made[0]).toBe(0);
    expect(made[1000]).toBe(1);
    expect(Math.abs(made[500] - 0.5)).toBeLessThan(0.002);
    expect(() => normalise(50, 20)).toThrow("ascending");
  });
});

describe("clusters of grey levels", () => {
  /** Best cuts by trying all. */
  function bestOfAll(levels: readonly number[]): number {
    const spread = (part: readonly number[]) => {
      const mean = part.reduce((sum, x) => sum + x, 0) / part.length;
      return part.reduce((sum, x) => sum + (x - mean) ** 2, 0);
    };
    let best = Infinity;
    for (let a = 1; a < levels.length - 1; a++)
      for (let b = a + 1; b < levels.length; b++)
        best = Math.min(best, spread(levels.slice(0, a)) + spread(levels.slice(a, b)) + spread(levels.slice(b)));
    return best;
  }

  it("have the least variance of all", () => {
    const random = draws(3, "levels");
    const levels = Array.from({ length: 40 }, () => Math.floor(80 * random.uniform())).sort((a, b) => a - b);
    const { centres } = partition(histogram(Uint8Array.from(levels)), 3);
    const found = levels.reduce((sum, x) => sum + Math.min(...centres.map((centre) => (x - centre) ** 2)), 0);
    expect(Math.abs(found / bestOfAll(levels) - 1)).toBeLessThan(1e-9);
  });

  it("are those of Otsu, parted half-way between their centres", () => {
    const levels = Uint8Array.of(10, 10, 12, 60, 60, 62, 200, 202);
    expect(otsu(histogram(levels), 3)).toEqual([12, 62]);
    const halves = kMeans(histogram(levels), 3);
    expect(Math.abs(halves[0] / ((32 / 3 + 182 / 3) / 2) - 1)).toBeLessThan(1e-12);
    expect(Math.abs(halves[1] / ((182 / 3 + 201) / 2) - 1)).toBeLessThan(1e-12);
    expect(() => kMeans(histogram(levels), 1)).toThrow("2 or more");
    expect(() => kMeans(histogram(Uint8Array.of(1, 2)), 5)).toThrow("5 classes");
  });
});

describe("words for filters and thresholds", () => {
  it("name every one, with what they take", () => {
    const names = (text: string) => filterOption(text).map(({ name }) => name);
    expect(names("none")).toEqual([]);
    expect(names("median, gaussian=400 nm, diffusion=5, non-local=0.5, normalise=2..99")).toEqual([
      "median=1",
      "gaussian=0.4 um",
      "diffusion=5",
      "non-local=0.5",
      "normalise=2..99",
    ]);
    const level = (text: string) => thresholdOption(text).name;
    expect(["130", "otsu", "k-means=3", "110..140"].map(level)).toEqual(["130", "otsu=2", "k-means=3", "110..140"]);
  });

  it("refuse others", () => {
    for (const text of ["bilateral", "median=0.5", "gaussian", "diffusion=x", "normalise=9..2", ""])
      expect(() => filterOption(text)).toThrow(/--filter/);
    for (const text of ["", "bright", "140..110", "1..2..3", "otsu=0.5"])
      expect(() => thresholdOption(text)).toThrow(/--threshold/);
  });

  it("choose what is active", () => {
    const { seen } = noisy([12, 30, 30]);
    const plain = matterMap(seen, usualMatter);
    const chosen = matterMap(seen, {
      ...usualMatter,
      filters: filterOption("diffusion"),
      threshold: thresholdOption("k-means"),
    });
    const parts = matterMap(
      seen,
      { ...usualMatter, filters: filterOption("diffusion"), threshold: thresholdOption("k-means") },
      [5, 7, 9],
    );
    expect(chosen.matter).toEqual(parts.matter);
    expect(Math.abs(chosen.threshold! - plain.threshold!)).toBeLessThan(15);
    expect(matterMap(seen, { ...usualMatter, threshold: thresholdOption("120..150") }).threshold).toBe(120);
  });
});
