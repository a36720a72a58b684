import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readBpx } from "../../src/scenario/bpx.js";
import { disk } from "../../src/scenario/disk.js";
import { InputFault } from "../../src/scenario/faults.js";
import { loadScenario } from "../../src/scenario/load.js";
import { startSimulation } from "../../src/study/simulation.js";
import { right } from "./malformed.js";
import { refusal } from "./refusal.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-bpx-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const electrode = {
  "Particle radius [m]": 4.6e-6,
  "Thickness [m]": 5.23e-5,
  "Diffusivity [m2.s-1]": 3.2e-14,
  "OCP [V]": "4.4 - 0.9 * x - 0.05 * tanh(20 * (x - 0.55))",
  "Conductivity [S.m-1]": 0.789,
  "Reaction rate constant [mol.m-2.s-1]": 2.305e-5,
  "Minimum stoichiometry": 0.42,
  "Maximum stoichiometry": 0.96,
  "Maximum concentration [mol.m-3]": 46200,
};

function bpx(changes: Record<string, unknown> = {}): string {
  const path = join(folder, "cell.json");
  const positive = { ...electrode, ...changes };
  const file = { Header: { BPX: 0.1 }, Parameterisation: { Cell: {}, "Positive electrode": positive } };
  writeFileSync(path, JSON.stringify(file, null, 2));
  return path;
}

