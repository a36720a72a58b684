import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Collaborators } from "../../src/cli/collaborators.js";
import { liveHolders } from "../../src/folder/lock.js";
import { columnCells, readSeparated } from "../../src/table/separated.js";
import { bundledProgram } from "../bundled-program.js";
import { saidBy } from "../cli/said.js";
import { right as scenario } from "../scenario/malformed.js";
import { started, until } from "../started-program.js";
import { fakeWork } from "./fake-main.js";

const fakeProgram = await bundledProgram("test/sweep/fake-main.ts");
const fake: Collaborators = { ...fakeWork, worker: fakeProgram };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "synchrode-sweep-"));
  writeFileSync(join(folder, "two.yaml"), scenario);
  delete process.env.FAKE_STEP_MS;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** 64 runs: eight feedbacks, four rates, two seeds. */
const sixtyFour = `title: Sixty-four
scenario: two.yaml
set: { protocol.repeat: 3, outputs.fieldCycles: [] }
replicates: 2
axes:
  feedback.resistance: { from: 0.1 ohm m^2, to: 0.8 ohm m^2, steps: 8 }
  protocol.steps.0.charge.rate: { values: [1C, 2C, 5C, 10C] }
`;

const sixteen = sixtyFour.replace("replicates: 2", "replicates: 1").replace("steps: 8", "steps: 4");

const few = `scenario: two.yaml
set: { outputs.fieldCycles: [] }
axes: { feedback.resistance: { values: [0.1 ohm m^2, 0.2 ohm m^2, 0.3 ohm m^2] } }
`;

function written(text: string): string {
  const path = join(folder, "sweep.yaml");
  writeFileSync(path, text);
  return path;
}

const sweep = (text: string, name: string, words: string[] = [], work: Collaborators = fake) =>
  saidBy(["sweep", written(text), "--out", join(folder, name), ...words], work);

const at = (name: string, file: string) => join(folder, name, file);
const tables = (name: string) =>
  ["runs.csv", "runs.parquet", "sweep.json"].map((file) => readFileSync(at(name, file)).toString("base64"));
const table = (name: string) => readSeparated(readFileSync(at(name, "runs.csv"), "utf8"));

/** Processes that hold a run at this moment; those whose run could go on from a checkpoint, if wanted. */
function workers(name: string, withCheckpoint = false): number[] {
  if (!existsSync(at(name, "runs"))) return [];
  const far = (run: string) => existsSync(at(name, `runs/${run}/checkpoint.bin`));
  const runs = readdirSync(at(name, "runs")).filter((run) => !withCheckpoint || far(run));
  return runs.flatMap((run) => liveHolders(at(name, `runs/${run}`)).map(({ pid }) => pid));
}

/** The sweep as a process of its own. */
const startedSweep = (name: string, ...words: string[]) =>
  started(fakeProgram, ["sweep", join(folder, "sweep.yaml"), "--out", join(folder, name), ...words]);

const finished = (name: string) =>
  existsSync(at(name, "runs"))
    ? readdirSync(at(name, "runs")).filter((entry) => existsSync(at(name, `runs/${entry}/summary.json`))).length
    : 0;

