import { describe, expect, it } from "vitest";
import { draws } from "../../../src/draws/draws.js";
import { predict, trainForest } from "../../../src/inference/forest/forest.js";
import { presets } from "../../../src/inference/forest/settings.js";
import { columnRole, type Group, plainName } from "../../../src/inference/learn/attribute.js";
import { bandOf, contributionParts, explainOnce } from "../../../src/inference/learn/contribution.js";
import { alikeAttributes, pearson, rankCorrelation } from "../../../src/inference/learn/correlation.js";
import { crewOf, oneThread } from "../../../src/inference/learn/crew.js";
import { type LearnSettings, learnTable } from "../../../src/inference/learn/learn.js";
import { prepare } from "../../../src/inference/learn/preparation.js";
import { learnRecord } from "../../../src/inference/learn/record.js";
import { withSurroundings } from "../../../src/inference/learn/surroundings.js";
import { quantile } from "../../../src/statistics/quantile.js";
import { type ParticleTable, particleTable } from "../../../src/table/particle-table.js";
import { publishedForest } from "../../../validation/learning/learn-settings.js";
import { twoStates } from "../../../validation/learning/two-states.js";
import { expectNear } from "../../law/tolerance.js";

const settings: LearnSettings = {
  ...publishedForest,
  forest: { ...presets.default, trees: 20, maxLeaves: 30 },
  seeds: 3,
  subsamples: 3,
  subsampleRows: 300,
};
const changed = (table: ParticleTable, columns: Record<string, ArrayLike<number>>) =>
  particleTable({ ...Object.fromEntries(table.columns), ...columns });
const { early, late } = twoStates();
const [first, second] = [await learnTable("early", early, settings), await learnTable("late", late, settings)];

