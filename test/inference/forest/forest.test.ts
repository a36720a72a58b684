import { describe, expect, it } from "vitest";
import { assembleForest, growTrees, predict, trainForest } from "../../../src/inference/forest/forest.js";
import { rankSamples } from "../../../src/inference/forest/grow.js";
import { chooseAttributes, chooseRows, makeSamples } from "../../../src/inference/forest/samples.js";
import { crossValidate, meanAbsoluteError, rSquared } from "../../../src/inference/forest/score.js";
import { presets } from "../../../src/inference/forest/settings.js";
import { leafCount } from "../../../src/inference/forest/tree.js";
import { friedman1 } from "../../../validation/learning/friedman.js";
import { expectNear } from "../../law/tolerance.js";

const samples = friedman1();
const some = chooseRows(
  samples,
  Int32Array.from({ length: 150 }, (_, k) => k),
);
const small = { ...presets.full, trees: 12 };

describe("a forest", () => {
  it("learns Friedman's first function as scikit-learn does", () => {
    // scikit-learn 1.2.1, RandomForestRegressor(200, oob_score=True): R² out of bag 0.858 ± 0.001
    const { outOfBag } = trainForest(samples, presets.full, 0);
    expect(Math.abs(rSquared(samples.target, outOfBag) - 0.858)).toBeLessThan(0.01);
  });

  it("is the same to the bit for a seed, whoever grows the trees", () => {
    const whole = trainForest(some, small, 3);
    expect(trainForest(some, small, 3)).toEqual(whole);
    const ranked = rankSamples(some);
    const parts = [growTrees(ranked, small, 3, 7, 12), growTrees(ranked, small, 3, 0, 7)];
    expect(assembleForest(some, small, 3, [...parts[1], ...parts[0]])).toEqual(whole);
    expect(trainForest(some, small, 4).trees[0]).not.toEqual(whole.trees[0]);
  });

  it("predicts out of bag by trees that did not see the row", () => {
    const { outOfBag, trees } = trainForest(some, { ...small, trees: 1 }, 0);
    const seen = predict({ names: some.names, trees }, some);
    const out = [...outOfBag].map((value, row) => [value, row] as const).filter(([value]) => !Number.isNaN(value));
    expect(out.length).toBeGreaterThan(30);
    expect(out.length).toBeLessThan(80);
    for (const [value, row] of out) expect(value).toBe(seen[row]);
    for (const [row, value] of seen.entries())
      if (Number.isNaN(outOfBag[row])) expectNear(value, some.target[row], 1e-14);
    expect([...trainForest(some, { ...small, bootstrap: false }, 0).outOfBag].every(Number.isNaN)).toBe(true);
  });

  it("keeps to the settings of li2022", () => {
    const { trees } = trainForest(samples, presets.li2022, 0);
    expect(trees).toHaveLength(40);
    expect(Math.max(...trees.map(leafCount))).toBe(30);
  });

  it("refuses settings and samples that make no sense", () => {
    expect(() => trainForest(some, { ...small, trees: 0 }, 0)).toThrow("trees is 0");
    expect(() => trainForest(some, { ...small, attributesPerSplit: 0.5 }, 0)).toThrow("attributesPerSplit is 0.5");
    expect(() => trainForest(some, small, 0.5)).toThrow("whole number");
    expect(() => makeSamples({}, [1, 2])).toThrow("no attribute");
    expect(() => makeSamples({ a: [] }, [])).toThrow("no row");
    expect(() => trainForest(makeSamples({ a: [1] }, [1]), small, 0)).toThrow("found 1 row;");
    expect(() => makeSamples({ a: [1, 2, 3] }, [1, 2])).toThrow("a has 3 rows");
    expect(() => makeSamples({ a: [1, Number.NaN] }, [1, 2])).toThrow("a is NaN in row 2");
    expect(() => predict(trainForest(some, small, 0), chooseAttributes(some, ["x1"]))).toThrow("trained on x0");
    expect(() => crossValidate(some, small, 0, 1)).toThrow("found 1 folds");
  });
});

describe("scores", () => {
  it("are what they are by definition", () => {
    expect(rSquared([1, 2, 3], [1, 2, 3])).toBe(1);
    expect(rSquared([1, 2, 3], [2, 2, 2])).toBe(0);
    expect(rSquared([1, 2, 3, 100], [3, 2, 1, Number.NaN])).toBe(-3);
    expect(rSquared([2, 2], [1, 3])).toBeNaN();
    expect(meanAbsoluteError([1, 2, 3], [2, Number.NaN, 5])).toBe(1.5);
  });

  it("hold every row out once", () => {
    const { predicted, r2ByFold } = crossValidate(some, small, 0);
    expect(r2ByFold).toHaveLength(5);
    expect(predicted.every(Number.isFinite)).toBe(true);
    expect(rSquared(some.target, predicted)).toBeLessThan(0.9);
    expect(rSquared(some.target, predicted)).toBeGreaterThan(0.5);
  });
});