describe("synchrode sweep", () => {
  it("runs every point, keeps it under its hash, and gathers one table, as CSV and as Parquet", async () => {
    const { status, out, err } = await sweep(few, "a", ["--jobs", "1"]);
    expect(status).toBe(0);
    expect(out).toContain("3 runs: 3 done, 0 failed, 0 open");
    expect(err).toContain("runs.csv");
    const runs = table("a");
    expect(columnCells(runs, "feedback.resistance [ohm m^2]")).toEqual(["0.1", "0.2", "0.3"]);
    expect(columnCells(runs, "Status")).toEqual(["done", "done", "done"]);
    for (const hash of columnCells(runs, "Scenario SHA-256"))
      expect(JSON.parse(readFileSync(at("a", `runs/${hash}/manifest.json`), "utf8")).scenarioSha256).toBe(hash);
    const summary = JSON.parse(
      readFileSync(at("a", `runs/${columnCells(runs, "Scenario SHA-256")[0]}/summary.json`), "utf8"),
    );
    expect(columnCells(runs, "Last lithium spread")[0]).toBe(String(summary.spread.lithiumLast));
    expect(columnCells(runs, "First end voltage [V]")[0]).toBe(String(summary.perCycle[0].voltage));
    expect(readFileSync(at("a", "report.html"), "utf8")).toContain('id="responses"');
    expect(readdirSync(at("a", "")).sort()).toEqual([
      ".synchrode.json",
      "report.html",
      "runs",
      "runs.csv",
      "runs.parquet",
      "sweep.json",
      "timings.csv",
    ]);
    const bytes = readFileSync(at("a", "runs.parquet"));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(3);
    expect(Object.keys(rows[0])).toEqual(runs.names);
    for (const [k, row] of rows.entries())
      for (const name of runs.names) expect(String(row[name] ?? "")).toBe(columnCells(runs, name)[k]);
  });

  it("never computes a run again, and an extension only what is new", async () => {
    await sweep(few, "a", ["--jobs", "1"]);
    const [before, hash] = [tables("a"), columnCells(table("a"), "Scenario SHA-256")];
    const times = hash.map((each) => statSync(at("a", `runs/${each}/manifest.json`)).mtimeMs);
    const again = await sweep(few, "a", ["--resume"]);
    expect(again).toMatchObject({ status: 0, err: expect.stringContaining("3 of 3 runs are in") });
    expect(tables("a")).toEqual(before);
    const more = await sweep(few.replace("0.3 ohm m^2]", "0.3 ohm m^2, 0.4 ohm m^2]"), "a", ["--jobs", "1"]);
    expect(more.out).toContain("4 runs: 4 done");
    expect(hash.map((each) => statSync(at("a", `runs/${each}/manifest.json`)).mtimeMs)).toEqual(times);
    expect(columnCells(table("a"), "Scenario SHA-256").slice(0, 3)).toEqual(hash);
  });

  it("records failures with their reasons, and goes on", async () => {
    const text = few.replace("0.2 ohm m^2, 0.3", "0.66 ohm m^2, 0.77 ohm m^2, 0.3");
    const { status, err } = await sweep(text, "a", ["--jobs", "1"]);
    expect(status).toBe(1);
    expect(err).toContain("2 runs failed");
    const runs = table("a");
    expect(columnCells(runs, "Status")).toEqual(["done", "failed", "failed", "done"]);
    expect(columnCells(runs, "Reason")).toEqual([
      "",
      expect.stringContaining("no step was small enough"),
      expect.stringContaining("cannot begin"),
      "",
    ]);
    expect(columnCells(runs, "Last end voltage [V]")[1]).toBe("");
    expect(readFileSync(at("a", "report.html"), "utf8")).toContain('id="failures"');
    const before = tables("a");
    expect((await sweep(text, "a")).status).toBe(1);
    expect(tables("a")).toEqual(before);
  });

  it("gives the same bits with three workers killed, the sweep killed, and one worker or two", async () => {
    const whole = await sweep(sixtyFour, "whole", ["--jobs", "2"]);
    expect(whole.status).toBe(0);
    expect(new Set(columnCells(table("whole"), "Scenario SHA-256")).size).toBe(64);
    process.env.FAKE_STEP_MS = "4";
    written(sixtyFour);
    const first = startedSweep("broken", "--jobs", "2");
    for (const [kill, begun] of [6, 14, 20].entries()) {
      let pids: number[] = [];
      await until(
        () => {
          pids = finished("broken") >= begun ? workers("broken", true) : [];
          return pids.length > 0;
        },
        `worker ${kill + 1}`,
      );
      process.kill(pids[kill % pids.length], "SIGKILL");
      await until(() => first.said().split("is taken again").length > kill + 1, "the run to be taken again");
    }
    await until(() => finished("broken") >= 30, "half of the runs");
    first.child.kill("SIGKILL");
    await first.ended;
    expect(existsSync(at("broken", "runs.csv"))).toBe(false);
    const kept = finished("broken");
    const second = startedSweep("broken", "--jobs", "1", "--resume");
    expect(await second.ended).toBe(0);
    expect(second.said()).toMatch(new RegExp(`(${kept}|${kept - 1}|${kept + 1}|${kept + 2}) of 64 runs are in`));
    expect(tables("broken")).toEqual(tables("whole"));
    expect(workers("broken")).toEqual([]);
    const resumed = readFileSync(at("broken", "timings.csv"), "utf8").trim().split("\n").slice(1);
    expect(resumed.some((row) => Number(row.split(",")[3]) > 0)).toBe(true);
  }, 400_000);

  it("stops cleanly on Ctrl-C, says how to go on, and goes on", async () => {
    await sweep(sixteen, "whole", ["--jobs", "2"]);
    process.env.FAKE_STEP_MS = "4";
    written(sixteen);
    const first = startedSweep("stopped", "--jobs", "2");
    await until(() => finished("stopped") >= 3, "three runs");
    first.child.kill("SIGINT");
    expect(await first.ended).toBe(1);
    expect(first.said()).toContain(`--out ${join(folder, "stopped")} --resume`);
    expect(workers("stopped")).toEqual([]);
    expect(columnCells(table("stopped"), "Status")).toContain("open");
    delete process.env.FAKE_STEP_MS;
    expect(await sweep(sixteen, "stopped", ["--jobs", "2", "--resume"])).toMatchObject({ status: 0 });
    expect(tables("stopped")).toEqual(tables("whole"));
  });

  it("gives up on workers that do not start, and refuses other people's folders and a second sweep", async () => {
    const broken = { ...fakeWork, worker: { module: join(folder, "none.js"), execArgv: ["--no-warnings"] } };
    writeFileSync(join(folder, "none.js"), "process.exit(3);");
    expect(await sweep(few, "a", ["--jobs", "1"], broken)).toMatchObject({
      status: 1,
      err: expect.stringContaining("in a row ended before they were ready"),
    });
    expect(await sweep(few, "")).toMatchObject({
      status: 2,
      err: expect.stringContaining("no result of synchrode sweep"),
    });
    process.env.FAKE_STEP_MS = "50";
    const first = startedSweep("b", "--jobs", "1");
    await until(() => workers("b").length > 0, "a worker");
    expect(await sweep(few, "b")).toMatchObject({ status: 2, err: expect.stringContaining("at work there") });
    first.child.kill("SIGINT");
    await first.ended;
  });
});