describe("two states of one electrode", () => {
  const record = learnRecord([first, second], { ...settings, preset: "default" }, "0");

  it("are told apart by the shares of their groups, without leaks", () => {
    const [a, b] = [first.leakFree!.groupShares!, second.leakFree!.groupShares!];
    expect(a.local.mean).toBeLessThan(0.15);
    expect(b.local.mean).toBeGreaterThan(0.4);
    expect(a.structure.mean - b.structure.mean).toBeGreaterThan(0.25);
    expect(record.leakFreeDifference!.apart).toContain("local");
    expect(record.leakFreeDifference!.rankAgreement).toBeLessThan(0.5);
    const sum = Object.values(a).reduce((total, { mean }) => total + mean, 0);
    expectNear(sum, 1, 1e-12);
  });

  it("are predicted, and ranked alike by every run", () => {
    for (const { leakFree } of [first, second]) {
      expect(leakFree!.scores.r2).toBeGreaterThan(0.6);
      expect(leakFree!.scores.mae).toBeLessThan(0.6 * leakFree!.scores.maeOfNothing);
      expect(Math.abs(leakFree!.scores.outOfBagR2 - leakFree!.scores.r2)).toBeLessThan(0.1);
      expect(leakFree!.additivityError!).toBeLessThan(1e-9);
      expect(leakFree!.stability!).toBeGreaterThan(0.7);
    }
  });

  it("leak where the target is in an attribute", () => {
    const leak = first.leakage.find(({ attribute }) => attribute === "Inner surface [um2]")!;
    expect(leak).toMatchObject({ warns: true, reason: expect.stringContaining("surface of cracks") });
    expect(leak.rho).toBeGreaterThan(0.95);
    expect(first.ranking.scores.r2).toBeGreaterThan(first.leakFree!.scores.r2 + 0.05);
    expect(first.leakFree!.names).not.toContain("Inner surface [um2]");
  });

  it("keep an attribute that is tied to the target by what it is, and leave out one of a name of its own", async () => {
    const damage = early.columns.get("Damage")!;
    const tied = changed(early, { "Particle radius [um]": damage, "My own column": damage.map((d) => d ** 2) });
    const { leakage, leakFree } = await learnTable("tied", tied, { ...settings, seeds: 1, subsamples: 0 });
    const audited = Object.fromEntries(leakage.map(({ attribute, leftOut, warns }) => [attribute, [leftOut, warns]]));
    expect(audited).toMatchObject({ "Particle radius [um]": [false, true], "My own column": [true, true] });
    expect(leakFree!.names).toContain("Particle radius [um]");
    expect(leakFree!.names).not.toContain("My own column");
  });

  it("have what noise reaches between what counts and what does not", () => {
    for (const { leakFree, causes } of [
      { leakFree: first.leakFree!, causes: ["Elongation", "Particle radius [um]"] },
      { leakFree: second.leakFree!, causes: ["Contact", "Packing density", "Distance of six nearest [um]"] },
    ]) {
      const of = (name: string) => leakFree.contributions[leakFree.names.indexOf(name)].mean;
      for (const name of causes) expect(of(name)).toBeGreaterThan(3 * leakFree.noiseFloor!);
      for (const name of ["x [um]", "y [um]", "Electron density"])
        if (leakFree.names.includes(name)) expect(of(name)).toBeLessThan(1.5 * leakFree.noiseFloor!);
      expect(leakFree.stabilityAboveNoise!).toBeGreaterThan(0.7);
    }
  });

  it("are read beside the paper", () => {
    const statements = Object.fromEntries(record.reproduction!.map((each) => [each.name, each]));
    expect(statements["share of the neighbourhood, early"]).toMatchObject({ reference: 0.0572, holds: true });
    expect(statements["share of the neighbourhood, late"].found).toBe(second.leakFree!.groupShares!.local.mean);
    const [low, high] = [second.leakFree!.groupShares!.local.low, first.leakFree!.groupShares!.local.high];
    expect(statements["gap between its bands of 95 %"].found).toBe(low - high);
    expect(statements["fall of the share of own structure"]).toMatchObject({ reference: 0.4333, holds: true });
    const turned = learnRecord([second, first], { ...settings, preset: "default" }, "0").reproduction!;
    expect(turned.filter(({ holds }) => !holds).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "share of the neighbourhood, early",
        "share of the neighbourhood, late",
        "gap between its bands of 95 %",
        "fall of the share of own structure",
      ]),
    );
    expect(learnRecord([first], { ...settings, preset: "default" }, "0").reproduction).toBeNull();
  });

  it("pass both controls", () => {
    expect(first.permuted.holds).toBe(true);
    expect(first.planted.map(({ group }) => group).sort()).toEqual(["chemical", "local", "position", "structure"]);
    expect(first.planted.every(({ holds }) => holds)).toBe(true);
  });

  it("group what tells the same", () => {
    const alike = first.alike.map((set) => set.map((k) => first.samples.names[k]));
    expect(alike).toContainEqual(["Particle radius [um]", "Volume [um3]"]);
  });

  it("say what was left out", () => {
    expect(first.samples.rows).toBe(576);
    expect(first.notes).toEqual(["24 rows left out: the edge of the image cuts the particle."]);
    expect(first.left.map(({ name }) => name)).toEqual(["Particle", "Largest damage", "Touches edge"]);
    expect(prepare(early, { ...settings, keepEdge: true }).samples.rows).toBe(600);
  });

  it("become a record with all that a reader needs", () => {
    const table = record.tables[0];
    expect(Object.keys(table.scores)).toEqual(["r2", "mae", "outOfBagR2", "outOfBagMae", "maeOfNothing"]);
    expect(table.attributes).toHaveLength(11);
    expect(table.attributes.map(({ rank }) => rank!).sort((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
    expect(table.runs).toBe(6);
  });
});

describe("a table that cannot be learned from", () => {
  const random = draws(3, "noise");
  const noise = Float64Array.from({ length: 600 }, () => random.normal());

  it("is not ranked when nothing is predicted", async () => {
    const { ranking } = await learnTable("noise", changed(early, { Damage: noise }), {
      ...settings,
      leaveOut: ["Largest damage"],
    });
    expect(ranking.refusal).toContain("would rank noise");
    expect(ranking.contributions).toEqual([]);
    expect(ranking.scores.r2).toBeLessThan(0.1);
  });

  it.each<[string, () => ParticleTable, Partial<LearnSettings>, string]>([
    ["has no such column", () => early, { target: "Cracks" }, "no column Cracks; there are: Particle"],
    ["has a constant target", () => changed(early, { Damage: noise.map(() => 0.5) }), {}, "Damage is 0.5 in every row"],
    ["has no number in the target", () => changed(early, { Damage: noise.map(() => Number.NaN) }), {}, "0 of 600 rows"],
    ["has one row", () => particleTable({ Damage: [1], Contact: [1] }), {}, "1 of 1 rows can be used"],
    ["has no attribute", () => particleTable({ Damage: noise, Particle: noise }), {}, "no column is left"],
  ])("%s", (_, table, other, message) => {
    expect(() => prepare(table(), { ...settings, ...other })).toThrow(new RegExp(message));
  });

  it("loses rows and columns with missing numbers, and says so", () => {
    const holes = (share: number) => noise.map((value, k) => (k % 100 < 100 * share ? Number.NaN : value));
    const { notes, left, samples } = prepare(
      changed(early, {
        Contact: holes(0.5),
        "z [um]": holes(0.03),
        Elongation: noise.map(() => 2),
        Particle: noise.fill(7, 0, 2),
      }),
      settings,
    );
    expect(left).toContainEqual({ name: "Contact", reason: "50 % of its numbers are missing" });
    expect(left).toContainEqual({ name: "Elongation", reason: "the same in every row" });
    const twice = prepare(changed(early, { "Nominal coverage": noise, Coverage: noise.slice() }), settings);
    expect(twice.left).toContainEqual({ name: "Coverage", reason: "the same as Nominal coverage in every row" });
    expect(notes[0]).toContain("1 rows repeat the number");
    expect(notes.at(-1)).toMatch(/\d+ rows left out: an attribute is missing/);
    expect(samples.attributes.every(Number.isFinite)).toBe(true);
  });

  it("is drawn from when it is long", () => {
    const { samples, notes } = prepare(early, { ...settings, mostRows: 100 });
    expect(samples.rows).toBe(100);
    expect(notes.at(-1)).toBe("100 of 576 rows drawn at random.");
  });
});

describe("a table without neighbours", () => {
  const axis = Float64Array.from({ length: 27 }, (_, k) => 10 * (k % 3));
  const next = Float64Array.from({ length: 27 }, (_, k) => 10 * (Math.floor(k / 3) % 3));
  const last = Float64Array.from({ length: 27 }, (_, k) => 10 * Math.floor(k / 9));
  const radius = axis.map(() => 5);
  const lattice = particleTable({ "x [um]": axis, "y [um]": next, "z [um]": last, "Particle radius [um]": radius });

  it("gets what places and radii tell", () => {
    const { table, note } = withSurroundings(lattice);
    expect(note).toContain("Distance of six nearest [um]");
    // the middle of a cubic lattice of touching balls
    expect(table.columns.get("Coordination")![13]).toBe(6);
    expectNear(table.columns.get("Distance of six nearest [um]")![13], 10, 1e-9);
  });

  it("stays as it is without places, or with neighbours of its own", () => {
    expect(withSurroundings(particleTable({ "x [um]": axis, "Particle radius [um]": radius })).note).toBeNull();
    expect(withSurroundings(early).note).toBeNull();
  });
});

describe("columns by their names", () => {
  it.each<[string, Group | "identity" | "outcome"]>([
    ["x [um]", "position"],
    ["Z", "position"],
    ["Yaw [deg]", "position"],
    ["Electron density", "chemical"],
    ["Edensity", "chemical"],
    ["Homogeneity", "chemical"],
    ["Inner surface [um2]", "structure"],
    ["SurfOuter", "structure"],
    ["Volume [um3]", "structure"],
    ["r_eq_um", "structure"],
    ["Sphericity", "structure"],
    ["Vsratio", "structure"],
    ["RoughInner", "structure"],
    ["Native void fraction", "structure"],
    ["Coverage towards +x", "binder"],
    ["Patch direction z", "binder"],
    ["Damage increment", "outcome"],
    ["frac_free_faces_cbd", "binder"],
    ["Contact share", "local"],
    ["PDensity", "local"],
    ["pdensity_10um", "local"],
    ["DisNearest", "local"],
    ["nn1_um", "local"],
    ["Volume spread of six nearest [um3]", "local"],
    ["locSphericity", "local"],
    ["elong_std6", "local"],
    ["Coordination", "local"],
    ["frac_faces_particle", "local"],
    ["Orientation order of 6 nearest", "local"],
    ["Largest damage", "outcome"],
    ["Mean stoichiometry", "outcome"],
    ["Detachment", "outcome"],
    ["Charge passed [mAh/cm3]", "outcome"],
    ["label", "identity"],
    ["Particle ID", "identity"],
    ["particle_id", "identity"],
    ["Label number", "identity"],
    ["EDensity (paper)", "chemical"],
    ["Homogeneity (paper)", "chemical"],
    ["VolumeStd (paper)", "local"],
    ["SurfInner (paper)", "structure"],
    ["Volume (paper)", "structure"],
    ["Z (paper)", "position"],
    ["PDensity (paper)", "local"],
    ["Damage (paper)", "outcome"],
    ["Interface damage", "outcome"],
    ["Largest interface damage", "outcome"],
    ["Crack share", "outcome"],
    ["Touches edge", "identity"],
    ["My own column", "other"],
  ])("%s: %s", (name, role) => {
    expect(columnRole(name).role).toBe(role);
  });

  it.each(["EDensity", "SurfInner", "RoughInner", "Sphericity", "VSratio"])("%s leaks in both registers", (name) => {
    expect(columnRole(`${name} (paper)`)).toEqual(columnRole(name));
    expect(columnRole(`${name} (paper)`).leak).toBeDefined();
  });

  it("are compared without unit and signs", () => {
    expect(plainName("Mean distance to 6 nearest [um]")).toBe("meandistanceto6nearest");
    expect(columnRole("Inner surface [um2]").leak).toContain("cracks");
    expect(columnRole("Elongation").leak).toBeUndefined();
  });
});

describe("statistics of runs", () => {
  it("are what they are by definition", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([1, 2], 1)).toBe(2);
    const band = bandOf([1, 2, 3]);
    expect([band.mean, band.sd]).toEqual([2, 1]);
    expect(pearson(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 2, 3, 4))).toEqual({ r: 0, p: 1 });
    expectNear(rankCorrelation(Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(1, 4, 9, 16, 26)).r, 1, 1e-12);
  });

  it("join attributes only where all pairs are close", () => {
    const chain = Float64Array.of(1, 0.9, 0.2, 0.9, 1, 0.8, 0.2, 0.8, 1);
    expect(alikeAttributes(chain, 3)).toEqual([[0, 1]]);
    expect(alikeAttributes(Float64Array.of(1, -0.9, -0.9, 1), 2)).toEqual([[0, 1]]);
    expect(alikeAttributes(Float64Array.of(1, 0.5, 0.5, 1), 2)).toEqual([]);
  });

  it("are the same for the same seed, with either value function", async () => {
    const { samples } = prepare(early, settings);
    for (const shap of ["path-dependent", "interventional"] as const) {
      const own = { ...settings, shap, seeds: 1, subsamples: 1 };
      const runs = () => oneThread.all("contribution", samples, own, contributionParts(own, [[0, 1]]));
      expect(await runs()).toEqual(await runs());
      const [all, part] = await runs();
      expect(all.meanAbsShap).not.toEqual(part.meanAbsShap);
    }
  });

  it("add up the values of a set row by row", async () => {
    const { samples } = prepare(early, settings);
    const every = samples.names.map((_, k) => k);
    const parts = contributionParts({ ...settings, seeds: 1, subsamples: 0 }, [[2], [2, 3], every]);
    const [run] = await oneThread.all("contribution", samples, settings, parts);
    const { values, base, rows } = explainOnce(samples, settings, 0);
    const many = every.length;
    const mean = (of: (row: number) => number) =>
      Array.from({ length: rows }, (_, row) => Math.abs(of(row))).reduce((sum, value) => sum + value, 0) / rows;
    expectNear(run.ofSets[0], run.meanAbsShap[2], 1e-12);
    expectNear(
      run.ofSets[1],
      mean((row) => values[row * many + 2] + values[row * many + 3]),
      1e-12,
    );
    const predicted = predict(trainForest(samples, settings.forest, 0), samples);
    expectNear(
      run.ofSets[2],
      mean((row) => predicted[row] - base),
      1e-9,
    );
  });
});

