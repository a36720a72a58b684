import { describe, expect, it } from "vitest";
import { draws } from "../../../src/draws/draws.js";
import { absoluteError } from "../../../src/inference/forest/absolute-error.js";
import type { Criterion } from "../../../src/inference/forest/criterion.js";
import { growTree, rankSamples } from "../../../src/inference/forest/grow.js";
import { rankOf } from "../../../src/inference/forest/rank.js";
import { rowSorter } from "../../../src/inference/forest/row-sorter.js";
import { chooseRows, makeSamples } from "../../../src/inference/forest/samples.js";
import { type GrowthSettings, presets } from "../../../src/inference/forest/settings.js";
import { squaredError } from "../../../src/inference/forest/squared-error.js";
import { leafCount, leafOf, type Tree } from "../../../src/inference/forest/tree.js";
import { friedman1 } from "../../../validation/learning/friedman.js";

/** Number of questions on the longest way from the root to a leaf. */
function depthOf(tree: Tree): number {
  const depth = new Int32Array(tree.attribute.length);
  let deepest = 0;
  for (let node = 0; node < depth.length; node++) {
    if (depth[node] > deepest) deepest = depth[node];
    if (tree.attribute[node] < 0) continue;
    depth[tree.left[node]] = depth[node] + 1;
    depth[tree.right[node]] = depth[node] + 1;
  }
  return deepest;
}

const whole: GrowthSettings = { ...presets.full };
const uniform = () => 0;

/** Median of values, each taken `weight` times; between the two in the middle when there are two. */
function plainMedian(values: readonly number[], weight: readonly number[]): number {
  const all = values.flatMap((value, k) => Array(weight[k]).fill(value)).sort((a, b) => a - b) as number[];
  return (all[(all.length - 1) >> 1] + all[all.length >> 1]) / 2;
}

function plainLoss(criterion: string, values: readonly number[], weight: readonly number[]): number {
  const total = weight.reduce((a, b) => a + b);
  if (criterion === "absolute") {
    const median = plainMedian(values, weight);
    return values.reduce((sum, value, k) => sum + weight[k] * Math.abs(value - median), 0);
  }
  const mean = values.reduce((sum, value, k) => sum + weight[k] * value, 0) / total;
  return values.reduce((sum, value, k) => sum + weight[k] * (value - mean) ** 2, 0);
}

describe.each([
  ["squared", squaredError],
  ["absolute", absoluteError],
])("%s error", (name, make) => {
  it("gives every cut the loss that it has by definition, with ties and weights", () => {
    const random = draws(5, name);
    for (let trial = 0; trial < 60; trial++) {
      const rows = 2 + Math.floor(random.uniform() * 40);
      const target = Float64Array.from({ length: rows }, () => 1e3 + Math.round(8 * random.uniform()) / 4);
      const weight = Float64Array.from({ length: rows }, () => 1 + Math.floor(3 * random.uniform()));
      const order = Int32Array.from({ length: rows }, (_, k) => k);
      const criterion: Criterion = make(target, weight);
      const [from, to] = [trial % 2, rows];
      if (to - from < 2) continue;
      const part = (a: number, b: number) => plainLoss(name, [...target.slice(a, b)], [...weight.slice(a, b)]);
      const opened = criterion.open(order, from, to);
      expect(Math.abs(opened.loss - part(from, to))).toBeLessThan(1e-9);
      const losses = new Float64Array(rows);
      criterion.scan(order.subarray(from, to), to - from, losses);
      for (let k = 0; k < to - from - 1; k++)
        expect(Math.abs(losses[k] - part(from, from + k + 1) - part(from + k + 1, to))).toBeLessThan(1e-8);
    }
  });
});

it("predicts the median between two middle rows", () => {
  const opened = absoluteError(Float64Array.of(1, 5, 2, 9), Float64Array.of(1, 1, 1, 1)).open(
    Int32Array.of(0, 1, 2, 3),
    0,
    4,
  );
  expect(opened).toEqual({ value: 3.5, loss: 11, weight: 4 });
});

it("sorts rows by rank, equal ones in their order", () => {
  const random = draws(1, "sorting");
  for (const [count, values] of [
    [1, 1],
    [20, 5],
    [300, 7],
    [900, 256],
    [3000, 2500],
    [3000, 70],
  ] as const) {
    const x = Float64Array.from({ length: count }, () => Math.floor(random.uniform() * values) - 3);
    const { rank, distinct } = rankOf(x);
    const rows = Int32Array.from({ length: count }, (_, k) => k).filter((k) => k % 5 !== 1);
    const into = new Int32Array(count);
    rowSorter(count)(rows, rank, 0, distinct, into);
    expect(into.slice(0, rows.length)).toEqual(rows.slice().sort((a, b) => x[a] - x[b] || a - b));
  }
});

