import { describe, expect, it } from "vitest";
import { activeMaterials } from "../../src/fem/material/library.js";
import type { FunctionChoice } from "../../src/scenario/function/forms.js";
import { loadScenario } from "../../src/scenario/load.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { cathodeSpec } from "../../src/study/simulation.js";

const base = loadScenario("scenarios/three-particles.yaml");
const coarse = { ...base.solver, mesh: { ...base.solver.mesh, interfaceSize: 1e-6, largestSize: 3e-6 } };

function spec(activeMaterial: Partial<Scenario["activeMaterial"]>) {
  return cathodeSpec({ ...base, solver: coarse, activeMaterial: { ...base.activeMaterial, ...activeMaterial } });
}

describe("the potential", () => {
  const potential = (openCircuitPotential: FunctionChoice) => spec({ openCircuitPotential }).openCircuitPotential;

  it.each([
    ["Mohtat2020", 0.99],
    ["Chen2020", 0.95],
  ])("of %s is the published one up to s = %f, and bent down beyond", (set, end) => {
    const published = activeMaterials[set].openCircuitPotential;
    const used = potential({ set });
    expect(used.value(end)).toBe(published.value(end));
    expect(used.value(end - 0.01)).toBe(published.value(end - 0.01));
    const beyond = end + 0.5 * (0.995 - end);
    const straight = published.value(end) + published.derivative(end) * (beyond - end);
    expect(used.value(beyond)).toBeLessThan(straight - 1e-4);
  });

  it("of a table is the table's up to its last point, and at most up to 0.995", () => {
    const slope = -0.5;
    const straight = (s: number) => 4 + slope * s;
    const used = (last: number) =>
      potential({
        table: [
          [0.1, straight(0.1)],
          [last, straight(last)],
        ],
      });
    const off = (last: number, s: number) => Math.abs(used(last).value(s) - straight(s));
    expect(off(0.98, 0.98)).toBeLessThan(1e-12);
    expect(off(0.98, 0.99)).toBeGreaterThan(1e-4);
    expect(off(1, 0.995)).toBeLessThan(1e-12);
    expect(off(1, 0.999)).toBeGreaterThan(1e-4);
    expect(off(0.7, 0.95)).toBeLessThan(1e-12);
  });
});

describe("diffusivity and exchange current of one's own", () => {
  const steep: readonly FunctionChoice[] = [
    {
      table: [
        [0.3, 1e-14],
        [0.5, 4e-14],
        [0.7, 1e-14],
      ],
    },
    { expression: "1e-14 * (0.75 - x) * (x - 0.25)", validity: [0.3, 0.7] },
  ];

  it.each(steep)("stay above zero, and are as given inside their range: %o", (choice) => {
    const { diffusivity, exchangeCurrent } = spec({ diffusivity: choice, exchangeCurrent: choice });
    for (const given of [diffusivity, exchangeCurrent]) {
      for (const s of [-0.2, 0.001, 0.1, 0.2, 0.8, 0.95, 0.999, 1.2]) expect(given.value(s)).toBeGreaterThan(0);
      expect(given.validity).toEqual([0.3, 0.7]);
      expect(Math.abs(given.value(0.5) / ("table" in choice ? 4e-14 : 6.25e-16) - 1)).toBeLessThan(1e-12);
    }
  });

  it("are known to be constant when they are", () => {
    const { diffusivity, exchangeCurrent } = spec({
      diffusivity: { constant: 5e-14 },
      exchangeCurrent: { constant: 2 },
    });
    expect([diffusivity.constant, exchangeCurrent.constant]).toEqual([true, true]);
    expect(exchangeCurrent.value(0.9999)).toBe(2);
  });
});
