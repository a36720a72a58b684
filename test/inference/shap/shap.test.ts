import { describe, expect, it } from "vitest";
import { type Forest, trainForest } from "../../../src/inference/forest/forest.js";
import { chooseRows } from "../../../src/inference/forest/samples.js";
import { presets } from "../../../src/inference/forest/settings.js";
import type { Tree } from "../../../src/inference/forest/tree.js";
import { explain, explainPairs, meanAbsolute } from "../../../src/inference/shap/explain.js";
import { gaussRule } from "../../../src/inference/shap/gauss.js";
import { interventional } from "../../../src/inference/shap/interventional.js";
import { pathDependent } from "../../../src/inference/shap/path-dependent.js";
import { largestError, valueFunctions } from "../../../validation/learning/against-definition.js";
import { andTree } from "../../../validation/learning/and-tree.js";
import { friedman1 } from "../../../validation/learning/friedman.js";
import { samplesOf } from "../../../validation/learning/random-trees.js";
import { binaryRows } from "../../../validation/shapley.js";
import { expectNear } from "../../law/tolerance.js";

describe("against Shapley's definition", () => {
  it.each(valueFunctions)("has %s values and interactions of 200 random forests", (kind) => {
    expect(largestError(kind, 200, 1)).toBeLessThan(1e-10);
  });
});

describe("by hand", () => {
  const rows = binaryRows;

  it.each([
    [0, 20, [30, 30]],
    [10, 25, [30, 35]],
  ])("f = 80 A B + %d B has base %d and values %j", (extra, base, wanted) => {
    const forest: Forest = { names: ["a0", "a1"], trees: [andTree(extra)] };
    for (const valueFunction of [pathDependent(), interventional(rows)]) {
      const found = explain(forest, rows, valueFunction);
      expectNear(found.base, base, 1e-14);
      for (const k of [0, 1]) expectNear(found.values[2 * 3 + k], wanted[k], 1e-13);
    }
  });

  it("gives an attribute that no tree asks about exactly nothing", () => {
    const three = samplesOf([
      [0, 1, 5],
      [1, 1, 7],
    ]);
    const { values } = explain({ names: three.names, trees: [andTree(3)] }, three, pathDependent());
    expect([values[2], values[5]]).toEqual([0, 0]);
  });

  it("takes a tree without questions", () => {
    const leaf: Tree = {
      attribute: Int32Array.of(-1),
      threshold: Float64Array.of(0),
      left: Int32Array.of(0),
      right: Int32Array.of(0),
      value: Float64Array.of(7),
      cover: Float64Array.of(4),
    };
    expect(explain({ names: rows.names, trees: [leaf] }, rows, pathDependent())).toMatchObject({ base: 7 });
  });
});

describe("on a trained forest", () => {
  const samples = chooseRows(
    friedman1(),
    Int32Array.from({ length: 300 }, (_, k) => k),
  );
  const forest = trainForest(samples, { ...presets.default, trees: 30 }, 0);

  it("adds up to every prediction, alone and in pairs", () => {
    for (const valueFunction of [pathDependent(), interventional(chooseRows(samples, [1, 5, 9, 70]))]) {
      const { additivityError, pairs, values } = explainPairs(forest, samples, valueFunction);
      expect(additivityError).toBeLessThan(1e-12);
      for (let line = 0; line < values.length; line++) {
        const sum = pairs.subarray(line * 10, line * 10 + 10).reduce((a, b) => a + b, 0);
        expectNear(sum, values[line], 1e-12, 1);
      }
      expect(pairs[3 * 100 + 12]).toBe(pairs[3 * 100 + 21]);
    }
  });

  it("is the mean of its trees", () => {
    const [a, b] = forest.trees;
    const of = (...trees: Tree[]) => explain({ names: forest.names, trees }, samples, pathDependent()).values;
    const [one, other, both] = [of(a), of(b), of(a, b)];
    for (const [i, value] of both.entries()) expectNear(value, (one[i] + other[i]) / 2, 1e-13, 1);
  });

  it("finds the five attributes that matter, and their order", () => {
    const mean = meanAbsolute(explain(forest, samples, pathDependent()));
    const order = [...mean.keys()].sort((a, b) => mean[b] - mean[a]);
    expect(order.slice(0, 5).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(order[0]).toBe(3);
  });

  it("refuses other attributes", () => {
    const fewer = samplesOf([[1, 2]]);
    expect(() => explain(forest, fewer, pathDependent())).toThrow("trained on x0");
  });
});

it("integrates polynomials exactly", () => {
  for (let count = 1; count <= 15; count++) {
    const { points, weights } = gaussRule(count);
    for (let degree = 0; degree < 2 * count; degree++) {
      const sum = points.reduce((total, x, k) => total + weights[k] * x ** degree, 0);
      expectNear(sum, 1 / (degree + 1), 1e-14);
    }
  }
});
