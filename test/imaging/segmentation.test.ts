import { describe, expect, it } from "vitest";
import { draws } from "../../src/draws/draws.js";
import { nearestOthers } from "../../src/imaging/attribute/nearest.js";
import { gaussian } from "../../src/imaging/filter/gaussian.js";
import { histogram, percentile } from "../../src/imaging/filter/histogram.js";
import { median } from "../../src/imaging/filter/median.js";
import { hysteresis, otsu } from "../../src/imaging/filter/threshold.js";
import { closed } from "../../src/imaging/morphology/closing.js";
import { distanceMap } from "../../src/imaging/morphology/distance.js";
import { connectedParts, fillHoles } from "../../src/imaging/morphology/flood.js";
import { basinsOf } from "../../src/imaging/segmentation/basins.js";
import { compactLabels } from "../../src/imaging/segmentation/label-import.js";
import { dynamics, markedParts, mergedByNeck } from "../../src/imaging/segmentation/markers.js";
import { matching } from "../../src/imaging/segmentation/matching.js";
import { finished } from "../../src/imaging/steps/steps.js";
import { readPicture } from "../../src/imaging/volume/files.js";
import { inMemory, memory } from "../../src/imaging/volume/store.js";
import type { Shape, VoxelSize } from "../../src/imaging/volume/volume.js";
import { cutCrowd } from "../../validation/imaging/crowd.js";
import { measuredFile } from "../../validation/measured-data.js";
import { cutParticles } from "./cut-particles.js";

function randomMask(count: number, share: number, seed: number): Uint8Array {
  const random = draws(seed, "mask");
  return Uint8Array.from({ length: count }, () => (random.uniform() < share ? 1 : 0));
}

/** Distance by looking at every voxel outside, in double precision, rounded once. */
function bruteDistance(inside: Uint8Array, [, ny, nx]: Shape, [dz, dy, dx]: VoxelSize): Float32Array {
  const out = [...inside.keys()].filter((i) => inside[i] === 0);
  const place = (i: number) => [Math.floor(i / (nx * ny)), Math.floor(i / nx) % ny, i % nx] as const;
  const squared = (z: number, y: number, x: number) => (z * dz) ** 2 + (y * dy) ** 2 + (x * dx) ** 2;
  return Float32Array.from(inside, (value, i) => {
    if (value === 0) return 0;
    const [z, y, x] = place(i);
    return Math.sqrt(
      out.reduce((least, j) => {
        const [a, b, c] = place(j);
        return Math.min(least, squared(a - z, b - y, c - x));
      }, Infinity),
    );
  });
}

describe("the distance map", () => {
  it("equals looking at every voxel", () => {
    for (const [shape, share] of [
      [[24, 24, 24], 0.98],
      [[1, 24, 24], 0.9],
      [[24, 3, 17], 0.6],
    ] as const) {
      const inside = randomMask(shape[0] * shape[1] * shape[2], share, 3);
      for (const size of [
        [1, 1, 1],
        [0.5, 0.398, 0.21],
        [0.398, 0.4, 1.7],
      ] as const) {
        expect(distanceMap(inside, shape, size)).toEqual(bruteDistance(inside, shape, size));
      }
    }
  });

  it("is infinite without an outside", () => {
    expect(distanceMap(new Uint8Array(8).fill(1), [2, 2, 2], [1, 1, 1])).toEqual(new Float32Array(8).fill(Infinity));
  });
});

describe("filters", () => {
  it("keeps a constant and the sum of a Gaussian, and spreads a point by its deviation", () => {
    const flat = new Float32Array(9 * 9 * 9).fill(7);
    gaussian(flat, [9, 9, 9], [1, 1.5, 0.5]);
    for (const value of flat) expect(Math.abs(value / 7 - 1)).toBeLessThan(1e-6);
    const point = new Float32Array(41);
    point[20] = 1;
    gaussian(point, [1, 1, 41], [0, 0, 2]);
    const variance = point.reduce((sum, value, k) => sum + value * (k - 20) ** 2, 0);
    expect(Math.abs(variance / 4 - 1)).toBeLessThan(0.01);
  });

  it("takes single voxels away by the median and parts two peaks by Otsu", () => {
    const spot = new Uint8Array(125);
    spot[62] = 255;
    expect(median(spot, [5, 5, 5])).toEqual(new Uint8Array(125));
    const random = draws(1, "levels");
    const levels = Uint8Array.from(
      { length: 20_000 },
      (_, k) => (k % 3 === 0 ? 180 : k % 3 === 1 ? 90 : 30) + 8 * random.normal(),
    );
    const [low, high] = otsu(histogram(levels), 3) as [number, number];
    expect(low).toBeGreaterThan(50);
    expect(low).toBeLessThan(70);
    expect(high).toBeGreaterThan(105);
    expect(high).toBeLessThan(150);
    expect(Math.abs(percentile(histogram(levels), 1 / 6) - 30)).toBeLessThan(2);
  });

  it("keeps weak voxels that strong ones reach", () => {
    const row = Uint8Array.from([5, 5, 9, 5, 1, 5, 5]);
    expect([...hysteresis(row, [1, 1, 7], 3, 8)]).toEqual([1, 1, 1, 1, 0, 0, 0]);
  });
});