describe("a tree", () => {
  const samples = friedman1();
  const first = chooseRows(
    samples,
    Int32Array.from({ length: 200 }, (_, k) => k),
  );
  const single = rankSamples({ ...first, attributes: first.attributes.map(Math.fround) });
  const all = new Float64Array(200).fill(1);
  const sevenths = all.map((_, k) => (k * 7) % 4);
  const leaves = (tree: Tree) => [...tree.value.filter((_, k) => tree.attribute[k] < 0)].sort((a, b) => a - b);
  const thresholds = (tree: Tree) => [...tree.threshold.filter((_, k) => tree.attribute[k] >= 0)].sort((a, b) => a - b);
  const near = (found: readonly number[], wanted: readonly number[]) => {
    expect(found).toHaveLength(wanted.length);
    for (const [k, value] of found.entries()) expect(Math.abs(value / wanted[k] - 1)).toBeLessThan(1e-12);
  };

  // scikit-learn 1.2.1, DecisionTreeRegressor on the first 200 rows of make_friedman1(1000, 10, noise=1, random_state=0)
  it("is scikit-learn's with squared error and eight leaves", () => {
    const tree = growTree(single, all, { ...whole, maxLeaves: 8 }, { uniform });
    near(
      leaves(tree),
      [
        7.934558138666992, 8.687586779193017, 13.078151478895917, 13.938195358484373, 14.308779092155815,
        15.617948071652426, 20.622439491250795, 20.791971257973685,
      ],
    );
    near(
      thresholds(tree),
      [
        0.21022944152355194, 0.2846492975950241, 0.34540146589279175, 0.4402235150337219, 0.5286275148391724,
        0.7845666706562042, 0.8435941636562347,
      ],
    );
  });

  it("is scikit-learn's with absolute error and eight leaves", () => {
    const tree = growTree(single, all, { ...whole, criterion: "absolute-error", maxLeaves: 8 }, { uniform });
    near(
      leaves(tree),
      [
        4.7684831512200665, 8.11241067780941, 9.28963235195856, 11.780326950987835, 14.060579909827867,
        17.481986432949874, 17.808487079899876, 23.676377363607767,
      ],
    );
    expect(tree.cover[0]).toBe(200);
  });

  it("is scikit-learn's with weights", () => {
    const tree = growTree(single, sevenths, { ...whole, maxLeaves: 6 }, { uniform });
    near(
      leaves(tree),
      [
        7.88250977248221, 8.258186212335238, 11.029616585480053, 13.970021177534447, 14.141543333832908,
        19.865021191240707,
      ],
    );
    const absolute = growTree(single, sevenths, { ...whole, criterion: "absolute-error", maxLeaves: 6 }, { uniform });
    near(
      leaves(absolute),
      [
        8.857217440656596, 9.703649229664203, 12.438151756714342, 14.663779615876827, 17.854433163333645,
        22.88641097984599,
      ],
    );
  });

  it("is scikit-learn's with a least gain", () => {
    const tree = growTree(single, all, { ...whole, criterion: "absolute-error", minGain: 0.15 }, { uniform });
    near(
      leaves(tree),
      [8.11241067780941, 8.890782102785995, 11.780326950987835, 14.060579909827867, 17.481986432949874, 22.89786034608],
    );
  });

  it("keeps its bounds, and learns by heart without them", () => {
    const grow = (settings: Partial<GrowthSettings>) => growTree(single, all, { ...whole, ...settings }, { uniform });
    const heart = grow({});
    for (let row = 0; row < 200; row++)
      expect(heart.value[leafOf(heart, single.attributes, 200, row)]).toBe(single.target[row]);
    expect(leafCount(grow({ maxLeaves: 5 }))).toBe(5);
    expect(depthOf(grow({ maxDepth: 3 }))).toBe(3);
    const wide = grow({ minLeafRows: 9 });
    expect(Math.min(...wide.cover)).toBeGreaterThanOrEqual(9);
  });

  it("does not cut what is constant", () => {
    const flat = rankSamples(makeSamples({ a: [1, 2, 3, 4], b: [1, 1, 2, 2] }, [5, 5, 5, 5]));
    expect(leafCount(growTree(flat, new Float64Array(4).fill(1), whole, { uniform }))).toBe(1);
    const same = rankSamples(makeSamples({ a: [1, 1, 1, 1] }, [1, 2, 3, 4]));
    expect(leafCount(growTree(same, new Float64Array(4).fill(1), whole, { uniform }))).toBe(1);
  });

  it("cuts where one attribute tells nothing without the other", () => {
    const xor = rankSamples(makeSamples({ a: [0, 0, 1, 1], b: [0, 1, 0, 1] }, [0, 1, 1, 0]));
    expect(leafCount(growTree(xor, new Float64Array(4).fill(1), whole, { uniform }))).toBe(4);
  });

  it("cuts between neighbouring doubles", () => {
    const next = 1 + Number.EPSILON;
    const tree = growTree(rankSamples(makeSamples({ a: [1, next] }, [0, 1])), Float64Array.of(1, 1), whole, {
      uniform,
    });
    expect(tree.threshold[0]).toBe(1);
  });
});
