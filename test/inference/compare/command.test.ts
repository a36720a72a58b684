import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { draws } from "../../../src/draws/draws.js";
import { chance } from "../../../src/inference/compare/chance.js";
import { type CompareSettings, compareParticles } from "../../../src/inference/compare/compare.js";
import { depthTrend, interaction } from "../../../src/inference/compare/depth-trend.js";
import { effects } from "../../../src/inference/compare/effect.js";
import { measuredParticles } from "../../../src/inference/compare/measured-particles.js";
import { pool } from "../../../src/inference/compare/pooled.js";
import { particleTable, writeParticleTable } from "../../../src/table/particle-table.js";
import { say } from "../../cli/said.js";
import { expectNear } from "../../law/tolerance.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-compare-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function table(rows: number, seed: number, shift: number, alongDepth: number) {
  const random = draws(seed, "table");
  const axis = () => Float64Array.from({ length: rows }, () => 50 * random.uniform());
  const z = axis();
  return particleTable({
    "x [um]": axis(),
    "y [um]": axis(),
    "z [um]": z,
    "Particle radius [um]": axis().map(() => 4),
    Damage: z.map((depth) => Math.max(0, 0.1 * random.uniform() ** 2 + shift + alongDepth * depth - 0.01)),
    "Touches edge": axis().map((_, k) => (k < 10 ? 1 : 0)),
  });
}

const plain = { column: "damage", keepEdge: false, pixel: null, mostRows: 20_000 };
const settings: CompareSettings = {
  permutations: 99,
  resamples: 100,
  seed: 0,
  thresholds: [0.05],
  shares: [0.2],
  slice: 10,
};
const [first, second] = [table(150, 1, 0, 0), table(120, 2, 0.05, 0.002)];

describe("a comparison", () => {
  const [a, b] = [measuredParticles("a", first, plain), measuredParticles("b", second, plain)];
  const comparison = compareParticles([a, b], settings);

  it("takes columns by name whatever the case, and leaves cut particles out", () => {
    expect(a.value).toHaveLength(140);
    expect(a).toMatchObject({ unit: "um", meanDiameter: 8, axisNames: ["x [um]", "y [um]", "z [um]"] });
    expect(a.notes).toEqual(["10 particles left out: the edge of the image cuts them."]);
    expectNear(a.edgeShare!, 10 / 150, 1e-12);
  });

  it("draws from a long table, without places", () => {
    const drawn = measuredParticles("a", first, { ...plain, mostRows: 50 });
    expect(drawn).toMatchObject({
      axes: [],
      notes: [expect.anything(), expect.stringContaining("50 of 140 particles drawn")],
    });
    expect(drawn.value).toHaveLength(50);
  });

  it("finds what was made different, and nothing in the same table", () => {
    const named = (name: string) => comparison.tests.find((test) => test.name === name)!;
    expect(named("Kolmogorov–Smirnov").pHolm).toBeLessThan(1e-6);
    expect(named("depth: difference of slopes").pHolm).toBeLessThan(1e-6);
    expect(comparison.tables[1].depth!.rho).toBeGreaterThan(0.5);
    const mean = comparison.differences.find(({ name }) => name === "mean")!;
    expect(mean.byParticle[1]).toBeLessThan(0);
    expect(mean.byBlock![0]).toBeLessThanOrEqual(mean.value);
    const same = compareParticles([a, { ...a, name: "again" }], settings);
    expect(same.tests.find(({ name }) => name === "energy")!.pHolm).toBe(1);
  });

  it("corrects for all its tests", () => {
    for (const { p, pHolm } of comparison.tests) expect(pHolm).toBeGreaterThanOrEqual(p);
    const smallest = comparison.tests.reduce((x, y) => (y.p < x.p ? y : x));
    expectNear(smallest.pHolm, Math.min(1, comparison.tests.length * smallest.p), 1e-12);
  });

  it("corrects step by step", () => {
    const sorted = [...comparison.tests].sort((x, y) => x.p - y.p);
    let largest = 0;
    for (const [k, { p, pHolm }] of sorted.entries()) {
      largest = Math.max(largest, Math.min(1, (sorted.length - k) * p));
      expectNear(pHolm, largest, 1e-12);
    }
  });

  it("scales tables in pixels", () => {
    const pixels = particleTable({
      cx_px: [0, 10, 20, 40],
      cy_px: [0, 5, 20, 10],
      eq_diam_px: [4, 4, 8, 8],
      damage: [0.1, 0.2, 0.3, 0.4],
    });
    const scaled = measuredParticles("p", pixels, { ...plain, pixel: 0.25 });
    expect(scaled).toMatchObject({ unit: "um", meanDiameter: 1.5 });
    expect([...scaled.axes[1]]).toEqual([0, 1.25, 5, 2.5]);
    expect(measuredParticles("p", pixels, plain)).toMatchObject({ unit: "px", meanDiameter: 6 });
  });

  it("is the same for the same seed", () => {
    expect(compareParticles([a, b], settings)).toEqual(comparison);
  });
});