describe("morphology", () => {
  it("closes a slit, fills a hole and counts parts", () => {
    const shape = [20, 20, 20] as const;
    const slab = Uint8Array.from({ length: 8000 }, (_, i) => (Math.floor(i / 400) === 9 || i % 20 < 3 ? 0 : 1));
    const without = closed(slab, shape, [1, 1, 1], 1);
    expect(without[9 * 400 + 10 * 20 + 10]).toBe(1);
    expect(without[10 * 20 + 1]).toBe(0);
    const hollow = new Uint8Array(8000).fill(1);
    hollow[4210] = 0;
    hollow[5] = 0;
    expect(fillHoles(hollow, shape, 10)).toBe(1);
    expect(hollow[5]).toBe(0);
    expect(connectedParts(Uint8Array.from([1, 1, 0, 1, 0, 1]), [1, 1, 6]).count).toBe(3);
  });
});

describe("basins", () => {
  /** Heights of a chain, peaks 5, 9 and 7 with passes 3 and 4 between them. */
  const chain = Float32Array.from([1, 5, 4, 3, 6, 9, 6, 4, 7, 2]);
  const graphOf = (height: Float32Array) => {
    const inside = inMemory(new Uint8Array(height.length).fill(1), [height.length, 1, 1]);
    const basin = memory.store("i32", inside.shape);
    const marked = (slab: number) =>
      finished(basinsOf(inside, inMemory(height, inside.shape), basin, [1, 1, 1], 0, slab));
    const whole = marked(100);
    for (const slab of [1, 2, 3]) expect(marked(slab)).toEqual(whole);
    return whole;
  };

  it("meet at their passes", () => {
    const { graph } = graphOf(chain);
    expect([...graph.summit]).toEqual([1, 5, 8]);
    expect([...graph.peak]).toEqual([5, 9, 7]);
    expect([...graph.ends]).toEqual([0, 1, 1, 2]);
    expect([...graph.height]).toEqual([3, 4]);
    expect([...dynamics(graph)]).toEqual([2, Infinity, 3]);
  });

  it("go to the marker over the highest pass, and join over wide necks", () => {
    const { graph } = graphOf(chain);
    expect([...markedParts(graph, Uint8Array.from([1, 0, 1]))]).toEqual([0, 1, 1]);
    expect([...markedParts(graph, Uint8Array.from([0, 0, 0]))]).toEqual([0, 0, 0]);
    expect([...mergedByNeck(graph, Int32Array.from([0, 1, 2]), 0.55)]).toEqual([0, 0, 0]);
    expect([...mergedByNeck(graph, Int32Array.from([0, 1, 2]), 0.58)]).toEqual([0, 0, 2]);
  });

  it("have one summit on a plateau", () => {
    expect([...graphOf(new Float32Array(12).fill(3)).graph.summit]).toEqual([0]);
  });
});

describe("cutting particles", () => {
  it("parts overlapping balls", () => {
    for (const [count, overlap] of [
      [40, 0],
      [60, 0.2],
    ] as const) {
      expect(cutCrowd(count, 90, overlap).f1).toBeGreaterThanOrEqual(0.98);
    }
    expect(cutCrowd(60, 90, 0.3).f1).toBeGreaterThanOrEqual(0.93);
  });

  it("drops what is too small to have a form, and gives a lone body one label", () => {
    const inside = new Uint8Array(20 ** 3);
    inside[0] = 1;
    for (let i = 4000; i < 4400; i++) inside[i] = 1;
    const { data, count } = cutParticles(inside, [20, 20, 20], [1, 1, 1]);
    expect(count).toBe(1);
    expect(data[0]).toBe(0);
    expect(data[4200]).toBe(1);
  });
});

