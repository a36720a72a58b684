import { describe, expect, it } from "vitest";
import { designRule } from "../../src/inference/design-rule.js";
import { type Input, mainEffects } from "../../src/inference/main-effects.js";
import { renderSvg } from "../../src/report/render.js";
import type { DrawnAxis } from "../../src/report/sweep/response.js";
import { effectBars, heatMap, responseCurve } from "../../src/report/sweep/response.js";
import { latinHypercube } from "../../src/study/sweep/latin-hypercube.js";

const input = (name: string, cells: readonly (number | string)[], drawn = false): Input => ({
  name,
  unit: "",
  cells,
  drawn,
});

/** A full grid of three axes, the last fastest. */
const grid = [0, 1, 2].flatMap((a) => [0, 1, 2, 3].flatMap((b) => ["x", "y"].map((c) => [a, b, c] as const)));
const gridInputs = ["a", "b", "c"].map((name, k) =>
  input(
    name,
    grid.map((point) => point[k]),
  ),
);

describe("main effects", () => {
  it("are the exact shares of an additive function on a full grid", () => {
    const y = grid.map(([a, b]) => 2 * a + b);
    const [va, vb] = [(4 * 2) / 3, 5 / 4];
    const shares = mainEffects(gridInputs, y).map(({ share }) => share!);
    expect(Math.abs(shares[0] / (va / (va + vb)) - 1)).toBeLessThan(1e-12);
    expect(Math.abs(shares[1] / (vb / (va + vb)) - 1)).toBeLessThan(1e-12);
    expect(shares[2]).toBeLessThan(1e-12);
  });

  it("leave interactions out, and runs without the output", () => {
    const both = mainEffects([input("a", [-1, -1, 1, 1]), input("b", [-1, 1, -1, 1])], [1, -1, -1, 1]);
    expect(both.map(({ share }) => share)).toEqual([0, 0]);
    const [part] = mainEffects([input("a", [1, 1, 2, 2, 3])], [10, 12, Number.NaN, 20, null]);
    expect(part.means).toEqual([
      { at: 1, mean: 11, count: 2 },
      { at: 2, mean: 20, count: 1 },
    ]);
    expect(mainEffects([input("a", [1, 2, 3])], [5, 5, 5])[0].share).toBe(null);
  });

  it("of drawn inputs find the one that matters, and nothing where chance alone would explain something", () => {
    const points = latinHypercube(400, 3, 4);
    const inputs = [0, 1, 2].map((k) =>
      input(
        `x${k}`,
        points.map((point) => point[k]),
        true,
      ),
    );
    const y = points.map(([x, z]) => Math.sin(3 * x) + 0.2 * z);
    const [first, second, third] = mainEffects(inputs, y).map(({ share }) => share!);
    expect(first).toBeGreaterThan(0.9);
    expect(second).toBeLessThan(0.1);
    expect(third).toBeLessThan(0.03);
  });

  it("of drawn inputs take off what chance alone would explain: 5/35 of the variance in six bins of 36 runs", () => {
    const shares = Array.from({ length: 60 }, (_, seed) => {
      const points = latinHypercube(36, 2, seed);
      const idle = input(
        "idle",
        points.map((point) => point[0]),
        true,
      );
      return mainEffects(
        [idle],
        points.map((point) => point[1]),
      )[0].share!;
    });
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThan(0.08);
    expect(shares.filter((share) => share === 0).length).toBeGreaterThan(20);
  });
});

