import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scenarioHash } from "../../src/result/manifest.js";
import { scenarioJsonSchema } from "../../src/scenario/json-schema.js";
import { loadScenario, readScenario } from "../../src/scenario/load.js";
import { measuredTableIsThere } from "../network/measured-particles.js";
import { scratchFolder } from "../scratch-folder.js";
import { right } from "./malformed.js";
import { refusal } from "./refusal.js";

const { folder, written } = scratchFolder();

const faultsOf = (path: string) => refusal(() => loadScenario(path));

const measured = ["nrel-network.yaml", "nrel-network-feedback-off.yaml", "nrel-network-contrast-one.yaml"];
const shipped = readdirSync("scenarios").filter((name) => name.endsWith(".yaml") && !measured.includes(name));

describe("the scenarios that ship", () => {
  it.each(shipped)("%s is right", (name) => {
    const { scenario, inputs } = readScenario(join("scenarios", name));
    expect(scenario.nominalCoverage).toHaveLength(scenario.geometry.particles.length);
    expect(inputs[0].sha256).toMatch(/^[0-9a-f]{64}$/);
    const files = inputs.map(({ path }) => path.split("/").at(-1));
    expect(files[0]).toBe(name);
    expect(files.at(-1)).toBe("three-spheres.yaml");
  });

  it.skipIf(!measuredTableIsThere).each(measured)("%s is right (needs the measured data)", (name) => {
    const { scenario, inputs } = readScenario(join("scenarios", name));
    expect(scenario.network!.packing.radius).toHaveLength(1256);
    expect(inputs.at(-1)!.path).toContain("particles_skimage_reference.csv");
  });

  it("has the recommended three spheres inside a voltage window", () => {
    const { geometry, activeMaterial, protocol, feedback } = loadScenario("scenarios/three-spheres.yaml");
    expect(geometry.particles.map(({ radius }) => radius)).toEqual([5e-6, 5e-6, 5e-6]);
    expect(geometry.particles.map(({ x }) => x)).toEqual([0, 0, 0]);
    expect(protocol.tau).toBe(720);
    expect(protocol.steps.map(({ verb, until }) => [verb, until])).toEqual([
      ["charge", { voltage: 4.3 }],
      ["discharge", { voltage: 3.5 }],
    ]);
    expect(feedback).toEqual({ kind: "film", resistance: 0.05, initial: 0 });
    expect(activeMaterial).toMatchObject({
      maximumConcentration: 51765,
      openCircuitPotential: { set: "Chen2020" },
      diffusivity: { constant: 5e-14 },
      exchangeCurrent: { symmetric: 2 },
      eigenstrain: { kind: "twoSlope", start: 0.9, knee: 0.4, end: 0.2, volumeAbove: 0.012, volumeBelow: 0.045 },
    });
  });

  it("has three disks in a row", () => {
    const { geometry } = loadScenario("scenarios/three-particles.yaml");
    const walls = geometry.particles.map(({ x }) => x);
    const gap = (a: number, b: number) => Math.abs(a / b - 1);
    expect(gap(walls[1] - walls[0], 16e-6)).toBeLessThan(1e-12);
    expect(gap(walls[0] - 5e-6, 3e-6)).toBeLessThan(1e-12);
    expect(gap(geometry.width, 48e-6)).toBeLessThan(1e-12);
    expect(gap(geometry.height, 22e-6)).toBeLessThan(1e-12);
  });

  it("makes controls that differ from it in one thing", () => {
    const base = loadScenario("scenarios/three-spheres.yaml");
    const same = (name: string, keys: readonly string[]) => {
      const other = loadScenario(`scenarios/${name}.yaml`);
      const differing = Object.keys(base).filter(
        (key) => JSON.stringify(base[key as keyof typeof base]) !== JSON.stringify(other[key as keyof typeof base]),
      );
      expect(differing.sort()).toEqual(["title", ...keys].sort());
      return other;
    };
    expect(same("feedback-off", ["feedback"]).feedback).toEqual({ kind: "none" });
    expect(same("conductivity-contrast-one", ["binder"]).binder.lowConductivity).toBe(1);
    expect(same("equal-coverage", ["geometry", "nominalCoverage"]).nominalCoverage).toEqual([0.454, 0.454, 0.454]);
    expect(same("permuted-coverage", ["geometry", "nominalCoverage"]).nominalCoverage).toEqual([0.1564, 0.891, 0.454]);
    expect(same("cutoff-cycling", ["protocol"]).protocol.steps[0].until).toEqual({ voltage: 4.3 });
  });

  it("has a JSON Schema that is up to date", () => {
    expect(JSON.parse(readFileSync("scenarios/scenario.schema.json", "utf8"))).toEqual(scenarioJsonSchema());
  });
});