describe("the nearest others", () => {
  it("equal those of looking at all", () => {
    const random = draws(4, "points");
    const points = Float64Array.from({ length: 900 }, () => random.uniform());
    const { neighbour, distance } = nearestOthers(points, 6);
    for (let i = 0; i < 300; i++) {
      const far = (j: number) =>
        Math.sqrt([0, 1, 2].reduce((sum, axis) => sum + (points[3 * j + axis] - points[3 * i + axis]) ** 2, 0));
      const all = Array.from({ length: 300 }, (_, j) => j).filter((j) => j !== i);
      all.sort((a, b) => far(a) - far(b) || a - b);
      expect([...neighbour.subarray(6 * i, 6 * i + 6)]).toEqual(all.slice(0, 6));
      expect(distance[6 * i]).toBe(far(all[0]));
    }
  });

  it("are a lattice constant away in a cubic lattice", () => {
    const points = Float64Array.from(
      Array.from({ length: 125 }, (_, k) => [Math.floor(k / 25), Math.floor(k / 5) % 5, k % 5]).flat(),
    );
    const { distance } = nearestOthers(points, 6);
    expect([...distance.subarray(6 * 62, 6 * 63)]).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe("nearest others", () => {
  const random = draws(3, "places");
  const spread = (count: number, along: (axis: number) => number) =>
    Float64Array.from({ length: 3 * count }, (_, k) => along(k % 3));
  const cases = {
    "in space": spread(300, () => 10 * random.uniform()),
    "in a slice": spread(300, (axis) => (axis === 2 ? 0.5 : 10 * random.uniform())),
    "in a row": spread(40, (axis) => (axis === 0 ? Math.floor(20 * random.uniform()) : 3)),
    "on a lattice, many equally far": Float64Array.from(
      { length: 3 * 216 },
      (_, k) => Math.floor(Math.floor(k / 3) / 6 ** (k % 3)) % 6,
    ),
    "in two far groups": spread(60, () => random.uniform() + (random.uniform() < 0.5 ? 0 : 1e6)),
    "all at one place": spread(9, () => 4),
    "fewer than are asked for": spread(4, () => random.uniform()),
  };
  it.each(Object.entries(cases))("%s are those of comparing all with all", (_, points) => {
    const count = points.length / 3;
    const apart = (i: number, j: number) =>
      Math.sqrt([0, 1, 2].reduce((sum, axis) => sum + (points[3 * j + axis] - points[3 * i + axis]) ** 2, 0));
    const { neighbour, distance } = nearestOthers(points, 6);
    for (let i = 0; i < count; i++) {
      const others = Array.from({ length: count }, (_, j) => j).filter((j) => j !== i);
      const due = others.sort((a, b) => apart(i, a) - apart(i, b) || a - b).slice(0, 6);
      const filled = Array.from({ length: 6 }, (_, k) => due[k] ?? -1);
      expect([...neighbour.subarray(6 * i, 6 * i + 6)]).toEqual(filled);
      expect([...distance.subarray(6 * i, 6 * i + 6)]).toEqual(filled.map((j) => (j < 0 ? Infinity : apart(i, j))));
    }
  });
});

describe("labels of other programs", () => {
  it("are numbered from one", () => {
    expect(compactLabels(Uint16Array.from([0, 7, 7, 300, 0, 12]))).toEqual({
      data: Int32Array.from([0, 1, 1, 3, 0, 2]),
      count: 3,
    });
    expect(() => compactLabels(Float32Array.from([0.5]))).toThrow("whole numbers");
    expect(() => compactLabels(new Uint8Array(4))).toThrow("no particle");
  });
});

describe("matching", () => {
  it("counts as StarDist does", () => {
    const truth = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 0, 0];
    const found = [5, 5, 5, 0, 5, 6, 6, 6, 0, 0, 7, 7];
    const [half] = matching(truth, found, [0.5]);
    expect(half).toMatchObject({ tp: 2, fp: 1, fn: 1, n_true: 3, n_pred: 3 });
    expect(half.accuracy).toBe(0.5);
    expect(Math.abs(half.mean_matched_score / ((3 / 5 + 3 / 4) / 2) - 1)).toBeLessThan(1e-12);
    expect(Math.abs(half.mean_true_score / ((3 / 5 + 3 / 4) / 3) - 1)).toBeLessThan(1e-12);
    expect(Math.abs(half.panoptic_quality / ((3 / 5 + 3 / 4) / 3) - 1)).toBeLessThan(1e-12);
  });

  const mask = measuredFile("stardist_3d_toy", "mask3d.tif");
  it.skipIf(mask === null)("gives 1 to a picture and itself, and falls as labels shrink", async () => {
    const { data, shape } = await readPicture(mask!);
    const thresholds = [0.3, 0.5, 0.7, 0.9];
    for (const same of matching(data, data, thresholds)) {
      expect(same).toMatchObject({ f1: 1, accuracy: 1, panoptic_quality: 1, mean_matched_score: 1, n_true: 51 });
    }
    const distance = distanceMap(
      Uint8Array.from(data, (label) => (label === 0 ? 0 : 1)),
      shape,
      [1, 1, 1],
    );
    const scores = [0, 1, 2, 3].map((rim) =>
      matching(
        data,
        data.map((label, i) => (distance[i] > rim ? label : 0)),
        thresholds,
      ),
    );
    for (const k of [0, 1, 2]) {
      for (const [at, { f1 }] of scores[k].entries()) expect(scores[k + 1][at].f1).toBeLessThanOrEqual(f1);
    }
    expect(scores[3][3].f1).toBeLessThan(0.1);
  });
});
