import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Collaborators } from "../../src/cli/collaborators.js";
import { writeVtu } from "../../src/fem/mesh/vtu.js";
import { columnNames } from "../../src/result/column.js";
import { timeseries } from "../../src/result/timeseries.js";
import { columnOf, readParticleTable } from "../../src/table/particle-table.js";
import { type FakeOptions, fakeSimulation } from "../scenario/fake-simulation.js";
import { right } from "../scenario/malformed.js";
import { saidBy } from "./said.js";

let folder: string;
let scenario: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "synchrode-run-"));
  scenario = join(folder, "two.yaml");
  writeFileSync(scenario, right.replace("repeat: 2", "repeat: 3"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Work with a fake solver; `stopAfter` frames it sends the process what Ctrl-C sends. */
function fake(options: FakeOptions & { stopAfter?: number } = {}): Collaborators {
  return {
    start(own, from) {
      const simulation = fakeSimulation(own, from, options);
      let frames = 0;
      return {
        ...simulation,
        advance() {
          if (frames++ === options.stopAfter) process.emit("SIGINT");
          return simulation.advance();
        },
      };
    },
    encodeFields: writeVtu,
    buildReport: async (_folders, out) => writeFileSync(out, "<html></html>"),
  };
}

const run = (words: string[], work: Collaborators = fake()) => saidBy(["run", scenario, ...words], work);

const at = (name: string, file: string) => join(folder, name, file);
const text = (name: string, file: string) => readFileSync(at(name, file), "utf8");
const json = (name: string, file: string) => JSON.parse(text(name, file));
const into = (name: string) => ["--out", join(folder, name)];

/** All that a resumed run must repeat in the same bits. */
function bits(name: string) {
  const { seconds: _, ...summary } = json(name, "summary.json");
  const series = ["timeseries.csv", "particle_timeseries.csv", "particles.csv", "fields/fields.pvd"];
  return { summary, ...Object.fromEntries(series.map((file) => [file, text(name, file)])) };
}

describe("synchrode run", () => {
  it("writes the results folder and tells the synchronisation", async () => {
    const { status, out, err } = await run(into("a"));
    expect(status).toBe(0);
    expect(out).toContain("Lithium spread");
    expect(err).toContain("report.html");
    expect(readdirSync(join(folder, "a")).sort()).toEqual([
      "checkpoint.bin",
      "fields",
      "manifest.json",
      "particle_timeseries.csv",
      "particles.csv",
      "report.html",
      "summary.json",
      "timeseries.csv",
    ]);
    expect(json("a", "manifest.json")).toMatchObject({
      status: "done",
      seed: 1,
      backend: { requested: "auto", ran: "webasm" },
    });
    expect(json("a", "summary.json")).toMatchObject({ cycles: 3, steps: 24, unknowns: 12, backend: "webasm" });
    expect(text("a", "timeseries.csv").split("\n")[0]).toBe(columnNames(timeseries).join(","));
    expect(text("a", "timeseries.csv").trim().split("\n")).toHaveLength(1 + 24);
    expect(text("a", "particle_timeseries.csv").trim().split("\n")).toHaveLength(1 + 48);
    expect(text("a", "fields/fields.pvd")).toContain('file="cycle-0001-charge-quarter-1.vtu"');
    expect(existsSync(at("a", "fields/cycle-0003-discharge.vtu"))).toBe(true);
  });

  it("measures the end of charge and the charge passed", async () => {
    await run(into("a"));
    const rows = text("a", "particle_timeseries.csv")
      .trim()
      .split("\n")
      .map((row) => row.split(","));
    const [cycle] = json("a", "summary.json").perCycle;
    const ended = rows.slice(1 + 3 * 2, 1 + 4 * 2).map((row) => Number(row[5]));
    const moved = ended.map((s) => 0.85 - s);
    const spread = Math.abs(ended[0] - ended[1]) / ((moved[0] + moved[1]) / 2);
    expect(Math.abs(cycle.lithium / spread - 1)).toBeLessThan(1e-12);
    const table = readParticleTable(text("a", "particles.csv"));
    const passed = columnOf(table, "Charge passed [mAh/cm3]")[0];
    const s = rows
      .slice(1)
      .filter((row) => row[4] === "1")
      .map((row) => Number(row[5]));
    const total = s.reduce((sum, value, k) => sum + Math.abs(value - (k === 0 ? 0.85 : s[k - 1])), 0);
    expect(Math.abs(passed / ((total * 96485.33212 * 51765) / 3.6e6) - 1)).toBeLessThan(1e-12);
  });

  it("says when surfaces left the range in which the potential is known", async () => {
    expect((await run(into("a"))).out).not.toContain("Particles ran");
    const known = "openCircuitPotential: { table: { stoichiometry: [0.7, 0.95], values: [4 V, 3.5 V] } }";
    writeFileSync(scenario, right.replace("  set: ORegan2022", `  set: ORegan2022\n  ${known}`));
    const said = (await run(into("b"))).out.split("\n").filter((line) => line.includes("Particles ran"));
    expect(said).toHaveLength(1);
    expect(json("b", "summary.json").range).toMatchObject({ measured: [0.7, 0.95], inside: false });
  });

  it("prints the summary as JSON", async () => {
    const { out } = await run([...into("a"), "--json"]);
    expect(JSON.parse(out)).toEqual(json("a", "summary.json"));
  });

  it("stops on Ctrl-C, and ends in the same bits when it goes on", async () => {
    await run(into("whole"));
    for (const stopAfter of [1, 5, 8, 13, 22]) {
      const name = `stopped-${stopAfter}`;
      const stopped = await run(into(name), fake({ stopAfter }));
      expect(stopped.status).toBe(1);
      expect(stopped.err).toContain(`--out ${join(folder, name)} --resume`);
      expect(json(name, "manifest.json").status).toBe("stopped");
      expect(existsSync(at(name, "particles.csv"))).toBe(true);
      expect(await run([...into(name), "--resume"])).toMatchObject({ status: 0 });
      expect(bits(name)).toEqual(bits("whole"));
      expect(json(name, "manifest.json")).toMatchObject({ status: "done", resumed: stopAfter < 4 ? 0 : 1 });
    }
  });

  it("keeps and marks what was computed when the solver gives up, and goes on from there", async () => {
    await run(into("whole"));
    const { status, err } = await run(into("a"), fake({ failAt: 14 }));
    expect(status).toBe(1);
    expect(err).toContain("no step was small enough");
    expect(json("a", "manifest.json")).toMatchObject({ status: "failed", message: expect.stringContaining("cycle 2") });
    expect(json("a", "summary.json")).toMatchObject({ cycles: 2, steps: 14 });
    expect((await run([...into("a"), "--resume"])).status).toBe(0);
    expect(bits("a")).toEqual(bits("whole"));
  });

  it("ends well, and says why, where the cell comes to its limit", async () => {
    const { status, out, err } = await run(into("a"), fake({ limitAt: 14 }));
    expect(status).toBe(0);
    const message = expect.stringMatching(
      /^The cell came to its limit in cycle 2 at \S+ s after 14 steps: particle 2 is full$/,
    );
    const ending = { status: "ended-by-limit", message };
    expect(json("a", "manifest.json")).toMatchObject(ending);
    expect(json("a", "summary.json")).toMatchObject({ steps: 14, ending });
    for (const said of [out, err]) expect(said).toContain("The cell came to its limit");
  });

  it("keeps and marks what was computed when the solver throws", async () => {
    const { status, err } = await run(into("a"), fake({ throwAt: 6 }));
    expect(status).toBe(1);
    expect(err).toContain("the fake solver broke");
    expect(err).not.toMatch(/^\s+at /m);
    expect(json("a", "manifest.json").status).toBe("failed");
    expect(text("a", "timeseries.csv").trim().split("\n")).toHaveLength(1 + 6);
  });

  it("goes on after a kill that left half a row behind the checkpoint", async () => {
    await run(into("whole"));
    await run(into("a"), fake({ stopAfter: 9 }));
    const file = at("a", "particle_timeseries.csv");
    writeFileSync(file, `${readFileSync(file, "utf8").slice(0, -20)}${"7,".repeat(5000)}`);
    expect((await run([...into("a"), "--resume"])).status).toBe(0);
    expect(bits("a")).toEqual(bits("whole"));
  });

  it("refuses to go on with another scenario, a damaged checkpoint, or shortened files", async () => {
    await run(into("a"), fake({ stopAfter: 9 }));
    writeFileSync(scenario, right.replace("repeat: 2", "repeat: 3").replace("0.2 ohm", "0.3 ohm"));
    expect(await run([...into("a"), "--resume"])).toMatchObject({
      status: 2,
      err: expect.stringContaining("another scenario"),
    });
    writeFileSync(scenario, right.replace("repeat: 2", "repeat: 3"));
    const kept = readFileSync(at("a", "checkpoint.bin"));
    const damaged = Buffer.from(kept);
    damaged[kept.length - 40] ^= 1;
    writeFileSync(at("a", "checkpoint.bin"), damaged);
    expect(await run([...into("a"), "--resume"])).toMatchObject({ status: 2, err: expect.stringContaining("damaged") });
    writeFileSync(at("a", "checkpoint.bin"), kept);
    writeFileSync(at("a", "timeseries.csv"), "Time [s]\n");
    expect(await run([...into("a"), "--resume"])).toMatchObject({
      status: 2,
      err: expect.stringContaining("timeseries.csv"),
    });
  });

  it("refuses a folder with other people's files", async () => {
    writeFileSync(join(folder, "precious.txt"), "mine");
    expect(await run(["--out", folder])).toMatchObject({ status: 2, err: expect.stringContaining("no result") });
    expect(readFileSync(join(folder, "precious.txt"), "utf8")).toBe("mine");
  });

  it("says why another backend than the one asked for runs", async () => {
    const { status, err } = await run([...into("a"), "--backend", "webgpu"]);
    expect(status).toBe(0);
    expect(err).toContain("double precision");
    expect(json("a", "manifest.json").backend).toMatchObject({ requested: "webgpu", ran: "webasm" });
    expect((await run([...into("b"), "--backend", "abacus"])).status).toBe(2);
  });
});