describe("threads", () => {
  it("give the bits of one thread, however many there are", async () => {
    const quick = { ...settings, seeds: 2, subsamples: 1, forest: { ...settings.forest, trees: 3, maxLeaves: 8 } };
    const few = twoStates(80).early;
    const alone = await learnTable("early", few, quick);
    for (const jobs of [2, 3]) {
      const crew = crewOf(jobs);
      try {
        expect(await learnTable("early", few, quick, () => undefined, crew)).toEqual(alone);
      } finally {
        await crew.close();
      }
    }
  });

  it("say what failed in them", async () => {
    const crew = crewOf(2);
    const { samples } = prepare(early, settings);
    const broken = { ...settings, forest: { ...settings.forest, trees: 0 } };
    await expect(crew.all("outOfBag", samples, broken, [{ seed: 0 }])).rejects.toThrow("trees is 0");
    await crew.close();
  });
});

describe("what is no attribute", () => {
  const random = draws(3, "attributes");
  const rows = 40;
  const many = () => Float64Array.from({ length: rows }, () => random.uniform());
  const table = {
    ...particleTable({
      Damage: many(),
      "Depth of it": Float64Array.from({ length: rows }, (_, k) => k + 7),
      "Particle ID": many(),
      constructor: many(),
      __proto__x: many(),
      Contact: many(),
    }),
    words: ["Sample"],
    notes: ["Damage is an alias."],
  };
  const found = prepare(table, { ...settings, leaveOut: [], groups: {}, keepEdge: false, target: "Damage" });

  it("is told with its reason", () => {
    expect(found.left).toEqual([
      { name: "Depth of it", reason: "numbers the rows" },
      { name: "Particle ID", reason: "names the particle or its state" },
      { name: "Sample", reason: "holds words" },
    ]);
    expect(found.notes).toEqual(["Damage is an alias."]);
    expect(found.groups).toEqual(["other", "other", "local"]);
  });

  it("may be asked for all the same", () => {
    const asked = prepare(table, {
      ...settings,
      leaveOut: [],
      groups: { "Depth of it": "position" },
      keepEdge: false,
      target: "Damage",
    });
    expect(asked.samples.names[0]).toBe("Depth of it");
  });

  it("leaves the target's ranks where they are asked for", () => {
    const { samples } = prepare(table, {
      ...settings,
      leaveOut: [],
      groups: {},
      keepEdge: false,
      target: "Damage",
      ranks: true,
    });
    expect([...samples.target].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, k) => k / (rows - 1)));
    expectNear(rankCorrelation(Float64Array.from(samples.target), table.columns.get("Damage")!).r, 1, 1e-12);
  });
});
