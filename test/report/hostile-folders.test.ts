import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { writeTiff } from "../../src/imaging/volume/tiff-writer.js";
import { volume } from "../../src/imaging/volume/volume.js";
import { inert } from "../../src/result/result-text.js";
import { say } from "../cli/said.js";
import { scratchFolder } from "../scratch-folder.js";
import { writeResultFolder } from "./result-folder.js";

const { folder, written } = scratchFolder();

/** What would run, load or lead away, in text and in attributes. */
const payload = `"><img src=x onerror=alert(1)><meta http-equiv="refresh" content="0;url=//evil"><script>alert(1)</script>`;
const opened = /<(?:img src=x|meta http-equiv="?refresh|script>alert)/i;

const kinds = ["run", "fit", "compare", "learn", "sweep", "segment", "measure", "vegard"] as const;

async function done(...words: readonly string[]): Promise<void> {
  const { status, err } = await say(...words);
  expect(status, err).toBe(0);
}

/** Pictures of each kind, of which the first stands for all. */
const pictureOf = (kind: string) => (kind === "vegard" ? "maps-1.tif" : "slices/0000.png");

/** A folder of results of each kind, as the program writes them. */
beforeAll(async () => {
  const at = (name: string) => join(folder, name);
  writeResultFolder(at("run"), { cycles: 4, steps: 6 });
  const rows = Array.from({ length: 12 }, (_, k) => `${0.3 + 0.05 * k},${4.2 - 0.04 * k + 0.001 * (k % 3)}`);
  written("ocp.csv", `s,U [V]\n${rows.join("\n")}\n`);
  const fit = `predict: { kind: ocp, steps: 0 }
data: { cell: { file: ocp.csv, columns: { stoichiometry: s, voltage: "U [V]" } } }
parameters: { offset: { from: 3 V, to: 5 V }, slope: { from: -3 V, to: 0 V } }
method: { kind: levenberg-marquardt, profiles: 2 }
`;
  await done("fit", written("fit.yaml", fit), "--out", at("fit"), "--no-report");
  const [early, late] = ["scenarios/tables/planted-early.csv", "scenarios/tables/planted-late.csv"];
  const few = ["--permutations", "19", "--resamples", "20"];
  await done("compare", early, late, "--out", at("compare"), ...few);
  const small = ["--runs", "1", "--latent", "0", "--rows", "120", "--subsample", "100", "--jobs", "1"];
  await done("learn", early, "--out", at("learn"), ...small);
  mkdirSync(at("sweep"));
  writeFileSync(join(at("sweep"), "sweep.json"), JSON.stringify(sweep));
  const cells = Array.from({ length: 4 }, (_, k) => `${k + 1},${k % 2},w${k >> 1},done,ab${k},${0.1 * k + 0.05}`);
  writeFileSync(
    join(at("sweep"), "runs.csv"),
    `Run,rate,Word,Status,Scenario SHA-256,Mean damage\n${cells.join("\n")}\n`,
  );
  await measuredFolders(at);
  await done("vegard", written("stack.yaml", stack), ...quickly, "--out", at("vegard"));
  for (const kind of kinds) expect(await pageOf(at(kind)), kind).not.toBeNull();
}, 240_000);

const means = [0, 1].map((level) => ({ level, mean: 0.1 + 0.2 * level, runs: 2, deviation: 0.1, low: 0, high: 1 }));
const effect = { input: "rate", unit: "1C", share: 0.5, means, absent: [], rho: 0.4 };
const sweep = {
  ...{ version: "0.1.0", title: "Sweep", status: "done", sweepFile: "sweep.yaml", scenarioFile: "s.yaml" },
  ...{ design: "grid", samples: null, replicates: 1 },
  axes: [
    { key: "rate", name: "rate", columns: { number: "rate", word: null }, drawn: false },
    { key: "word", name: "word", columns: { number: null, word: "Word" }, drawn: false },
  ],
  metrics: [{ name: "meanDamageLast", column: "Mean damage" }],
  runs: { total: 4, scenarios: 4, done: 3, failed: 1, open: 0 },
  effects: [
    { metric: "meanDamageLast", column: "Mean damage", known: 4, effects: [effect, { ...effect, input: "word" }] },
  ],
  rule: {
    ...{ output: "Mean damage", input: "rate", advice: "lower", best: means[0], worst: means[1], share: 0.5 },
    sentence: "A lower rate lowers the damage.",
  },
  failures: [{ run: 1, scenario: "s.yaml", reason: "no" }],
  inputs: [],
};

const quickly = ["--degree", "1", "--order", "1", "--block", "4"];
const stack = `title: Two made-up particles
pixelSize: 10 nm
state: planeStress
stiffness: { empty: FePO4, full: LiFePO4 }
synthetic: { particles: 2, pixels: 18, law: { first: [0.05], second: [-0.02] }, strainNoise: 0.001, seed: 1 }
`;

/** Folders of segment and measure: 27 cubes of which most have a crack, grey levels, a calibration and a card. */
async function measuredFolders(at: (name: string) => string): Promise<void> {
  const place = (i: number) => [Math.floor(i / 441), Math.floor(i / 21) % 21, i % 21] as const;
  const inside = (i: number) => place(i).every((k) => k % 7 > 0 && k % 7 < 6);
  const crack = (i: number) => place(i)[2] % 7 === 3 && place(i)[1] % 7 < 1 + (Math.floor(i / 21 / 7 / 3) % 5);
  const voxels = (of: (i: number) => number) => {
    const values = Uint8Array.from({ length: 21 ** 3 }, (_, i) => of(i));
    return volume(values, [21, 21, 21], [0.4, 0.4, 0.4]);
  };
  const number = (i: number) => place(i).reduce((sum, k) => 3 * sum + Math.floor(k / 7), 0) + 1;
  const [phases, labels, grey] = ["cubes.tif", "labels.tif", "grey.tif"].map((name) => join(folder, name));
  writeTiff(
    phases,
    voxels((i) => (inside(i) && !crack(i) ? 1 : place(i)[1] % 7 === 0 ? 2 : 0)),
  );
  writeTiff(
    labels,
    voxels((i) => (inside(i) ? 3 * number(i) : 0)),
  );
  writeTiff(
    grey,
    voxels((i) => (inside(i) && !crack(i) ? 150 + ((7 * i) % 11) + place(i)[0] : 20)),
  );
  written(
    "cubes.card.yaml",
    "sample: cubes\nchemistry: NMC811\ncycling: pristine\nsource: made up\nlicence: CC0-1.0\nnotes: none\n",
  );
  const calibration = written("calibration.yaml", known);
  await done("segment", phases, "--out", at("segment"));
  const more = ["--grey", grey, "--calibration", calibration, "--margin", "0.1 um"];
  await done("measure", phases, labels, ...more, "--out", at("measure"));
}

const known = `material: NMC811
source: made up
references:
  - { name: air, greyLevel: 20, deviation: 0.5, electronDensity: 0 1/angstrom^3 }
  - { name: metal, greyLevel: 160, deviation: 0.5, electronDensity: 1.3 1/angstrom^3 }
states:
  - { stoichiometry: 0.9, electronDensity: 1.36 1/angstrom^3, deviation: 0.005 1/angstrom^3 }
  - { stoichiometry: 0.4, electronDensity: 1.2 1/angstrom^3, deviation: 0.005 1/angstrom^3 }
unseenVoid: 0.005
composition: 0.002
`;

async function pageOf(copy: string): Promise<string | null> {
  const { status } = await say("report", copy);
  return status === 0 ? readFileSync(join(copy, "report.html"), "utf8") : null;
}

/** A copy with one file changed, gone before the next. */
function changed(kind: string, file: string, change: (text: string) => string | null): string {
  const copy = join(folder, "copy");
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(folder, kind), copy, { recursive: true });
  const text = change(readFileSync(join(folder, kind, file), "latin1"));
  if (text === null) rmSync(join(copy, file));
  else writeFileSync(join(copy, file), text, "latin1");
  return copy;
}