describe("a design rule", () => {
  const rule = (y: readonly number[]) =>
    designRule({
      output: "mean damage",
      effects: mainEffects(gridInputs, y),
      known: 20,
      finished: 24,
      did: "fell into step",
    });

  it("names the axis whose levels differ most, and the way to go", () => {
    expect(rule(grid.map(([a, b]) => 5 * a + b))).toMatchObject({
      input: "a",
      advice: "lower",
      best: { at: 0 },
      worst: { at: 2 },
    });
    expect(rule(grid.map(([a, b]) => a - 4 * b))).toMatchObject({ input: "b", advice: "raise", best: { at: 3 } });
    expect(rule(grid.map(([, b]) => (b - 2) ** 2))).toMatchObject({ input: "b", advice: "keep", best: { at: 2 } });
    expect(rule(grid.map(([, , c]) => (c === "x" ? 3 : 1)))).toMatchObject({
      input: "c",
      advice: "choose",
      best: { at: "y" },
    });
    expect(rule(grid.map(([a, b]) => 5 * a + b)).sentence).toBe(
      "Lower “a”: the mean damage is 1.5 at 0 and 11.5 at 2, the most of any axis swept (93 % of its variance). (20 of 24 finished runs fell into step.)",
    );
  });

  it("leaves out an axis that explains less than a twentieth of the variance", () => {
    // b moves the output by 0.3 beside a's 4: a hundredth of the variance
    const weak = (share: number) => grid.map(([a, b], k) => (k % 2 === 0 ? 1 : -1) * 4 + share * b + 0 * a);
    const effects = mainEffects(gridInputs, weak(0.4)).map((effect) => ({
      ...effect,
      share: effect.input === "b" ? 0.02 : 0,
    }));
    const told = (share: number) =>
      designRule({
        output: "mean damage",
        effects: effects.map((effect) => (effect.input === "b" ? { ...effect, share } : effect)),
        known: 1,
        finished: 1,
      });
    expect(told(0.049).input).toBe(null);
    expect(told(0.05).input).toBe("b");
  });

  it("tells what else changes, and where there is nothing to tell from", () => {
    const own = input("rate", [1, 2, 5, 8]);
    const effects = mainEffects([{ ...own, unit: "C" }], [null, null, 0.3, 0.2]);
    const capacity = mainEffects([own], [440, 440, 440, 400]);
    const prices = [{ output: "capacity", unit: "mAh/cm³", effects: capacity }];
    const { sentence } = designRule({
      output: "damage",
      effects,
      known: 2,
      finished: 4,
      did: "fell into step",
      prices,
    });
    expect(sentence).toBe(
      "Raise “rate”: the damage is 0.2 at 8 C and 0.3 at 5 C. There the capacity is 400 instead of 440 mAh/cm³. (2 of 4 finished runs fell into step, none at 1 C, 2 C.)",
    );
  });

  it("says when nothing matters", () => {
    expect(rule(grid.map(() => 1))).toMatchObject({ input: null, advice: "none" });
  });
});

const axis = (name: string, cells: readonly (number | string)[], drawn = false): DrawnAxis => {
  const numeric = typeof cells[0] === "number";
  return { key: name, name, title: `${name} (V)`, numeric, drawn, cells, count: new Set<number | string>(cells).size };
};

describe("each figure of a sweep is the specification it was, and draws", () => {
  const [a, b, c] = [0, 1, 2].map((k) =>
    axis(
      "abc"[k],
      grid.map((point) => point[k]),
    ),
  );
  const y = Float64Array.from(grid, ([p, q, r], k) => (k === 3 ? Number.NaN : p * q + (r === "x" ? 1 : 0)));
  const response = { title: "Metric", values: y };
  const points = latinHypercube(20, 2, 2);
  const drawn = [0, 1].map((k) =>
    axis(
      "uv"[k],
      points.map((point) => 10 ** (3 * point[k])),
      true,
    ),
  );
  const drawnResponse = { title: "Metric (mV)", values: Float64Array.from(points, ([p]) => p) };
  const means = (of: DrawnAxis, values: Float64Array) =>
    mainEffects([input(of.name, of.cells, of.drawn)], [...values])[0].means;
  const figures = {
    "response-grid": () => responseCurve(a, response, means(a, y), b),
    "response-words": () => responseCurve(c, response, means(c, y), a),
    "response-drawn": () => responseCurve(drawn[0], drawnResponse, means(drawn[0], drawnResponse.values), drawn[1]),
    "map-grid": () => heatMap(a, b, response),
    "map-drawn": () => heatMap(drawn[0], drawn[1], drawnResponse),
    effects: () =>
      effectBars([
        { metric: "M", axis: "a", share: 0.3 },
        { metric: "M", axis: "b", share: 0.6 },
      ]),
  };
  for (const [name, spec] of Object.entries(figures))
    it(name, async () => {
      const text = `${JSON.stringify(spec()).replaceAll("},{", "},\n{")}\n`;
      await expect(text).toMatchFileSnapshot(`figures/${name}.vl`);
      const svg = await renderSvg(spec());
      expect(svg).toMatch(/<path/);
      expect(svg).not.toMatch(/NaN|undefined/);
    });
});
