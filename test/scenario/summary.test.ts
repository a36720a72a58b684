import { describe, expect, it } from "vitest";
import { rangeSentence } from "../../src/inference/range.js";
import { loadScenario } from "../../src/scenario/load.js";
import type { Row } from "../../src/scenario/result/record.js";
import { summarise } from "../../src/scenario/result/summary.js";
import type { FunctionChoice } from "../../src/scenario/scenario.js";

const scenario = loadScenario("scenarios/three-particles.yaml");

function rangeOf(surfaces: readonly (readonly number[])[], openCircuitPotential: FunctionChoice) {
  const own = { ...scenario, activeMaterial: { ...scenario.activeMaterial, openCircuitPotential } };
  const rows = surfaces.map((surfaceStoichiometry, k): Row => {
    const rest = { damage: [0, 0], largestDamage: [0, 0], balances: [0, 0, 0] as const, stoichiometry: [0.6, 0.6] };
    const clock = { time: k + 1, cycle: 1, protocolStep: 0, verb: "charge", voltage: 4, capacity: 0, ended: "" };
    return { ...clock, ...rest, surfaceStoichiometry };
  });
  const backend = { requested: "auto", ran: "webasm" };
  return summarise(rows, { scenario: own, coverage: [0.9, 0.1], backend, unknowns: {}, seconds: 1 }).range;
}

describe("the range of a run", () => {
  const chen = { set: "Chen2020" };
  const surfaces = [
    [0.7, 0.8],
    [0.3, 0.9],
  ];

  it("is that of the surfaces of all particles in all steps", () => {
    const range = rangeOf(surfaces, chen)!;
    expect(range).toMatchObject({ smallest: 0.3, largest: 0.9, inside: true });
    expect(range.measured.map((s) => s.toFixed(3))).toEqual(["0.266", "0.906"]);
    expect(rangeSentence(range)).toBe("");
  });

  it.each([
    [[[0.7, 0.2]], chen],
    [[[0.95, 0.5]], chen],
    [surfaces, { table: [[0.35, 4.2] as const, [0.95, 3.5] as const] }],
    [surfaces, { expression: "4 - x", validity: [0.2, 0.8] as const }],
  ])("is told when it leaves what is known: %o of %o", (surface, choice) => {
    const range = rangeOf(surface, choice)!;
    expect(range.inside).toBe(false);
    expect(rangeSentence(range)).toContain("rests on its continuation");
  });

  it("has no bounds for a constant, and is none without steps", () => {
    expect(rangeOf([[0.01, 0.99]], { constant: 4 })).toMatchObject({ measured: [0, 1], inside: true });
    expect(rangeOf([], chen)).toBeNull();
  });
});
