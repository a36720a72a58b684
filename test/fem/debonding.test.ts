import { describe, expect, it } from "vitest";
import { bilinear } from "../../src/fem/law/cohesive/bilinear.js";
import type { TractionPoint } from "../../src/fem/law/law.js";
import { simulatedRun, variant } from "../../validation/simulated-run.js";

const strong = {
  stiffness: 1e16,
  normalStrength: 30e6,
  shearStrength: 30e6,
  normalToughness: 1.5,
  shearToughness: 1.5,
  mixedMode: { kind: "benzeggagh-kenane", exponent: 2 },
} as const;

function point(normal: number, shear: number, share: number): TractionPoint {
  const out = { normal: 0, shear: 0, normalSecant: 0, shearSecant: 0, damage: 0, softening: 0 };
  bilinear.law(strong, strong.stiffness).traction(normal, shear, 0.1, out, share);
  return out;
}

describe("a softening interface", () => {
  it.each([1, 0.4])("has the tangent of its tractions at a fixed mode, with a share of %s let through", (share) => {
    const [n, s] = [2.4e-8, 1.1e-8];
    const size = Math.hypot(n, s);
    const at = point(n, s, share);
    const step = 1e-6;
    const [more, less] = [point(n * (1 + step), s * (1 + step), share), point(n * (1 - step), s * (1 - step), share)];
    // Along the opening itself: d t / d|δ| = (secant − softening |δ|²) δ/|δ|.
    const expected = ((at.normalSecant - at.softening * size * size) * n) / size;
    const found = (more.normal - less.normal) / (2 * step * size);
    expect(at.softening).toBeGreaterThan(0);
    expect(Math.abs(found / expected - 1)).toBeLessThan(1e-6);
  });

  it("debonds on the brink of snap-back and goes on, its damage only growing", { timeout: 240_000 }, () => {
    const scenario = variant("plane-strain", {
      activeMaterial: { eigenstrain: { kind: "linear" }, initialStoichiometry: 0.8 },
      interface: { cohesive: { ...written(), mixedMode: strong.mixedMode }, fatigue: "none" },
      solver: { mesh: { interfaceSize: "1.2 um", growth: 0.4, largestSize: "3 um" }, time: { tolerance: 5e-3 } },
    });
    const { protocol } = scenario;
    const run = simulatedRun({ ...scenario, protocol: { ...protocol, repeat: 1, steps: protocol.steps.slice(0, 1) } });
    expect(run.stopped).toBeNull();
    expect(run.measured.spread.damageMax).toBeGreaterThan(0.1);
  });
});

function written(): Record<string, string> {
  return {
    normalStrength: "30 MPa",
    shearStrength: "30 MPa",
    normalToughness: "1.5 J/m^2",
    shearToughness: "1.5 J/m^2",
  };
}