describe("a scenario built on another", () => {
  it("lays its keys over the base's", () => {
    written("base.yaml", right);
    const path = written(
      "over.yaml",
      "base: base.yaml\nfeedback: { resistance: 0.3 ohm m^2 }\nprotocol: { repeat: 7 }\n",
    );
    const scenario = loadScenario(path);
    expect(scenario.feedback).toEqual({ kind: "film", resistance: 0.3, initial: 0 });
    expect(scenario.protocol).toMatchObject({ repeat: 7, tau: 720 });
    expect(scenario.title).toBe("Two particles");
  });

  it("replaces a mapping of another kind, another way to place particles, and what it sets to null", () => {
    written("base.yaml", right);
    const path = written(
      "over.yaml",
      "base: base.yaml\nfeedback: { kind: exchange }\ninterface: { fatigue: null }\ngeometry:\n  box: { width: 30 um, height: 20 um }\n  particles: [{ x: 15 um, y: 10 um, radius: 4 um }]\ncoverage: { fractions: [0.4] }\n",
    );
    const scenario = loadScenario(path);
    expect(scenario.feedback).toEqual({ kind: "exchange", residual: 0.02 });
    expect(scenario.geometry.particles).toHaveLength(1);
    expect(scenario.interface.fatigue).toMatchObject({ threshold: 0.1 });
  });

  it("points at the file that holds the fault", () => {
    const base = written("base.yaml", right.replace("radius: 5 um", "radius: 5"));
    const path = written("over.yaml", "base: base.yaml\nfeedback: { kind: flim }\n");
    expect(faultsOf(path)).toContain(`${base}:4:35: geometry.lattice.radius`);
    expect(faultsOf(path)).toContain(`${path}:2:13: feedback.kind`);
  });

  it("refuses a ring", () => {
    written("one.yaml", "base: two.yaml\n");
    const two = written("two.yaml", "base: one.yaml\n");
    expect(faultsOf(join(folder, "one.yaml"))).toContain(`${two}:1:1: base: found "one.yaml"`);
  });
});

describe("functions from tables", () => {
  it("reads columns of a CSV file beside the scenario that names it", () => {
    written("data/ocp.csv", "Capacity [mAh],Voltage [mV],s\n0,4300,0.2\n1,3900,0.5\n2,3500,0.95\n");
    written(
      "data/base.yaml",
      right.replace(
        "  set: ORegan2022",
        '  set: ORegan2022\n  openCircuitPotential: { table: { file: ocp.csv, stoichiometry: s, value: "Voltage [mV]" } }',
      ),
    );
    const { scenario, inputs } = readScenario(written("over.yaml", "base: data/base.yaml\nseed: 4\n"));
    expect(scenario.activeMaterial.openCircuitPotential).toEqual({
      table: [
        [0.2, 4.3],
        [0.5, 3.9],
        [0.95, 3.5],
      ],
    });
    expect(inputs.map(({ path }) => path.split("/").at(-1))).toEqual(["over.yaml", "base.yaml", "ocp.csv"]);
  });

  it.each([
    ["semicolons and decimal commas", "s;U [V]\n0,2;4,30\n0,95;3,40\n", "s"],
    ["tabs and a share in %", "s [%]\tU [V]\n20\t4.30\n95\t3.40\n", "s [%]"],
  ])("reads %s", (_, text, stoichiometry) => {
    written("u.csv", text);
    const table = `{ file: u.csv, stoichiometry: "${stoichiometry}", value: "U [V]" }`;
    const potential = `  set: ORegan2022\n  openCircuitPotential: { table: ${table} }`;
    const { scenario } = readScenario(written("t.yaml", right.replace("  set: ORegan2022", potential)));
    const choice = scenario.activeMaterial.openCircuitPotential;
    const points = "table" in choice ? choice.table : [];
    for (const [k, point] of [
      [0.2, 4.3],
      [0.95, 3.4],
    ].entries())
      for (const [j, value] of point.entries()) expect(Math.abs(points[k][j] - value)).toBeLessThan(1e-12);
  });

  it.each([
    ["s;U [V]\n0,2;4,30\n0.95;3,40\n", "u.csv, line 2", "one decimal sign"],
    ["s;U [V]\n0,2;4,30\n0,95;-\n", 'found "-" in row 2 of column "U [V]"', "u.csv, line 3"],
    ["s,U [V]\n0.2,4.30\n0.95,\n", 'found "" in row 2 of column "U [V]"', "a number in every row"],
    ["s,U [V],U [V]\n0.2,4.30,4.3\n", 'two columns called "U [V]"', "u.csv, line 1"],
  ])("refuses %j", (text, ...says) => {
    written("u.csv", text);
    const potential =
      '  set: ORegan2022\n  openCircuitPotential: { table: { file: u.csv, stoichiometry: s, value: "U [V]" } }';
    const faults = faultsOf(written("t.yaml", right.replace("  set: ORegan2022", potential)));
    for (const part of says) expect(faults).toContain(part);
  });

  it("refuses a column without a unit, and one that is not there", () => {
    written("ocp.csv", "s,V\n0.2,4.3\n0.9,3.5\n");
    const table = (value: string) =>
      written(
        "t.yaml",
        right.replace(
          "  set: ORegan2022",
          `  openCircuitPotential: { table: { file: ocp.csv, stoichiometry: s, value: ${value} } }`,
        ),
      );
    expect(faultsOf(table("V"))).toContain("the unit of a voltage such as V, in brackets");
    expect(faultsOf(table("W"))).toContain("a column of");
  });
});

describe("the hash of a scenario", () => {
  it("changes with what is computed, and with nothing else", () => {
    const hash = (text: string) => scenarioHash(loadScenario(written("hash.yaml", text)));
    expect(hash(right.replace("Two particles", "A pair"))).toBe(hash(right));
    expect(hash(right.replace("radius: 5 um", "radius: 5000 nm"))).toBe(hash(right));
    expect(hash(right.replace("radius: 5 um", "radius: 5.1 um"))).not.toBe(hash(right));
  });
});
