import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { find } from "../../src/cli/probe/probe.js";
import { solverKernels } from "../../src/cli/probe/solver-kernels.js";
import { duration, shareDone } from "../../src/cli/progress.js";
import { validateCommand } from "../../src/cli/validate.js";
import type { Frame } from "../../src/fem/model/frame.js";
import { loadScenario } from "../../src/scenario/load.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { backends, chooseBackend, openBackend } from "../../src/study/backend.js";
import { fakeSimulation } from "../scenario/fake-simulation.js";
import { listening, say } from "./said.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-program-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the command line", () => {
  it("answers usage errors with status 2 and no stack", async () => {
    for (const words of [
      ["chek"],
      ["run"],
      ["run", "a", "b"],
      ["check", "--colour", "a"],
      ["mesh", "a", "--format", "stl"],
    ]) {
      const { status, err } = await say(...words);
      expect(status).toBe(2);
      expect(err).toContain("error:");
      expect(err).not.toMatch(/^\s+at /m);
    }
  });

  it("checks every scenario that ships, and says its cost", async () => {
    const { status, out } = await say("check", "scenarios/three-spheres.yaml", "--json");
    expect(status).toBe(0);
    const { cost } = JSON.parse(out);
    expect(cost.particles).toBe(3);
    expect(cost.unknowns).toBeGreaterThan(1000);
  });

  it("writes a mesh", async () => {
    const file = join(folder, "mesh.vtu");
    const { status, out } = await say(
      "mesh",
      "scenarios/three-particles.yaml",
      "--format",
      "vtu",
      "--out",
      file,
      "--json",
    );
    expect(status).toBe(0);
    expect(JSON.parse(out).cells).toBeGreaterThan(100);
    expect(readFileSync(file, "utf8")).toContain("UnstructuredGrid");
  });

  it("refuses to report what is no result", async () => {
    expect(await say("report", folder)).toMatchObject({ status: 2, err: expect.stringContaining("no manifest.json") });
  });

  it("finds the solver's kernels working", async () => {
    expect(await find(solverKernels)).toMatchObject({ works: true });
  });

  it("makes a finding of what goes wrong in a probe", async () => {
    const broken = { name: "broken", run: () => Promise.reject(new Error("no such engine")) };
    expect(await find(broken)).toMatchObject({ works: false, detail: "no such engine" });
  });
});

describe("synchrode validate", () => {
  const good = {
    name: "good",
    title: "Good",
    slow: false,
    run: async () => [{ name: "x", value: 1, band: "= 1", holds: true }],
  };
  const bad = { name: "bad", title: "Bad", slow: true, run: () => Promise.reject(new Error("cannot run")) };

  it("fails when a verdict does not hold, and leaves slow cases out", async () => {
    const { out, terminal } = listening();
    await validateCommand(terminal, [good, bad]).parseAsync(["--json"], { from: "user" });
    expect(JSON.parse(out[0]).cases).toMatchObject([{ name: "good: x", value: 1, band: "= 1", holds: true }]);
    const slow = validateCommand(terminal, [good, bad]).parseAsync(["--slow"], { from: "user" });
    await expect(slow).rejects.toMatchObject({ status: 1 });
    const unknown = validateCommand(terminal, [good, bad]).parseAsync(["goood"], { from: "user" });
    await expect(unknown).rejects.toMatchObject({ status: 2, message: expect.stringContaining("did you mean good?") });
  });
});

describe("progress", () => {
  it("rises from 0 to 1 over the frames of a run", () => {
    const scenario = loadScenario("scenarios/three-particles.yaml");
    const share = shareDone(scenario);
    const simulation = fakeSimulation(scenario);
    const shares: number[] = [];
    for (let next = simulation.advance(); !("ok" in next); next = simulation.advance())
      shares.push(share(next as Frame));
    expect(shares.every((now, k) => k === 0 || now >= shares[k - 1])).toBe(true);
    expect(shares[0]).toBeGreaterThanOrEqual(0);
    expect(shares.at(-1)).toBe(1);
  });

  it("tells times in words", () => {
    expect([12, 95, 7380].map(duration)).toEqual(["12 s", "1 min 35 s", "2 h 3 min"]);
  });
});

describe("the backend", () => {
  it("is what runs, with a reason when another was asked for", () => {
    expect(chooseBackend("auto")).toEqual({ requested: "auto", ran: "webasm" });
    expect(chooseBackend("cpu").reason).toContain("cpu was asked for");
  });

  it("of a network is gpu.js where it is asked for and runs, read back from it; else loops, with the reason", () => {
    const network = { packing: { radius: new Float64Array(3) } } as NonNullable<Scenario["network"]>;
    const opened = backends.map((requested) => openBackend(requested, { network }));
    const [auto, cpu, webasm, webgpu] = opened.map(({ backend }) => backend);
    for (const { close } of opened) close();
    expect(auto).toEqual({ requested: "auto", ran: "webasm" });
    expect(cpu).toEqual({ requested: "cpu", ran: "gpu.js cpu" });
    expect(webasm).toEqual({ requested: "webasm", ran: "gpu.js webasm" });
    expect(opened.map(({ modeSolving }) => modeSolving === undefined)).toEqual([
      true,
      false,
      false,
      webgpu.ran === "webasm",
    ]);
    if (webgpu.ran === "webasm") expect(webgpu.reason).toMatch(/webgpu was asked for: .*(adapter|package webgpu)/);
    else expect(webgpu).toEqual({ requested: "webgpu", ran: "gpu.js webgpu" });
  });

  it("of a finite-element model is never gpu.js", () => {
    expect(openBackend("webgpu", { network: null })).toMatchObject({ backend: { ran: "webasm" } });
  });
});
