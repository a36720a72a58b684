import { describe, expect, it } from "vitest";
import { linearEigenstrain, tabledEigenstrain, twoSlopeEigenstrain } from "../../src/fem/law/eigenstrain.js";
import { expectNear } from "./tolerance.js";

describe("linearEigenstrain", () => {
  it("gives −2.0 % from s = 0.9 to 0.27 with Ω = 1.84e-6 m³/mol", () => {
    const law = linearEigenstrain(1.84e-6, 51765);
    expectNear(law.value(0.27) - law.value(0.9), -0.02, 1e-3);
    expectNear(law.derivative(0.4), (1.84e-6 * 51765) / 3, 1e-15);
  });
});

describe("twoSlopeEigenstrain", () => {
  const law = twoSlopeEigenstrain({ start: 0.9, knee: 0.4, end: 0.2, volumeAbove: 0.01, volumeBelow: 0.05 });

  it("loses a third of the volume strains between its marks", () => {
    expectNear(law.value(0.9), 0, 1, 1e-17);
    expectNear(law.value(0.5) - law.value(0.9), -(0.01 * 0.8) / 3, 1e-12);
    expectNear(law.value(0.2) - law.value(0.9), -0.06 / 3, 1e-12);
  });

  it("has the derivative of its value, C¹ across the rounded corner", () => {
    for (let k = 0; k < 400; k++) {
      const s = -0.2 + (1.4 * (k + 0.37)) / 400;
      const h = 1e-6;
      expectNear(law.derivative(s), (law.value(s + h) - law.value(s - h)) / (2 * h), 1e-6);
    }
    for (const s of [0.38, 0.42]) expectNear(law.derivative(s + 1e-12), law.derivative(s - 1e-12), 1e-6);
  });

  it("refuses marks that do not fall", () => {
    expect(() => twoSlopeEigenstrain({ start: 0.4, knee: 0.5, end: 0.2, volumeAbove: 0, volumeBelow: 0 })).toThrow(
      /must fall/,
    );
  });
});

describe("tabledEigenstrain", () => {
  it("passes through its points", () => {
    const law = tabledEigenstrain([
      [0.2, -0.02],
      [0.4, -0.004],
      [0.9, 0],
    ]);
    expectNear(law.value(0.4), -0.004, 1e-15);
  });
});
