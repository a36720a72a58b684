import { describe, expect, it } from "vitest";
import { startSimulation } from "../../src/study/simulation.js";
import { variant } from "../../validation/simulated-run.js";

const common = {
  interface: { fatigue: "none" },
  coverage: { fractions: 1 },
  geometry: { lattice: { columns: 1, rows: 1, radius: "5 um", clearance: "30 um" } },
  binder: { youngModulus: "1 MPa" },
  solver: { mesh: { interfaceSize: "0.6 um", growth: 0.1, largestSize: "0.6 um" } },
};

/** Mean less surface stoichiometry after 120 s of charge at 1C, when the profile has settled. */
function settledGap(drifting: boolean, diffusivity: string): { gap: number; mean: number } {
  const scenario = variant("three-particles", {
    ...common,
    activeMaterial: { eigenstrain: { kind: "linear" }, stressDrift: drifting, diffusivity, initialStoichiometry: 0.6 },
    protocol: { repeat: 1, steps: [{ charge: { rate: "1C", until: { time: "300 s" } } }] },
  });
  const simulation = startSimulation(scenario);
  for (;;) {
    const next = simulation.advance();
    if (!("verb" in next)) throw new Error(next.ok ? "ended early" : next.reason);
    if (next.ended === null) continue;
    const { meanStoichiometry, surfaceStoichiometry } = next.particles;
    return { gap: meanStoichiometry[0] - surfaceStoichiometry[0], mean: meanStoichiometry[0] };
  }
}

describe("drift of lithium in its own stress", () => {
  it("is, in a free disk, diffusion made faster by 1 + θ s", { timeout: 240_000 }, () => {
    const plain = settledGap(false, "5e-14 m^2/s");
    const drifting = settledGap(true, "5e-14 m^2/s");
    const omega = 1.84e-6;
    const theta = (2 * 140e9 * omega ** 2 * 51765) / (9 * 0.7 * 8.314462618 * 298.15);
    const expected = plain.gap / (1 + theta * drifting.mean);
    expect(theta).toBeGreaterThan(2);
    expect(Math.abs(drifting.gap / expected - 1)).toBeLessThan(0.02);
  });
});
