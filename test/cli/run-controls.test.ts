import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Collaborators, collaborators } from "../../src/cli/collaborators.js";
import { liveHolders } from "../../src/folder/lock.js";
import type { Summary } from "../../src/result/summary.js";
import { bundledProgram } from "../bundled-program.js";
import { right } from "../scenario/malformed.js";
import { started, until } from "../started-program.js";
import { fakeWork } from "../sweep/fake-main.js";
import { saidBy } from "./said.js";

const fakeProgram = await bundledProgram("test/sweep/fake-main.ts");
const fake: Collaborators = {
  ...fakeWork,
  worker: fakeProgram,
  buildReport: async (_folders, out) => writeFileSync(out, "<html></html>"),
};

const three = right
  .replace("columns: 2", "columns: 3")
  .replace("[0.9, 0.1]", "[0.9, 0.5, 0.1]")
  .replace("repeat: 2", "repeat: 10");

const folder = mkdtempSync(join(tmpdir(), "synchrode-controls-"));
beforeEach(() => {
  writeFileSync(join(folder, "three.yaml"), three);
  delete process.env.FAKE_STEP_MS;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string, file = "") => join(folder, name, file);
const text = (name: string, file: string) => readFileSync(at(name, file), "utf8");
const summaryOf = (name: string): Summary => JSON.parse(text(name, "summary.json"));
const run = (name: string, words: string[] = ["--with-controls"], work = fake) =>
  saidBy(["run", join(folder, "three.yaml"), "--out", at(name), ...words], work);
const verdicts = ({ criteria }: Summary) => Object.fromEntries(criteria.map(({ id, holds }) => [id, holds]));
const places = ["feedback-off", "equal-coverage", "permuted", "coarser-mesh"];

/** All that does not depend on when and how often something was computed. */
function bits(name: string) {
  const series = ["timeseries.csv", "particle_timeseries.csv", "particles.csv"];
  return ["", ...places.map((place) => `controls/${place}/`)].map((place) => {
    const { seconds: _, ...summary } = JSON.parse(text(name, `${place}summary.json`)) as Summary;
    return { summary, ...Object.fromEntries(series.map((file) => [file, text(name, place + file)])) };
  });
}

/** The run as a process of its own. */
const startedRun = (name: string, ...words: string[]) => {
  const command = ["run", join(folder, "three.yaml"), "--out", at(name), "--with-controls", "--no-report"];
  return started(fakeProgram, [...command, ...words]);
};

const begun = (name: string) => places.filter((place) => existsSync(at(name, `controls/${place}/checkpoint.bin`)));
const workers = (name: string) =>
  existsSync(at(name, "controls"))
    ? readdirSync(at(name, "controls")).flatMap((each) => liveHolders(at(name, `controls/${each}`)))
    : [];

describe("synchrode run --with-controls", () => {
  let whole: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    writeFileSync(join(folder, "three.yaml"), three);
    whole = await run("whole", ["--with-controls", "--jobs", "1"]);
  }, 60_000);

  it("runs the controls beside it, judges all by them, and says so in the summary, the table and the JSON", async () => {
    expect(whole.status).toBe(0);
    const summary = summaryOf("whole");
    expect(readdirSync(at("whole", "controls")).sort()).toEqual([...places].sort());
    expect(summary.controls?.map(({ name, folder: place, status }) => [name, place, status])).toEqual([
      ["feedbackOff", "controls/feedback-off", "done"],
      ["equalCoverage", "controls/equal-coverage", "done"],
      ["permuted", "controls/permuted", "done"],
      ["finer", "controls/coarser-mesh", "done"],
    ]);
    expect(Object.values(verdicts(summary))).not.toContain(null);
    expect(whole.out).toMatch(/^E {2}(holds|fails)/m);
    const scenarios = places.map((place) => JSON.parse(text("whole", `controls/${place}/manifest.json`)).scenario);
    expect(scenarios[0].feedback).toEqual({ kind: "none" });
    expect(scenarios[1].nominalCoverage).toEqual([0.5, 0.5, 0.5]);
    expect(scenarios[2].nominalCoverage).toEqual([0.1, 0.9, 0.5]);
    expect(scenarios[3].solver.mesh).toMatchObject({ interfaceSize: 1e-6, largestSize: 2.4e-6 });
    const again = await run("whole", ["--with-controls", "--json", "--resume"]);
    expect(JSON.parse(again.out)).toEqual(summaryOf("whole"));
    expect({ ...summaryOf("whole"), seconds: 0 }).toEqual({ ...summary, seconds: 0 });
  });

  it("gives the same bits in one process as in two that were killed, controls and all, and went on", async () => {
    process.env.FAKE_STEP_MS = "150";
    const first = startedRun("killed", "--jobs", "2");
    await until(() => begun("killed").length > 0 && existsSync(at("killed", "checkpoint.bin")), "a control to begin");
    first.child.kill("SIGKILL");
    await first.ended;
    await until(() => workers("killed").length === 0, "the workers to see that they are alone");
    delete process.env.FAKE_STEP_MS;
    expect((await run("killed", ["--with-controls", "--jobs", "2", "--resume"])).status).toBe(0);
    expect(bits("killed")).toEqual(bits("whole"));
    const resumed = ["", ...places.map((place) => `controls/${place}/`)].map(
      (place) => JSON.parse(text("killed", `${place}manifest.json`)).resumed,
    );
    expect(resumed[0]).toBe(1);
    expect(resumed.slice(1)).toContain(1);
  });

  it("stops all on Ctrl-C, keeps all, says how to go on, and goes on", async () => {
    process.env.FAKE_STEP_MS = "150";
    const first = startedRun("stopped", "--jobs", "2");
    await until(() => begun("stopped").length > 0, "a control to begin");
    first.child.kill("SIGINT");
    expect(await first.ended).toBe(1);
    expect(first.said()).toContain(`--out ${at("stopped")} --with-controls --resume`);
    expect(workers("stopped")).toEqual([]);
    expect(JSON.parse(text("stopped", "manifest.json")).status).toBe("stopped");
    const statuses = summaryOf("stopped").controls?.map(({ status }) => status);
    expect(statuses?.every((status) => status === "stopped")).toBe(true);
    delete process.env.FAKE_STEP_MS;
    expect((await run("stopped", ["--with-controls", "--resume"])).status).toBe(0);
    expect(bits("stopped")).toEqual(bits("whole"));
  });

  it("leaves the run whole, and its verdict open with the reason, when a control fails", async () => {
    writeFileSync(join(folder, "three.yaml"), three.replace("0.2 ohm", "0.55 ohm"));
    const { status, err, out } = await run("a", ["--with-controls", "--jobs", "1"]);
    expect(status).toBe(1);
    expect(err).toContain("The run is whole, but 1 of its controls failed");
    expect(JSON.parse(text("a", "manifest.json")).status).toBe("done");
    const summary = summaryOf("a");
    expect(summary.cycles).toBe(10);
    expect(summary.controls?.[1]).toMatchObject({
      status: "failed",
      message: expect.stringContaining("no step was small"),
    });
    const E = summary.criteria.find(({ id }) => id === "E");
    expect(E?.remark).toContain("with equal coverage: it failed: The solver gave up");
    expect(E?.holds).not.toBe(true);
    expect(verdicts(summary).F).not.toBeNull();
    expect(out).toContain("Control, equal coverage: failed");
  });

  it("begins no control when the run itself fails", async () => {
    writeFileSync(join(folder, "three.yaml"), three.replace("0.2 ohm", "0.66 ohm"));
    const { status, err } = await run("failed", ["--with-controls", "--jobs", "1"]);
    expect([status, existsSync(at("failed", "controls"))]).toEqual([1, false]);
    expect(err).toContain("no step was small enough");
  });

  it("refuses bad input before anything runs", async () => {
    writeFileSync(join(folder, "three.yaml"), three.replace("0.2 ohm m^2", "0.2 V"));
    expect((await run("b")).status).toBe(2);
    writeFileSync(join(folder, "three.yaml"), three);
    expect((await run("b", ["--with-controls", "--permutations", "none"])).status).toBe(2);
    expect(await run("b", ["--jobs", "2"])).toMatchObject({
      status: 2,
      err: expect.stringContaining("--with-controls"),
    });
    expect(existsSync(at("b"))).toBe(false);
  });

  it("takes controls of an earlier run away with its results, and nothing else", async () => {
    writeFileSync(at("a", "controls/mine.txt"), "mine");
    writeFileSync(at("a", "controls/permuted/note.txt"), "mine");
    expect((await run("a", [])).status).toBe(0);
    expect(readdirSync(at("a", "controls")).sort()).toEqual(["mine.txt", "permuted"]);
    expect(readdirSync(at("a", "controls/permuted"))).toEqual(["note.txt"]);
    expect(summaryOf("a").controls).toBeUndefined();
    expect(verdicts(summaryOf("a"))).toMatchObject({ E: null, F: null });
  });

  it("does with the solver what it does with a fake one, and the report shows it", async () => {
    const quick = three.replace(
      "solver:",
      "solver:\n  time: { leastSteps: 4, tolerance: 5e-2 }\n  network: { directions: 16, points: 1 }",
    );
    writeFileSync(join(folder, "three.yaml"), `${quick}fidelity: network\n`);
    const work = { ...collaborators, worker: await bundledProgram("src/cli/main.ts") };
    const { status } = await run("real", ["--with-controls", "--jobs", "1"], work);
    expect(status).toBe(0);
    const summary = summaryOf("real");
    expect(Object.values(verdicts(summary))).not.toContain(null);
    const html = text("real", "report.html");
    for (const role of ["feedback off", "equal coverage", "coverages permuted", "another mesh or step"])
      expect(html, role).toContain(`<td>${role}</td>`);
    expect(html.match(/class="verdict open"/g)).toBeNull();
  }, 60_000);
});
