import { describe, expect, it } from "vitest";
import { deviations, laminateTest } from "../../validation/cantilever.js";
import { pullApart } from "../../validation/pulled-beam.js";

describe("double cantilever beam through the softening interface", () => {
  const test = laminateTest(2, 120, 1, 60);
  const found = pullApart(test);
  const { stiffness, growing, energy, growth } = deviations(test, found);

  it("is as stiff as the beam on its foundation, to 3 %", () => {
    expect(Math.abs(stiffness)).toBeLessThan(0.03);
  });

  it("follows G = G_c while the crack grows, to 3 %", () => {
    expect(growth).toBeGreaterThan(5e-3);
    expect(growing).toBeLessThan(0.03);
  });

  it("spends on the interface what the work leaves over what is stored, to 0.1 %", () => {
    expect(Math.abs(energy)).toBeLessThan(1e-3);
  });

  it("never closes its crack", () => {
    for (let k = 1; k < found.length; k++) {
      expect(found[k].crack).toBeGreaterThanOrEqual(found[k - 1].crack);
      expect(found[k].spent).toBeGreaterThanOrEqual(found[k - 1].spent);
    }
  });
});