/** What no page reads. */
const unread = /^(\.|contacts|radial-)/;

const filesOf = (kind: string) =>
  readdirSync(join(folder, kind), { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(json|csv)$/.test(entry.name) && !unread.test(entry.name))
    .map(({ name }) => name);

const damages: Readonly<Record<string, (text: string) => string | null>> = {
  absent: () => null,
  empty: () => "",
  "cut off": (text) => text.slice(0, Math.floor(text.length / 2)),
  "a list": () => "[]",
  "an empty mapping": () => "{}",
  null: () => "null",
  "words for numbers": (text) =>
    text.replace(/\d+(?:\.\d+)?/g, (digits, at: number) => (at % 3 === 0 ? '"x"' : digits)),
  "mappings for lists": (text) => text.replaceAll("[", "{").replaceAll("]", "}"),
  "nothing for numbers": (text) => text.replace(/: ?\d+(?:\.\d+)?/g, ": null"),
};

/** The page of segment is that of measure, with less on it: of its damages some stand for all. */
const damagesOf = (kind: string) => (kind === "segment" ? ["cut off", "nothing for numbers"] : Object.keys(damages));

describe.each(kinds)("a damaged folder of %s", (kind) => {
  it.each(damagesOf(kind))("with a file that is %s ends in a page or in one message", async (how) => {
    for (const file of filesOf(kind)) {
      const { status, err } = await say("report", changed(kind, file, damages[how]));
      expect([0, 2], `${file}: ${err}`).toContain(status);
      expect(err).not.toMatch(/\n\s+at |undefined is not|Cannot read properties/);
      if (status === 2) expect(err.trim().split("\n").length, err).toBeLessThanOrEqual(2);
    }
  });
});

describe.each(kinds.filter((kind) => kind !== "segment"))("a folder of %s from somebody hostile", (kind) => {
  /** Every leaf of a file that `pick` chooses says the payload instead. */
  const injected = (text: string, file: string, pick: (value: unknown, key: string) => boolean): string => {
    if (file.endsWith(".json"))
      return JSON.stringify(JSON.parse(text, (key, value: unknown) => (pick(value, key) ? payload : value)));
    const quoted = `"${payload.replaceAll('"', '""')}"`;
    return text.replace(/(?<=,|\n)([A-Za-z][^,\n]*)/g, (word) => (pick(word, word) ? quoted : word));
  };

  /** Keys of a file whose values are of a type, places in lists left out. */
  const keysOf = (file: string, type: "string" | "number"): readonly string[] => {
    const found = new Set<string>();
    JSON.parse(readFileSync(join(folder, kind, file), "utf8"), (key, value: unknown) => {
      if (typeof value === type && !/^\d+$/.test(key)) found.add(key);
      return value;
    });
    return [...found];
  };

  /** So many keys that make no page together are left at that: most numbers are needed for it. */
  const few = { string: 1, number: 8 };

  /** Those of keys that open an element: all at once, and in halves where together they make no page or open one. */
  async function opening(file: string, keys: readonly string[], type: "string" | "number"): Promise<readonly string[]> {
    if (keys.length === 0) return [];
    const picked = (value: unknown, key: string) => typeof value === type && keys.includes(key);
    const page = await pageOf(changed(kind, file, (text) => injected(text, file, picked)));
    if (page !== null && !opened.test(page)) return [];
    if (keys.length === 1 || (page === null && keys.length <= few[type])) return page === null ? [] : keys;
    const half = Math.ceil(keys.length / 2);
    return [...(await opening(file, keys.slice(0, half), type)), ...(await opening(file, keys.slice(half), type))];
  }

  it("gets no element of its own into the page by any text, nor by texts where numbers are due", async () => {
    for (const file of filesOf(kind).filter((name) => name.endsWith(".json")))
      for (const type of ["string", "number"] as const)
        expect(await opening(file, keysOf(file, type), type), `${file}: ${type}s`).toEqual([]);
  }, 240_000);

  it("neither by the words of its tables, or the name of a column", async () => {
    for (const file of filesOf(kind).filter((name) => name.endsWith(".csv"))) {
      const [head = "", ...rows] = readFileSync(join(folder, kind, file), "utf8").split("\n");
      const inRows = () => `${head}\n${injected(`\n${rows.join("\n")}`, file, () => true).slice(1)}`;
      const inHead = () => [head.replace(/[^,]+$/, `"${payload.replaceAll('"', '""')}"`), ...rows].join("\n");
      for (const change of [inRows, inHead])
        expect((await pageOf(changed(kind, file, change))) ?? "").not.toMatch(opened);
    }
  });
});

describe.each(["measure", "vegard"])("a folder of %s with a damaged picture", (kind) => {
  it.each(["absent", "empty", "cut off"])("that is %s ends in a page or in one message", async (how) => {
    const { status, err } = await say("report", changed(kind, pictureOf(kind), damages[how]));
    expect([0, 2], err).toContain(status);
    expect(err).not.toMatch(/\n\s+at |undefined is not|Cannot read properties/);
    if (status === 2) expect(err.trim().split("\n").length, err).toBeLessThanOrEqual(2);
  });
});

describe("texts of results", () => {
  it("cannot open an element, and keep what opens none", () => {
    expect(inert("p < 0.05 and a<b, <3")).toBe("p < 0.05 and a‹b, <3");
    expect(inert(payload)).not.toMatch(/<[a-z/!?]/i);
  });

  it("are under a policy that neither forms nor bases may leave", async () => {
    const { status } = await say("report", join(folder, "run"));
    expect(status).toBe(0);
    const page = readFileSync(join(folder, "run", "report.html"), "utf8");
    expect(page).toContain("form-action 'none'; base-uri 'none'");
    expect(page).toContain("default-src 'none'");
  });
});

describe("a page about several runs", () => {
  it("leaves the first run's own page as it is", async () => {
    writeResultFolder(join(folder, "first"), { cycles: 3, steps: 5 });
    writeResultFolder(join(folder, "off"), { cycles: 3, steps: 5, feedback: "off" });
    await say("report", join(folder, "first"));
    const own = readFileSync(join(folder, "first", "report.html"), "utf8");
    const { status, out } = await say("report", join(folder, "first"), join(folder, "off"));
    expect(status).toBe(0);
    expect(out).toContain("comparison.html");
    expect(readFileSync(join(folder, "first", "report.html"), "utf8")).toBe(own);
    expect(readFileSync(join(folder, "first", "comparison.html"), "utf8")).not.toBe(own);
  });
});
