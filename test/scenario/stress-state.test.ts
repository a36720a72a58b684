import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Frame, MeshedSimulation } from "../../src/fem/model/frame.js";
import { loadScenario } from "../../src/scenario/load.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { startSimulation } from "../../src/study/simulation.js";

const folder = mkdtempSync(join(tmpdir(), "stress-state-"));
afterAll(() => rmSync(folder, { recursive: true }));

const solver = {
  mesh: { interfaceSize: "1.2 um", growth: 0.2, largestSize: "3 um" },
  time: { leastSteps: 6, largestStep: "60 s" },
};

function written(changes: object): Scenario {
  const file = join(folder, "scenario.yaml");
  const activeMaterial = { eigenstrain: { kind: "linear" }, initialStoichiometry: 0.8 };
  const base = resolve("scenarios/three-particles.yaml");
  writeFileSync(file, JSON.stringify({ base, activeMaterial, solver, ...changes }));
  return loadScenario(file);
}

function refusal(changes: object): string {
  try {
    written(changes);
  } catch (error) {
    return String(error);
  }
  return "accepted";
}

/** The end of the first charge. */
function charged(geometry: object, base = "three-particles"): { frame: Frame; simulation: MeshedSimulation } {
  const scenario = written({ base: resolve(`scenarios/${base}.yaml`), geometry });
  const simulation = startSimulation(scenario) as MeshedSimulation;
  for (;;) {
    const frame = simulation.advance();
    if ("ok" in frame) throw new Error(frame.ok ? "ended" : frame.reason);
    if (frame.ended !== null) return { frame, simulation };
  }
}

/** ∫σ_zz dA over ∫|σ_zz| dA, of straight cells. */
function axialForce({ mesh, fields }: MeshedSimulation): number {
  const { outOfPlaneStress } = fields();
  let [sum, size] = [0, 0];
  outOfPlaneStress.forEach((stress, cell) => {
    const at = (k: number, axis: number): number => mesh.nodes[2 * mesh.cells[3 * cell + k] + axis];
    const across = (k: number, axis: number): number => at(k, axis) - at(0, axis);
    const area = (across(1, 0) * across(2, 1) - across(1, 1) * across(2, 0)) / 2;
    sum += area * stress;
    size += area * Math.abs(stress);
  });
  return sum / size;
}

describe("the stress state of disks", () => {
  const held = charged({ stressState: "plane-strain" });
  const free = charged({ stressState: "generalised-plane-strain" });
  const largest = ({ simulation }: typeof held): number => Math.max(...simulation.fields().vonMisesStress);

  it("leaves no axial force where the depth is free, and its momentum is balanced", () => {
    expect(Math.abs(axialForce(free.simulation))).toBeLessThan(1e-8);
    expect(axialForce(held.simulation)).toBeGreaterThan(0.9);
    expect(free.frame.balances.momentum).toBeLessThan(1e-10);
  });

  it("shortens a depth that is free nearly by the mean strain of the particles, and one that is held not", () => {
    const { meanStoichiometry } = free.frame.particles;
    const mean = meanStoichiometry.reduce((sum, s) => sum + s, 0) / 3;
    const strain = ((1.84e-6 * 51765) / 3) * (mean - 0.8);
    expect(Math.abs((free.frame.axialStrain ?? 0) / strain - 1)).toBeLessThan(0.06);
    expect(held.frame.axialStrain).toBe(0);
  });

  it("decides about most of the stress in the particles", () => {
    expect(largest(held)).toBeGreaterThan(1e9);
    expect(largest(free)).toBeLessThan(0.5 * largest(held));
  });

  it("has no meaning for spheres, whose time series has no axial strain", () => {
    expect(charged({}, "three-spheres").frame.axialStrain).toBeNull();
    expect(
      refusal({ base: resolve("scenarios/three-spheres.yaml"), geometry: { stressState: "plane-strain" } }),
    ).toMatch(/geometry\.stressState.*beside kind axisymmetric: it is for disks/);
  });

  it("is generalised plane strain unless given, and gives way to spheres laid over it", () => {
    expect(written({}).geometry.stressState).toBe("generalised-plane-strain");
    const over = {
      geometry: { kind: "axisymmetric", stack: { count: 2, radius: "5 um", clearance: "6 um" }, collector: "right" },
    };
    const base = resolve("scenarios/plane-strain.yaml");
    expect(written({ base, ...over, coverage: { fractions: 0.5 } }).geometry.stressState).toBeNull();
    expect(written({ base }).geometry.stressState).toBe("plane-strain");
  });

  it("is plane strain in networks of disks, whose tractions are fitted to that", () => {
    expect(written({ fidelity: "network" }).geometry.stressState).toBe("plane-strain");
    expect(written({ fidelity: "network", geometry: { stressState: "plane-strain" } }).network).not.toBeNull();
    expect(refusal({ fidelity: "network", geometry: { stressState: "generalised-plane-strain" } })).toMatch(
      /geometry\.stressState.*plane-strain with fidelity network/,
    );
  });

  it("is named in full where it is unknown", () => {
    expect(refusal({ geometry: { stressState: "plane-stress" } })).toMatch(/generalised-plane-strain.*plane-strain/);
  });
});
