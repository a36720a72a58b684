import { describe, expect, it } from "vitest";
import { medians } from "../../src/imaging/filter/median.js";
import { consensus, usualConsensus } from "../../src/imaging/fusion/consensus.js";
import { linkSlices, usualLink } from "../../src/imaging/fusion/link-slices.js";
import { asProbability, clusteredMask, fused } from "../../src/imaging/fusion/probability.js";
import {
  checkStack,
  cutAlong,
  putBack,
  stackShape,
  stackVoxelSize,
  viewNamed,
  views,
} from "../../src/imaging/fusion/view.js";
import { volume } from "../../src/imaging/volume/volume.js";
import { crowdLabels, linkedScores, probableScores, sevenViews, threeViews } from "../../validation/imaging/views.js";

const shape = [4, 5, 7] as const;
const numbered = volume(
  Int32Array.from({ length: 140 }, (_, i) => i + 1),
  shape,
  [0.5, 0.4, 0.3],
);

describe("views", () => {
  for (const view of views) {
    it(`${view.name}: every voxel has one place, and comes back from it`, () => {
      const stack = cutAlong(view, numbered);
      expect(stack.shape).toEqual(stackShape(view, shape));
      expect(stack.data.filter((value) => value > 0).sort()).toEqual(Int32Array.from(numbered.data).sort());
      expect(putBack(view, stack.data, shape)).toEqual(numbered.data);
    });

    it(`${view.name}: a slice is one of the picture, its voxels as far apart as they are`, () => {
      const stack = cutAlong(view, numbered);
      const [, rows, columns] = stack.shape;
      const at = (k: number) => {
        const i = stack.data[k] - 1;
        return [Math.floor(i / 35) * 0.5, (Math.floor(i / 7) % 5) * 0.4, (i % 7) * 0.3] as const;
      };
      const apart = (a: number, b: number) => Math.hypot(...at(a).map((x, axis) => x - at(b)[axis]));
      const [, rowStep, columnStep] = stackVoxelSize(view, numbered.voxelSize);
      for (let k = 0; k < stack.data.length; k++) {
        if (stack.data[k] === 0) continue;
        const [row, column] = [Math.floor(k / columns) % rows, k % columns];
        if (column + 1 < columns && stack.data[k + 1] > 0)
          expect(Math.abs(apart(k, k + 1) / columnStep - 1)).toBeLessThan(1e-9);
        if (row + 1 < rows && stack.data[k + columns] > 0)
          expect(Math.abs(apart(k, k + columns) / rowStep - 1)).toBeLessThan(1e-9);
      }
    });
  }

  it("have slices as far apart as their planes", () => {
    const spacing = (name: string) => stackVoxelSize(viewNamed(name), [0.3, 0.4, 0.4])[0];
    expect(spacing("xz")).toBe(0.4);
    for (const view of views) {
      const due = /[+-]/.test(view.name) ? Math.SQRT1_2 : 1;
      expect(Math.abs(stackVoxelSize(view, [1, 1, 1])[0] / due - 1)).toBeLessThan(1e-9);
    }
    expect(Math.abs(spacing("x-z") / (1 / Math.hypot(1 / 0.3, 1 / 0.4)) - 1)).toBeLessThan(1e-9);
    expect(Math.abs(spacing("x+y") / (0.4 / Math.SQRT2) - 1)).toBeLessThan(1e-9);
  });

  it("refuse other names and stacks of another shape", () => {
    expect(() => viewNamed("zz")).toThrow(/found zz; allowed: xy, xz, yz, x\+z/);
    expect(() => checkStack(viewNamed("xz"), [4, 5, 7], shape)).toThrow(/found 4 × 5 × 7 .* has 5 × 4 × 7/);
    expect(() => checkStack(viewNamed("x+z"), [10, 5, 7], shape)).not.toThrow();
  });
});

describe("probabilities", () => {
  it("are shares of the largest whole number, or lie between 0 and 1", () => {
    expect([...asProbability(Uint8Array.of(0, 51, 255))].map((p) => p.toFixed(6))).toEqual([
      "0.000000",
      "0.200000",
      "1.000000",
    ]);
    expect(asProbability(Uint16Array.of(65_535))[0]).toBe(1);
    expect(() => asProbability(Float32Array.of(0.5, 7))).toThrow("found 7");
    expect(() => asProbability(Float32Array.of(Number.NaN))).toThrow("found NaN");
    expect(() => asProbability(Int32Array.of(1))).toThrow("32 bits");
  });

  it("become their mean or median", () => {
    const stacks = [Float32Array.of(0, 1), Float32Array.of(0.5, 1), Float32Array.of(1, 0.25)];
    expect([...fused(stacks, [1, 1, 2], "mean")]).toEqual([0.5, 0.75]);
    expect([...fused(stacks, [1, 1, 2], "median")]).toEqual([0.5, 1]);
    expect([...fused(stacks.slice(1), [1, 1, 2], "median")]).toEqual([0.75, 0.625]);
    expect(() => fused([], [1, 1, 2], "mean")).toThrow("no view");
  });

  it("of the upper clusters are particles", () => {
    const levels = [0.02, 0.27, 0.5, 0.77, 0.98];
    const data = Float32Array.from({ length: 100 }, (_, i) => levels[i % 5]);
    const picture = { data, shape: [1, 1, 100] as const, voxelSize: [1, 1, 1] as const };
    const { inside, level } = clusteredMask(picture, { filters: [], clusters: 5 });
    expect([...inside.subarray(0, 5)]).toEqual([0, 0, 1, 1, 1]);
    expect(Math.abs(level / 0.385 - 1)).toBeLessThan(0.01);
    expect(clusteredMask(picture, { filters: [], clusters: 2 }).inside.subarray(0, 5).join("")).toBe("00011");
    expect(() => clusteredMask(picture, { filters: [], clusters: 9 })).toThrow("fewer");
    const noisy = { ...picture, data: data.map((p, i) => (i % 2 === 0 ? p : 0)), shape: [4, 5, 5] as const };
    const settings = { filters: [medians(1)], clusters: 2 };
    expect(clusteredMask(noisy, settings, [2, 3, 2])).toEqual(clusteredMask(noisy, settings));
  });
});

