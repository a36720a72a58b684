import { describe, expect, it } from "vitest";
import { rangeSentence } from "../../src/inference/range.js";
import { summarise } from "../../src/result/summary.js";
import type { FunctionChoice } from "../../src/scenario/function/forms.js";
import { loadScenario } from "../../src/scenario/load.js";
import { type MadeStep, madeSteps } from "../result/made-steps.js";

const scenario = loadScenario("scenarios/three-particles.yaml");

type Extremes = NonNullable<MadeStep["extremes"]>;

function rangeOf(
  surfaces: readonly (readonly number[])[],
  openCircuitPotential: FunctionChoice,
  extremes?: readonly Extremes[],
) {
  const own = { ...scenario, activeMaterial: { ...scenario.activeMaterial, openCircuitPotential } };
  const rows = surfaces.map((surfaceStoichiometry, k): MadeStep => {
    const rest = { damage: [0, 0], largestDamage: [0, 0], meanStoichiometry: [0.6, 0.6] };
    const clock = { time: k + 1, cycle: k + 1, protocolStep: 0, verb: "charge", voltage: 4, capacity: 0, ended: "" };
    return { ...clock, ...rest, surfaceStoichiometry, ...(extremes && { extremes: extremes[k] }) };
  });
  const backend = { requested: "auto", ran: "webasm" };
  const ending = { status: "done" } as const;
  return summarise(madeSteps(rows), { scenario: own, coverage: [0.9, 0.1], backend, unknowns: {}, seconds: 1, ending })
    .range;
}

describe("the range of a run", () => {
  const chen = { set: "Chen2020" };
  const surfaces = [
    [0.7, 0.8],
    [0.3, 0.9],
  ];
  const nodal = [
    { smallest: 0.222, largest: 0.85, emptiest: 2, fullest: 1 },
    { smallest: 0.3, largest: 0.998, emptiest: 1, fullest: 2 },
  ];

  it("is that of every place in the particles, not of means over their surfaces, and says whose and when", () => {
    const range = rangeOf(surfaces, chen, nodal)!;
    expect(range).toMatchObject({
      smallest: 0.222,
      largest: 0.998,
      inside: false,
      emptiest: { particle: 2, cycle: 1, bent: 0 },
      fullest: { particle: 2, cycle: 2 },
    });
    // t = 0.96 of the way from 0.95 to 1: W t²/(1 − t) = 25.7 mV × 23.04.
    expect(Math.abs(range.fullest!.bent - 0.025692579 * 23.04)).toBeLessThan(1e-9);
    expect(rangeSentence(range)).toMatch(
      /^Particles ran from s = 0.222 to 0.998, .* Where it is fullest, in particle 2 in cycle 2, the barrier towards s = 1 lowers it by 0.592 V.$/,
    );
    expect(rangeSentence(range)).not.toContain("emptiest");
  });

  it("is that of the surfaces in results that kept no more", () => {
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