describe("places where nothing is to be tested", () => {
  const severe = (threshold: number) => {
    const own = { ...settings, thresholds: [threshold] };
    return compareParticles([measuredParticles("a", first, plain), measuredParticles("b", second, plain)], own);
  };
  const named = ({ tests }: { readonly tests: readonly { readonly name: string }[] }) =>
    tests.filter(({ name }) => name.includes("nearest severe")).length;

  it.each([
    [-1, "every particle is severe"],
    [10, "no particle is severe"],
  ])("with severe above %d: %s", (threshold, why) => {
    const found = severe(threshold);
    expect(named(found)).toBe(0);
    expect(found.leftOut).toEqual(
      ["a", "b"].map((name) => `${name}: nearest severe, damage above ${threshold}: not tested, ${why}.`),
    );
  });

  it("but where some are severe they are tested", () => {
    const found = severe(0.06);
    expect(named(found)).toBe(2);
    expect(found.leftOut).toEqual([]);
  });
});

describe("a p that has underflowed", () => {
  it("is an upper bound", () => {
    expect([0, 1e-310, 1e-299, 0.04, 1].map(chance)).toEqual(["< 10⁻³⁰⁰", "< 10⁻³⁰⁰", "1×10⁻²⁹⁹", "0.04", "1"]);
    expect(chance(null)).toBe("–");
  });

  it("is one in the table and in the report", async () => {
    const [low, high] = [join(folder, "low.csv"), join(folder, "high.csv")];
    const column = (from: number) => `Damage\n${Array.from({ length: 800 }, (_, k) => from + k / 1e4).join("\n")}\n`;
    writeFileSync(low, column(0.1));
    writeFileSync(high, column(0.5));
    const out = join(folder, "apart");
    const said = await say("compare", low, high, "--permutations", "9", "--resamples", "9", "--out", out);
    expect(said.out).toMatch(/Kolmogorov–Smirnov +1 +< 1e-300 +< 1e-300/);
    const page = readFileSync(join(out, "report.html"), "utf8");
    expect(page).toContain("p &lt; 10⁻³⁰⁰ after Holm");
    expect(page).toContain("<td>first table</td>");
  });
});

describe("depth", () => {
  const depth = Float64Array.from({ length: 40 }, (_, k) => k);
  it("has a slope, and slopes that differ", () => {
    const random = draws(9, "noise");
    const noisy = (slope: number) =>
      depthTrend(
        depth,
        depth.map((x) => slope * x + 0.1 * random.normal()),
        10,
        0,
      );
    const [flat, steep] = [noisy(0), noisy(0.5)];
    expect(Math.abs(steep.slope - 0.5)).toBeLessThan(4 * steep.slopeError);
    expect(steep.slices.map(({ count }) => count)).toEqual([10, 10, 10, 10]);
    expect(interaction(flat, steep, [40, 40]).p).toBeLessThan(1e-6);
    expect(interaction(flat, noisy(0), [40, 40]).p).toBeGreaterThan(0.001);
  });
});

describe("slopes of two tables", () => {
  it("differ by Welch's t", () => {
    // scipy.stats.ttest_ind(equal_var=False) of samples of 8 and 9, their means and errors in place of slopes
    const of = (slope: number, slopeError: number) => ({ slope, slopeError, rho: 0, p: 1, slices: [] });
    const [b, c] = [of(41.675, 0.8119091258086878), of(41.388888888888886, 1.6410061653046588)];
    const { t, p, interval } = interaction(b, c, [9, 10]);
    expectNear(t, 0.15627028071555377, 1e-9);
    expectNear(p, 0.8785062312032533, 1e-9);
    expectNear(interval[1] - interval[0], 2 * 1.96 * Math.hypot(b.slopeError, c.slopeError), 1e-12);
  });
});

describe("effects", () => {
  it("are nothing for equal samples and whole for samples apart", () => {
    const [low, high] = [Float64Array.of(1, 2, 3, 3), Float64Array.of(11, 12, 13, 13)];
    for (const { of } of Object.values(effects)) expect(Math.abs(of(pool(low, low)))).toBe(0);
    expect(effects["Kolmogorov–Smirnov"].of(pool(low, high))).toBe(1);
    expect(effects["Anderson–Darling"].of(pool(high, low))).toBe(1);
    expect(effects["Anderson–Darling"].of(pool(low, high))).toBe(-1);
    const mean = (a: Float64Array, b: Float64Array) =>
      [...a].reduce((sum, x) => sum + [...b].reduce((part, y) => part + Math.abs(x - y), 0), 0) / (a.length * b.length);
    const [a, b] = [Float64Array.of(1, 2, 3, 3), Float64Array.of(2, 2.5, 4)];
    const squared = 2 * mean(a, b) - mean(a, a) - mean(b, b);
    expectNear(effects.energy.of(pool(a, b)), squared / (2 * mean(a, b)), 1e-12);
    expectNear(effects["Wasserstein-1"].of(pool(low, high)), 10 / Math.sqrt(11 / 12), 1e-12);
  });
});