describe("a BPX file", () => {
  it("gives the positive electrode", () => {
    expect(readBpx(disk, bpx())).toEqual({
      name: "BPX cell.json",
      maximumConcentration: 46200,
      openCircuitPotential: { expression: electrode["OCP [V]"], validity: [0.42, 0.96] },
      diffusivity: { constant: 3.2e-14 },
      exchangeCurrent: { symmetric: (96485.33212 * 2.305e-5) / 2 },
      usableWindow: 0.96 - 0.42,
      initialStoichiometry: 0.96,
      particleRadius: 4.6e-6,
    });
  });

  it("gives tables, rising whichever way they are written", () => {
    const table = { x: [0.9, 0.5, 0.2], y: [3.5, 3.9, 4.3] };
    expect(readBpx(disk, bpx({ "OCP [V]": table })).openCircuitPotential).toEqual({
      table: [
        [0.2, 4.3],
        [0.5, 3.9],
        [0.9, 3.5],
      ],
    });
  });

  it.each([
    [{ "OCP [V]": "4.4 - y" }, "found y"],
    [{ "OCP [V]": "require(x)" }, "found require"],
    [{ "OCP [V]": { x: [0, 1], y: [1, 2, 3] } }, "2 x and 3 y"],
    [{ "OCP [V]": { x: [0, 0.5, 0.5], y: [1, 2, 3] } }, "rise"],
    [{ "Maximum concentration [mol.m-3]": "46200" }, "a concentration in mol/m3"],
    [{ "Maximum stoichiometry": 0.4 }, "a maximum above the minimum"],
    [{ "Particle radius [m]": -1 }, "a radius in m"],
    [{ "Diffusivity [m2.s-1]": undefined }, "Diffusivity"],
    [{ "Diffusivity [m2.s-1]": -3.2e-14 }, "above zero"],
    [{ "Diffusivity [m2.s-1]": { x: [0.2, 0.5, 0.95], y: [1e-14, -5e-14, 1e-14] } }, "above zero"],
    [{ "Diffusivity [m2.s-1]": "3e-14 * (0.7 - x)" }, "above zero"],
    [{ "Reaction rate constant [mol.m-2.s-1]": -1 }, "above 0"],
    [{ "Maximum concentration [mol.m-3]": -46200 }, "above 0"],
    [{ "OCP [V]": "3.4 + 0.5 * x" }, "falls with lithium"],
    [{ "OCP [V]": "1 / (x - 0.6)" }, "a potential"],
    [{ "OCP [V]": "4 + sqrt(0.7 - x)" }, "finite"],
    [{ "OCP [V]": 340 }, "from -2 to 8 V"],
    [{ "OCP [V]": undefined }, "no OCP [V]"],
  ])("is refused with %o", (changes, says) => {
    expect(() => readBpx(disk, bpx(changes))).toThrow(InputFault);
    expect(() => readBpx(disk, bpx(changes))).toThrow(says);
  });

  it("of a blended electrode is refused in one line that says what to do", () => {
    const { "Thickness [m]": thickness, ...material } = electrode;
    const path = bpx();
    const blended = { "Thickness [m]": thickness, Particle: { "Large NMC": material, "Small NMC": material } };
    writeFileSync(path, JSON.stringify({ Header: {}, Parameterisation: { "Positive electrode": blended } }));
    expect(() => readBpx(disk, path)).toThrow(
      /^[^\n]*a blended electrode of 2 materials \(Large NMC, Small NMC\)[^\n]*$/,
    );
  });

  it("with hysteresis wants a branch, and gives the one that is chosen", () => {
    const branches = { "OCP (lithiation) [V]": "4.4 - 0.9 * x", "OCP (delithiation) [V]": "4.5 - 0.9 * x" };
    expect(() => readBpx(disk, bpx(branches))).toThrow("branch: delithiation | lithiation");
    expect(readBpx(disk, bpx(branches), "delithiation").openCircuitPotential).toMatchObject({
      expression: "4.5 - 0.9 * x",
    });
    expect(readBpx(disk, bpx(branches), "lithiation").openCircuitPotential).toMatchObject({
      expression: "4.4 - 0.9 * x",
    });
    expect(() => readBpx(disk, bpx(), "lithiation")).toThrow("no OCP (lithiation) [V]");
    const path = join(folder, "branch.yaml");
    bpx(branches);
    const text = right.replace("set: ORegan2022", "bpx: cell.json\n  branch: lithiation");
    writeFileSync(path, text);
    expect(loadScenario(path).activeMaterial.openCircuitPotential).toMatchObject({ expression: "4.4 - 0.9 * x" });
    writeFileSync(path, right.replace("set: ORegan2022", "set: ORegan2022\n  branch: lithiation"));
    expect(() => loadScenario(path)).toThrow("with the key bpx alone");
  });

  it("that is no JSON is not repeated in the message", () => {
    const path = join(folder, "secret.json");
    writeFileSync(path, '{\n  "token": "hunter2",\n  oops\n}\n');
    const message = refusal(() => readBpx(disk, path));
    expect(message).toContain("secret.json:3:1: found a file that is no JSON");
    expect(message).not.toMatch(/hunter2|oops|token/);
  });

  it("over a base replaces all that the base's material gave, and says so", () => {
    bpx();
    writeFileSync(
      join(folder, "base.yaml"),
      right.replace("  initial", "  openCircuitPotential: Chen2020\n  usableWindow: 0.4\n  initial"),
    );
    const over = (own: string) => {
      const path = join(folder, "over.yaml");
      writeFileSync(path, `base: base.yaml\nactiveMaterial: ${own}\n`);
      return loadScenario(path).activeMaterial;
    };
    const found = over("{ bpx: cell.json }");
    expect(found).toMatchObject({
      set: "BPX cell.json",
      openCircuitPotential: { expression: electrode["OCP [V]"] },
      diffusivity: { constant: 3.2e-14 },
      maximumConcentration: 46200,
      initialStoichiometry: 0.96,
      usableWindow: 0.96 - 0.42,
    });
    expect(new Set(Object.values(found.sources))).toEqual(new Set(["BPX cell.json"]));
    const mixed = over("{ set: Chen2020, diffusivity: 1e-14 m^2/s }");
    expect(mixed.sources).toEqual({
      openCircuitPotential: "Chen2020",
      diffusivity: "a constant of the scenario",
      exchangeCurrent: "Chen2020",
    });
    expect(mixed.diffusivity).toEqual({ constant: 1e-14 });
    // what names no source is laid over the base's material as before
    expect(over("{ youngModulus: 120 GPa }").openCircuitPotential).toEqual({ set: "Chen2020" });
  });

  it("makes a scenario, whose particles have its radius", () => {
    bpx();
    const path = join(folder, "scenario.yaml");
    const text = right.replace("set: ORegan2022", "bpx: cell.json").replace("  diffusivity: 5e-14 m^2/s\n", "");
    writeFileSync(path, text.replace("radius: 5 um, ", ""));
    const scenario = loadScenario(path);
    expect(scenario.geometry.particles[0].radius).toBe(4.6e-6);
    expect(scenario.activeMaterial).toMatchObject({
      set: "BPX cell.json",
      maximumConcentration: 46200,
      diffusivity: { constant: 3.2e-14 },
    });
    expect(scenario.activeMaterial.usableWindow).toBe(0.96 - 0.42);
    writeFileSync(path, text.replace("radius: 5 um, ", "").replace("  initial", "  usableWindow: 0.5\n  initial"));
    expect(loadScenario(path).activeMaterial.usableWindow).toBe(0.5);
    bpx({ "Minimum stoichiometry": undefined });
    writeFileSync(path, text.replace("radius: 5 um, ", ""));
    expect(loadScenario(path).activeMaterial.usableWindow).toBe(0.63);
    expect(startSimulation(scenario).coverage).toHaveLength(2);
    writeFileSync(path, text.replace("bpx: cell.json", "bpx: nowhere.json"));
    expect(() => loadScenario(path)).toThrow("nowhere.json: no such file");
  });
});
