import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readBpx } from "../../src/scenario/bpx.js";
import { InputFault } from "../../src/scenario/faults.js";
import { loadScenario } from "../../src/scenario/load.js";
import { startSimulation } from "../../src/scenario/simulation.js";
import { right } from "./malformed.js";

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
    expect(readBpx(bpx())).toEqual({
      name: "BPX cell.json",
      maximumConcentration: 46200,
      openCircuitPotential: { expression: electrode["OCP [V]"], validity: [0.42, 0.96] },
      diffusivity: { constant: 3.2e-14 },
      exchangeCurrent: { symmetric: (96485.33212 * 2.305e-5) / 2 },
      usableWindow: 0.96 - 0.42,
      particleRadius: 4.6e-6,
    });
  });

  it("gives tables, rising whichever way they are written", () => {
    const table = { x: [0.9, 0.5, 0.2], y: [3.5, 3.9, 4.3] };
    expect(readBpx(bpx({ "OCP [V]": table })).openCircuitPotential).toEqual({
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
  ])("is refused with %o", (changes, says) => {
    expect(() => readBpx(bpx(changes))).toThrow(InputFault);
    expect(() => readBpx(bpx(changes))).toThrow(says);
  });

  it("makes a scenario, whose particles have its radius", () => {
    bpx();
    const path = join(folder, "scenario.yaml");
    const text = right.replace("set: ORegan2022", "bpx: cell.json").replace("  diffusivity: 5e-14 m^2/s\n", "");
    writeFileSync(path, text.replace("radius: 5 um, ", ""));
    const scenario = loadScenario(path);
    expect(scenario.geometry.particles[0]!.radius).toBe(4.6e-6);
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