describe("synchrode compare", () => {
  const [one, two] = [join(folder, "simulated.csv"), join(folder, "measured.csv")];
  writeFileSync(one, writeParticleTable(first));
  writeFileSync(two, writeParticleTable(second));
  writeFileSync(join(folder, "summary.json"), JSON.stringify({ voxelSize: "398 nm" }));

  it("finds shares and the same shares in % alike, and lengths in any unit", async () => {
    const rows = Array.from({ length: 30 }, (_, k) => ({ x: 3 * k, y: (7 * k) % 30, share: (k + 1) / 100 }));
    const [share, percent] = [join(folder, "share.csv"), join(folder, "percent.csv")];
    writeFileSync(share, `x [um],y [um],Damage\n${rows.map(({ x, y, share }) => `${x},${y},${share}`).join("\n")}\n`);
    const other = rows.map(({ x, y, share }) => `${1000 * x};${y};${Math.round(100 * share)}`);
    writeFileSync(percent, `x [nm];y [um];Damage [%]\n${other.join("\n")}\n`);
    const out = join(folder, "shares");
    const said = await say(
      "compare",
      share,
      percent,
      "--permutations",
      "99",
      "--resamples",
      "19",
      "--out",
      out,
      "--json",
    );
    const record = JSON.parse(said.out);
    const values = record.tests.filter(({ name }: { name: string }) => !name.includes(":"));
    expect(values.map(({ p }: { p: number }) => p)).toEqual([1, 1, 1, 1]);
    expect(record.paired).toBe(true);
    expect(record.notes[0]).toMatch(/^share: Damage is read as Crack share/);
  });

  it("writes a record and a report", async () => {
    const out = join(folder, "results");
    const { status, out: said } = await say(
      "compare",
      one,
      two,
      "--permutations",
      "99",
      "--resamples",
      "100",
      "--out",
      out,
      "--json",
    );
    expect(status).toBe(0);
    const record = JSON.parse(readFileSync(join(out, "compare.json"), "utf8"));
    expect(JSON.parse(said)).toEqual(record);
    expect(Object.keys(record.tests[0])).toEqual(
      expect.arrayContaining(["name", "statistic", "p", "pHolm", "effect", "interval"]),
    );
    expect(record.spatial).toHaveLength(2);
    expect(record.confounders.find(({ name }: { name: string }) => name === "voxel size").values).toEqual([
      "398 nm",
      "398 nm",
    ]);
    const page = readFileSync(join(out, "report.html"), "utf8");
    // without severe particles the first table has no functions of them
    expect(page.match(/<svg /g)!.length).toBe(7);
    expect(page.includes("Confounders")).toBe(true);
    expect(/.{30}(NaN|undefined).{30}/.exec(page)?.[0]).toBeUndefined();
  });

  it("builds the report again", async () => {
    const results = join(folder, "results");
    const page = readFileSync(join(results, "report.html"), "utf8");
    expect((await say("report", results, "--out", join(folder, "again.html"))).status).toBe(0);
    expect(readFileSync(join(folder, "again.html"), "utf8") === page).toBe(true);
  });

  it("compares tables without places, and zeros alone", async () => {
    const [bare, zero] = [join(folder, "bare.csv"), join(folder, "zero.csv")];
    writeFileSync(bare, "Damage\n0.1\n0.2\n\n0.3\n0.25\n");
    writeFileSync(zero, "Damage\n0\n0\n0\n0\n");
    const { status, out } = await say(
      "compare",
      bare,
      zero,
      "--permutations",
      "50",
      "--resamples",
      "50",
      "--out",
      join(folder, "bare"),
    );
    expect(status).toBe(0);
    expect(out).toContain("Kolmogorov–Smirnov");
    expect(readFileSync(join(folder, "bare", "report.html"), "utf8")).toContain("no fit: fewer than three values");
  });

  it("ends with status 2 on bad input", async () => {
    expect((await say("compare", "--help")).out).toMatch(/Example:\n {2}synchrode compare/);
    expect(await say("compare", one, two, "--column", "Cracks")).toMatchObject({
      status: 2,
      err: expect.stringContaining("no column Cracks"),
    });
    expect((await say("compare", one)).status).toBe(2);
    expect(await say("compare", one, two, "--pixel-size", "252")).toMatchObject({
      status: 2,
      err: expect.stringContaining("without a unit"),
    });
    const single = join(folder, "single.csv");
    writeFileSync(single, "Damage\n0.1\n");
    expect(await say("compare", one, single)).toMatchObject({
      status: 2,
      err: expect.stringContaining("1 of 1 particles"),
    });
  });
});
