import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readCycleStates } from "../../src/result/cycle-states.js";
import { disk } from "../../src/scenario/disk.js";
import { readText } from "../../src/scenario/document.js";
import { loadScenario } from "../../src/scenario/load.js";
import { readNumberColumns } from "../../src/table/number-columns.js";
import { columnOf, type ParticleTable, readParticleTable } from "../../src/table/particle-table.js";
import { say } from "../cli/said.js";
import { smallNetwork } from "./small-network.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-states-"));
const [file, results] = [join(folder, "small.yaml"), join(folder, "small")];
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  writeFileSync(file, smallNetwork);
  expect((await say("run", file, "--no-report", "--out", results)).status).toBe(0);
}, 60_000);

const column = (table: ParticleTable, name: string) => [...columnOf(table, name)];

it("are the particles at the ends of the charges asked for", () => {
  const [first, third] = readCycleStates(results, [1, 3]);
  const series = readNumberColumns(join(results, "particle_timeseries.csv"), [
    "Cycle",
    "Protocol step",
    "Interface damage",
  ]);
  const ends = (cycle: number) => {
    const rows = [...series["Interface damage"].keys()].filter(
      (k) => series.Cycle[k] === cycle && series["Protocol step"][k] === 0,
    );
    return rows.slice(-12).map((k) => series["Interface damage"][k]);
  };
  expect(column(first.table, "Interface damage")).toEqual(ends(1));
  expect(column(third.table, "Interface damage")).toEqual(ends(3));
  expect(column(third.table, "Interface damage").some((value) => value > 0)).toBe(true);
  expect(column(third.table, "Cycle")).toEqual(new Array(12).fill(3));
});

it("hold the damage that came since the state before", () => {
  const [first, third] = readCycleStates(results, [1, 3]);
  expect(column(first.table, "Interface damage increment")).toEqual(column(first.table, "Interface damage"));
  const before = column(first.table, "Interface damage");
  expect(column(third.table, "Interface damage increment")).toEqual(
    column(third.table, "Interface damage").map((value, k) => value - before[k]),
  );
});

it("keep places, patches and surroundings, and nothing that only the end knows", () => {
  const { table } = readCycleStates(results, [2])[0];
  const written = readParticleTable(readText(disk, join(results, "particles.csv"), 1e6));
  expect(written.names.filter((name) => !table.names.includes(name))).toEqual(["Charge passed [mAh/cm3]"]);
  for (const name of ["x [um]", "Coverage", "Contact", "Patch direction z"])
    expect(column(table, name)).toEqual(column(written, name));
  const { patch } = loadScenario(file).network!.packing;
  expect(column(table, "Patch direction y")).toEqual([...patch].filter((_, k) => k % 3 === 1));
});

it("are refused where the run has none", () => {
  expect(() => readCycleStates(results, [4])).toThrow("found cycle 4; the run finished the charges of cycles 1 to 3");
  expect(() => readCycleStates(results, [2, 2])).toThrow("found cycle 2 after 2; let them rise");
  expect(() => readCycleStates(folder, [1])).toThrow("found no manifest.json");
});

it("are what commands take with --cycle, from the folder or the table in it", async () => {
  const out = join(folder, "compared");
  const words = [
    "compare",
    join(results, "particles.csv"),
    "--cycle",
    "1,3",
    "--permutations",
    "19",
    "--resamples",
    "20",
  ];
  const { status, err } = await say(...words, "--out", out);
  expect(err).toContain("cycle 3");
  expect(status).toBe(0);
  expect(existsSync(join(out, "compare.json"))).toBe(true);
  expect(await say("learn", results, "--cycle", "0")).toMatchObject({ status: 2 });
  expect(await say("learn", results, "--cycle", "9")).toMatchObject({
    status: 2,
    err: expect.stringContaining("cycles 1 to 3"),
  });
});

const quick = ["--permutations", "9", "--resamples", "19"];
const measured = (name: string, column: string) => {
  const path = join(folder, `${name}.csv`);
  const rows = Array.from({ length: 12 }, (_, k) => `${5 * k},${(7 * k) % 11},${(3 * k) % 8},${(k % 5) / 10}`);
  writeFileSync(path, `${["x [um],y [um],z [um]", column].join(",")}\n${rows.join("\n")}\n`);
  return path;
};

it("stand beside measured tables, like beside like", async () => {
  const out = join(folder, "compared");
  const { status, out: said } = await say(
    "compare",
    results,
    measured("seen", "Detachment"),
    "--cycle",
    "1,3",
    ...quick,
    "--out",
    out,
  );
  expect(status).toBe(0);
  expect(said).toContain("small, cycle 3: Interface damage, the state of a particle's interface");
  expect(said).toContain("seen: Detachment, the share of a particle's outside");
});

it("are refused beside the share of cracks, but for ranks", async () => {
  const cracks = measured("cracks", "Damage");
  const out = join(folder, "refused");
  const refused = await say("compare", results, cracks, "--cycle", "1", ...quick, "--out", out);
  expect(refused).toMatchObject({ status: 2, err: expect.stringContaining("found different quantities") });
  expect(refused.err).toContain("compare ranks only with --ranks");
  expect(existsSync(out)).toBe(false);
  const ranks = await say("compare", results, cracks, "--cycle", "1", "--ranks", ...quick, "--out", out, "--json");
  const record = JSON.parse(ranks.out);
  expect([ranks.status, record.columns, record.differences]).toEqual([0, ["Interface damage", "Crack share"], []]);
  expect(record.tests.every(({ name }: { name: string }) => /Moran|severe/.test(name))).toBe(true);
  expect(record.leftOut[0]).toContain("only ranks were asked for");
});

it("are asked of a run", async () => {
  const [one, two] = [measured("one", "Crack share"), measured("two", "Crack share")];
  expect(await say("compare", one, two, "--cycle", "1")).toMatchObject({
    status: 2,
    err: expect.stringContaining("--cycle: found no run"),
  });
});

it("are read with the names that older runs have", () => {
  const path = join(results, "particle_timeseries.csv");
  const kept = readFileSync(path, "utf8");
  writeFileSync(path, kept.replace("Interface damage,Largest interface damage", "Damage,Largest damage"));
  const [old] = readCycleStates(results, [1]);
  writeFileSync(path, kept);
  const [now] = readCycleStates(results, [1]);
  expect(column(old.table, "Interface damage")).toEqual(column(now.table, "Interface damage"));
});
