import { describe, expect, it } from "vitest";
import { FARADAY } from "../../src/fem/law/faraday.js";
import { isMeshed } from "../../src/fem/model/frame.js";
import { deepestOverlap } from "../../src/network/packing/overlap.js";
import { recordedScenario, scenarioHash } from "../../src/result/manifest.js";
import { loadScenario, readScenario } from "../../src/scenario/load.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { solidFraction } from "../../src/space/packing.js";
import { cathodeSpec, networkSpec, startSimulation } from "../../src/study/simulation.js";
import { scratchFolder } from "../scratch-folder.js";
import { right } from "./malformed.js";
import { refusal } from "./refusal.js";
import { smallNetwork } from "./small-network.js";

const { written } = scratchFolder();

function read(text: string): Scenario {
  return loadScenario(written("network.yaml", text));
}

const faultsOf = (text: string) => refusal(() => read(text));

const packingOf = (scenario: Scenario) => scenario.network!.packing;
const swapped = (from: string, to: string) => {
  expect(smallNetwork).toContain(from);
  return smallNetwork.replace(from, to);
};
const disks = right.replace("geometry:", "fidelity: network\ngeometry:");

describe("a packing from a scenario", () => {
  it("has the particles asked for, without overlap, the same bits for the same seed", () => {
    const [one, again] = [packingOf(read(smallNetwork)), packingOf(read(smallNetwork))];
    expect(one.radius).toHaveLength(12);
    expect(Math.abs(solidFraction(one) / 0.3 - 1)).toBeLessThan(1e-12);
    expect(deepestOverlap(one)).toBeLessThanOrEqual(0);
    expect(again).toEqual(one);
    expect(packingOf(read(swapped("seed: 7", "seed: 8"))).centre).not.toEqual(one.centre);
  });

  it("is told in the hash, not kept in the manifest", () => {
    const scenario = read(smallNetwork);
    expect(scenarioHash(read(smallNetwork))).toBe(scenarioHash(scenario));
    expect(scenarioHash(read(swapped("seed: 7", "seed: 8")))).not.toBe(scenarioHash(scenario));
    expect(scenarioHash(read(swapped("mean: 0.5,", "mean: 0.6,")))).not.toBe(scenarioHash(scenario));
    const kept = JSON.stringify(recordedScenario(scenario));
    expect(kept).not.toContain(String(scenario.geometry.particles[0].x));
    expect(JSON.parse(kept).network).toMatchObject({ dimension: 3, particles: 12, periodic: false });
  });

  it("deals the same coverages to other particles with another seed of coverage", () => {
    const one = packingOf(read(smallNetwork));
    const other = packingOf(read(swapped("deviation: 0.2 }", "deviation: 0.2, seed: 3 }")));
    expect(other.centre).toEqual(one.centre);
    expect(other.patch).toEqual(one.patch);
    expect(other.coverage).not.toEqual(one.coverage);
    expect(other.coverage.slice().sort()).toEqual(one.coverage.slice().sort());
  });

  it("takes its 1C from the volume of spheres", () => {
    const scenario = read(smallNetwork);
    const volume = packingOf(scenario).radius.reduce((sum, r) => sum + (4 / 3) * Math.PI * r ** 3, 0);
    const { maximumConcentration, usableWindow } = scenario.activeMaterial;
    const due = (5 * FARADAY * maximumConcentration * usableWindow * volume) / 3600;
    expect(Math.abs(networkSpec(scenario, scenario.network!).currentScale / due - 1)).toBeLessThan(1e-12);
  });

  it("can be on a lattice, of disks, in chains, graded", () => {
    const lattice = swapped(
      "particles: 12\n    radius: { lognormal: { mean: 5 um, deviation: 1 um } }",
      "particles: 32\n    radius: 5 um\n    arrangement: lattice",
    );
    expect(packingOf(read(lattice)).radius).toEqual(new Float64Array(32).fill(5e-6));
    const flat = packingOf(read(swapped("particles: 12", "particles: 12\n    dimension: 2\n    arrangement: chains")));
    expect(flat.dimension).toBe(2);
    const { packing } = read(swapped("solidFraction: 0.3", "solidFraction: 0.3\n    segregation: 1")).network!;
    const depths = [...packing.radius.keys()]
      .sort((a, b) => packing.radius[a] - packing.radius[b])
      .map((i) => packing.centre[3 * i + 2]);
    const [small, large] = [depths.slice(0, 4), depths.slice(-4)].map((some) => some.reduce((sum, z) => sum + z, 0));
    expect(small).toBeLessThan(large);
  });
});

describe("a lattice of disks", () => {
  it("runs at both fidelities from one file", () => {
    const [mesh, graph] = [read(right), read(disks)];
    expect(mesh.network).toBeNull();
    expect(packingOf(graph)).toMatchObject({ dimension: 2, periodic: false });
    expect([...packingOf(graph).centre]).toEqual(mesh.geometry.particles.flatMap(({ x, y }) => [x, y, 0]));
    expect([...packingOf(graph).patch]).toEqual([0, -1, 0, 0, -1, 0]);
    expect([...packingOf(graph).coverage]).toEqual([0.9, 0.1]);
    expect(networkSpec(graph, graph.network!).currentScale).toBe(cathodeSpec(mesh).currentScale);
    expect(isMeshed(startSimulation(graph))).toBe(false);
  });

  it("takes a distribution of coverage at both", () => {
    const spread = (text: string) =>
      text.replace("fractions: [0.9, 0.1]", "distribution: { mean: 0.4, deviation: 0.2 }");
    expect(read(spread(right)).nominalCoverage).toEqual(read(spread(disks)).nominalCoverage);
    expect(read(spread(right)).nominalCoverage.every((share) => share > 0 && share < 1)).toBe(true);
  });
});

