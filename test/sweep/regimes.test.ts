import { describe, expect, it } from "vitest";
import { regimeOf } from "../../src/inference/regime.js";
import { renderSvg } from "../../src/report/render.js";
import { isoLine } from "../../src/report/sweep/iso-lines.js";
import { regimeMap } from "../../src/report/sweep/regime-map.js";
import { regimesSection } from "../../src/report/sweep/regimes-section.js";
import type { DrawnAxis } from "../../src/report/sweep/response.js";
import { readSweep } from "../../src/study/sweep/load.js";
import { readSeparated } from "../../src/table/separated.js";
import { right } from "../scenario/malformed.js";
import { scratchFolder } from "../scratch-folder.js";

const { written } = scratchFolder();

describe("the regime of a run", () => {
  it.each([
    ["synchronises", { first: 0.1, second: 0.14, last: 0.05 }],
    ["stays apart", { first: 0.1, second: 0.14, last: 0.051 }],
    ["stays apart", { first: 0.1, second: 0.14, last: 0.153 }],
    ["drifts apart", { first: 0.1, second: 0.14, last: 0.155 }],
    ["never apart", { first: 0.02, second: 0.02, last: 0.029 }],
    ["drifts apart", { first: 0.02, second: 0.02, last: 0.031 }],
  ] as const)("%s: %o", (regime, spread) => {
    expect(regimeOf(spread)).toBe(regime);
  });

  it("is not known where nothing moved", () => {
    expect(regimeOf({ first: 0.1, second: Number.NaN, last: 0.1 })).toBeNull();
  });
});

describe("a line of equal values", () => {
  it("runs straight through a plane", () => {
    // v = x + 2 y: v = 1.5 from (1.5, 0) through (0, 0.75).
    const rows = [0, 1].map((y) => [0, 1, 2].map((x) => x + 2 * y));
    const segments = isoLine(rows, 1.5);
    expect(segments).toHaveLength(2);
    for (const { x, y, x2, y2 } of segments) {
      expect(x + 2 * y).toBeCloseTo(1.5, 12);
      expect(x2 + 2 * y2).toBeCloseTo(1.5, 12);
    }
  });

  it("parts a saddle in two, and leaves out what is not known", () => {
    expect(isoLine([[0, 1], [1, 0]], 0.5)).toHaveLength(2); // biome-ignore format: a square
    expect(isoLine([[0, 1], [1, Number.NaN]], 0.5)).toEqual([]); // biome-ignore format: a square
  });
});

const axis = (name: string, levels: readonly (number | string)[], at: readonly number[]): DrawnAxis => ({
  key: name,
  name,
  title: name,
  numeric: typeof levels[0] === "number",
  drawn: false,
  cells: at.map((k) => levels[k]),
  count: levels.length,
});
/** Two loadings, four feedbacks of two kinds, two limits. */
const at = [0, 1].flatMap((k) => [0, 1, 2, 3].flatMap((f) => [0, 1].map((v) => [k, f, v])));
const axes = {
  across: axis("k_N", [0.1, 1], at.map(([k]) => k)), // biome-ignore format: one line an axis
  up: axis("Feedback", ["contact 0.01", "contact 0.1", "film 0.01", "film 0.1"], at.map(([, f]) => f)), // biome-ignore format: one line an axis
  others: [axis("Limit (V)", [4.2, 4.3], at.map(([, , v]) => v))], // biome-ignore format: one line an axis
};
/** Films bring into step, contacts apart, at a loss that grows with both. */
const last = at.map(([k, f]) => (f >= 2 ? 0.06 - 0.02 * k : 0.1 + 0.06 * k));
const head =
  "First lithium spread,Second lithium spread,Last lithium spread,First capacity [mAh/cm3],Last capacity [mAh/cm3],Last mean damage,Last damage spread,Largest damage spread";
const table = readSeparated(
  [head, ...at.map(([k, f], run) => [0.1, 0.1, last[run], 600, 600 - 100 * (k + f), 0.2, 0.05, 0.1].join(","))].join(
    "\n",
  ),
);

describe("the map of regimes", () => {
  it("says how many runs of each kind fall into step, and at what price", async () => {
    const html = await regimesSection(axes, table);
    expect(html).toContain(
      "Feedback – contact: of 8 runs 4 stay apart, 4 drift apart; film: of 8 runs 4 synchronise (losing 58 % of their capacity), 4 stay apart.",
    );
    expect(html.match(/<figure/g)).toHaveLength(1);
  });

  it("draws each run, and lines within one kind of feedback only", async () => {
    const column = (values: readonly number[]) => Float64Array.from(values);
    const columns = {
      first: column(at.map(() => 0.1)),
      second: column(at.map(() => 0.1)),
      last: column(last),
      capacityLost: column(at.map(([k, f]) => (k + f) / 6)),
    };
    const spec = regimeMap(
      axes,
      columns,
      at.map((_, run) => run),
    );
    const values = (spec as unknown as { data: { values: Record<string, unknown>[] } }).data.values;
    expect(values.filter(({ regime }) => regime !== undefined)).toHaveLength(16);
    const lines = values.filter(({ level }) => level !== undefined);
    expect(lines.length).toBeGreaterThan(0);
    // Between the rows of contact 0.1 (1) and film 0.01 (2) there is no line.
    for (const { y, y2 } of lines as { y: number; y2: number }[])
      expect([y, y2].every((v) => v <= 1 || v >= 2)).toBe(true);
    expect(await renderSvg(spec)).toContain("drifts apart");
  });

  it("names the columns that a table lacks", async () => {
    expect(await regimesSection(axes, readSeparated("Run\n1\n"))).toContain("lacks First lithium spread");
  });
});

describe("a sweep that asks for a map", () => {
  const file = (regimes: string, axis = "") => {
    written("base.yaml", right);
    const text = `scenario: base.yaml
axes:
  interface.fatigue.perLoading: { values: [0.1, 1] }
  feedback: { names: [none, film 0.01], values: [{ kind: none }, { kind: film, resistance: 0.01 ohm m^2 }]${axis} }
regimes: ${regimes}
`;
    return written("sweep.yaml", text);
  };

  it("calls values by their names", () => {
    const { axes: read, regimes } = readSweep(file("{ across: interface.fatigue.perLoading, up: feedback }"));
    expect(read[1].levels?.map(({ label, number }) => [label, number])).toEqual([
      ["none", null],
      ["film 0.01", null],
    ]);
    expect(regimes).toEqual({ across: "interface.fatigue.perLoading", up: "feedback" });
  });

  it.each([
    ["{ across: feedback, up: feedback }", /regimes\.up.*another axis than across/],
    [
      "{ across: feedback, up: binder }",
      /5:\d+: regimes\.up.*the key of an axis: interface\.fatigue\.perLoading, feedback/,
    ],
  ])("is refused where it names no two axes: %s", (regimes, message) => {
    expect(() => readSweep(file(regimes))).toThrow(message);
  });

  it("is refused with another number of names than values", () => {
    const path = file("{ across: interface.fatigue.perLoading, up: feedback }");
    const text = written("three.yaml", "");
    expect(text).not.toBe(path);
    const wrong = written("sweep.yaml", "scenario: base.yaml\naxes: { seed: { names: [a], values: [1, 2] } }\n");
    expect(() => readSweep(wrong)).toThrow(/axes\.seed\.names: found 1 names; allowed: one for each of 2 values/);
  });
});