describe("outlines of slices", () => {
  /** Slices as rows of text; letters are outlines, `.` is outside. */
  const stackOf = (...slices: string[]) => {
    const data = Int32Array.from(slices.join(""), (letter) => (letter === "." ? 0 : letter.codePointAt(0)!));
    return { data, shape: [slices.length, 1, slices[0].length] as const };
  };
  const linked = (slices: string[], settings = usualLink) => {
    const { data, shape } = stackOf(...slices);
    const found = linkSlices(data, shape, settings);
    const text = Array.from(found.data, (label) => (label === 0 ? "." : String(label))).join("");
    return { text: slices.map((slice, s) => text.slice(s * slice.length, (s + 1) * slice.length)), count: found.count };
  };

  it("are joined by overlap, whatever their numbers", () => {
    expect(linked(["aaa.bbb", "bbb.aaa", "cc...dd"])).toEqual({ text: ["111.222", "111.222", "11...22"], count: 2 });
  });

  it("are joined over slices that miss them, as far as the gap goes", () => {
    const slices = ["aaaa", "....", "bbbb"];
    expect(linked(slices, { ...usualLink, gap: 1 }).count).toBe(1);
    expect(linked(slices, { ...usualLink, gap: 0 }).count).toBe(2);
  });

  it("that run together in one slice part again", () => {
    expect(linked(["aaaa.bbb", "cccccccc", "dddd.eee"])).toEqual({
      text: ["1111.222", "11111111", "1111.222"],
      count: 2,
    });
  });

  it("that grow from a point are one", () => {
    expect(linked(["...a....", "aaaaaaaa"]).count).toBe(1);
    expect(linked(["...a....", "aaaaaaaa"], { ...usualLink, inside: 1.1 }).count).toBe(2);
  });

  it("that hardly overlap are two", () => {
    expect(linked(["aaaa....", "...bbbbb"]).count).toBe(2);
  });
});

describe("the consensus of views", () => {
  const labels = (text: string) => {
    const data = Int32Array.from(text, (letter) => (letter === "." ? 0 : Number(letter)));
    return { data, count: Math.max(...data) };
  };
  const agreed = (...texts: string[]) => [...consensus(texts.map(labels), usualConsensus).data].join("");

  it("is what most see, whatever their numbers", () => {
    expect(agreed("111..222", "222..111", "11...222")).toBe("11100222");
  });

  it("leaves out what one view alone sees, and what it splits or joins", () => {
    expect(agreed("1111..222.33", "1111..222...", "1111..222...")).toBe("111100222000");
    expect(agreed("1122..333", "1111..222", "1111..222")).toBe("111100222");
    expect(agreed("111111111", "1111..222", "1111..222")).toBe("111100222");
  });

  it("asks for as many as it is told to", () => {
    const two = [labels("11."), labels("...")];
    expect(consensus(two, { overlap: 0.3, quorum: 1 }).count).toBe(1);
    expect(consensus(two, { overlap: 0.3 }).count).toBe(0);
  });
});

describe("views that err, on particles that are known", () => {
  const truth = crowdLabels(60, 18, 2);

  it("agree on more particles than any finds alone", () => {
    for (const scores of [linkedScores, probableScores]) {
      const three = scores(truth, threeViews, 3);
      const best = Math.max(...three.single.map(({ f1 }) => f1));
      expect(three.together.f1).toBeGreaterThan(best + 0.3);
      const seven = scores(truth, sevenViews, 3).together;
      expect(seven.f1).toBeGreaterThan(0.9);
      expect(seven.mean_matched_score).toBeGreaterThan(three.together.mean_matched_score);
    }
  });

  it("without errors agree on all, and on every voxel", () => {
    const none = { missing: 0, cut: 0, joined: 0, failed: 0, invented: 0, shifted: 0 };
    const { single, together } = linkedScores(truth, sevenViews, 3, none);
    for (const { f1 } of single) expect(f1).toBeGreaterThan(0.86);
    expect(together.f1).toBe(1);
    expect(together.mean_matched_score).toBeGreaterThan(0.99);
  });
});
