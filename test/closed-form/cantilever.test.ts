import { describe, it } from "vitest";
import {
  cohesiveLength,
  compliance,
  complianceOnFoundation,
  criticalForce,
  energyRelease,
  foundationWaveNumber,
} from "../../validation/closed-form/cantilever.js";
import { expectDigits, expectNear } from "../law/tolerance.js";

const beam = { youngModulus: 70e9, height: 2e-3, width: 20e-3 };

describe("double cantilever beam", () => {
  it("releases G = P²/(2b) dC/da", () => {
    const [a, force, h] = [50e-3, 30, 1e-6];
    const slope = (compliance(beam, a + h) - compliance(beam, a - h)) / (2 * h);
    expectNear(energyRelease(beam, a, force), (force ** 2 / (2 * beam.width)) * slope, 1e-8);
  });

  it("grows its crack when G reaches G_c", () => {
    const force = criticalForce(beam, 50e-3, 280);
    expectNear(energyRelease(beam, 50e-3, force), 280, 1e-13);
  });

  it("on a foundation equals the beam on springs, solved piece by piece", () => {
    const [a, stiffness] = [30e-3, 1e13];
    const bending = (beam.youngModulus * beam.width * beam.height ** 3) / 12;
    const lambda = foundationWaveNumber(beam, stiffness);
    // One arm: half the interface's opening each, 2 K b per length; decaying e^(−λx) ahead of the crack tip.
    expectNear(4 * bending * lambda ** 4, 2 * stiffness * beam.width, 1e-12);
    const tip = (1 + lambda * a) / (2 * bending * lambda ** 3);
    const slope = (1 + 2 * lambda * a) / (2 * bending * lambda ** 2);
    const arm = tip + slope * a + a ** 3 / (3 * bending);
    expectNear(complianceOnFoundation(beam, a, stiffness), 2 * arm, 1e-12);
  });

  it("on a stiff foundation is the clamped beam", () => {
    expectNear(complianceOnFoundation(beam, 50e-3, 1e30), compliance(beam, 50e-3), 1e-4);
  });
});

describe("cohesive length", () => {
  it("is the printed one for E/(1 − ν²) of a binder of 2 GPa, in µm", () => {
    const planeStrain = 2e9 / (1 - 0.3 ** 2);
    const rows = [
      [10e6, 0.5, 11, 0],
      [20e6, 1.5, 8.2, 1],
      [20e6, 0.5, 2.7, 1],
      [20e6, 0.3, 1.6, 1],
    ];
    for (const [strength, toughness, printed, digits] of rows)
      expectDigits(cohesiveLength(planeStrain, toughness, strength) * 1e6, printed, digits);
  });
});