describe("a particle table in a scenario", () => {
  const tabled = (table: string) =>
    written(
      "tabled.yaml",
      swapped(
        smallNetwork.slice(smallNetwork.indexOf("  packing:"), smallNetwork.indexOf("coverage:")),
        `  table: ${table}\n`,
      ),
    );

  it("gives places, radii and coverage, and counts among the inputs", () => {
    written(
      "three.csv",
      "x [um],y [um],z [um],Particle radius [um],Coverage\n10,10,5,5,0.9\n22,10,5,5,0.2\n10,24,17,6,\n",
    );
    const { scenario, inputs } = readScenario(tabled("three.csv"));
    const { packing } = scenario.network!;
    expect(inputs.map(({ path }) => path.split("/").at(-1))).toEqual(["tabled.yaml", "three.csv"]);
    expect([...packing.coverage.slice(0, 2)]).toEqual([0.9, 0.2]);
    expect(packing.coverage[2]).toBeGreaterThan(0);
    expect(packing.box.map((side) => Math.round(side * 1e9))).toEqual([23000, 25000, 23000]);
    expect(packing.periodic).toBe(false);
  });

  it("is refused where it is absent or no such table", () => {
    const at = (table: string) => {
      try {
        loadScenario(tabled(table));
      } catch (error) {
        return (error as Error).message;
      }
      return "";
    };
    expect(at("nowhere.csv")).toMatch(/tabled.yaml:5:3: geometry.table: .*no such file/);
    written("other.csv", "a,b\n1,2\n");
    expect(at("other.csv")).toMatch(/geometry.table: .*no column x \[um\] or x_um; there are: a, b/);
  });
});

describe("what a fidelity cannot do is refused, with its place and what is allowed", () => {
  const cases: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    [
      "a packing that is to be meshed",
      swapped("fidelity: network", "fidelity: fem"),
      /:5:3: geometry.packing: .*fidelity: network/,
    ],
    [
      "patches anywhere on a mesh",
      right.replace("pattern: arc", "facing: random"),
      /coverage.facing: .*with fidelity fem/,
    ],
    ["a fidelity that there is not", swapped("fidelity: network", "fidelity: exact"), /fidelity: .*fem \| network/],
    [
      "a stack",
      `${disks
        .replace("kind: plane", "kind: axisymmetric")
        .replace(/lattice: .*/, "stack: { count: 2, radius: 5 um, clearance: 6 um }")
        .replace("collector: bottom", "collector: right")}`,
      /geometry.kind: .*plane with fidelity network/,
    ],
    ["another collector", disks.replace("collector: bottom", "collector: left"), /geometry.collector: .*depth 0/],
    ["several patches", disks.replace("pattern: arc", "pattern: patches"), /coverage.pattern: .*arc/],
    [
      "a diffusivity that varies",
      swapped("diffusivity: 5e-14 m^2/s", "diffusivity: ORegan2022"),
      /activeMaterial.diffusivity: .*a constant/,
    ],
    [
      "stress-driven diffusion",
      swapped("initialStoichiometry: 0.8", "initialStoichiometry: 0.8\n  stressDrift: true"),
      /stressDrift: .*false/,
    ],
    [
      "a packing out of reach",
      swapped("solidFraction: 0.3", "solidFraction: 0.8"),
      /packing.solidFraction: .*reached 0\./,
    ],
    ["a period that is too short", swapped("boundary: walls", "boundary: periodic"), /geometry.packing: .*period/],
    ["a box beside a packing", swapped("geometry:", "geometry:\n  collector: top"), /geometry.collector: .*depth 0/],
    ["a cloud without a length", swapped("facing: random", "facing: cloud"), /coverage.facing: .*correlationLength/],
    [
      "a deviation that no share has",
      swapped("mean: 0.5, deviation: 0.2", "mean: 0.01, deviation: 0.2"),
      /coverage.distribution: .*deviation/,
    ],
    [
      "two kinds of radii",
      swapped("deviation: 1 um }", "deviation: 1 um }, normal: { mean: 5 um, deviation: 1 um }"),
      /packing.radius: .*exactly one/,
    ],
    ["an aspect of another dimension", swapped("boundary: walls", "aspect: [1, 1]"), /packing.aspect: .*3 numbers/],
    ["a lattice of any number", swapped("boundary: walls", "arrangement: lattice"), /packing.particles: .*such as/],
  ];
  it.each(cases)("%s", (_, text, says) => {
    expect(faultsOf(text)).toMatch(says);
  });
});

describe("a packing over a base with a lattice", () => {
  it("takes the lattice, the box and the fractions of the base away, and the other way round", () => {
    written("base.yaml", right);
    const over = written(
      "over.yaml",
      `base: base.yaml\nfidelity: network\ngeometry: { packing: { particles: 12, radius: 5 um, solidFraction: 0.3, boundary: walls } }\ncoverage: { distribution: { mean: 0.5, deviation: 0.1 } }\n`,
    );
    expect(loadScenario(over).geometry.particles).toHaveLength(12);
    const back = written(
      "back.yaml",
      "base: over.yaml\nfidelity: fem\ngeometry: { lattice: { columns: 3, radius: 5 um, clearance: 6 um } }\n",
    );
    expect(loadScenario(back)).toMatchObject({ network: null });
  });
});
