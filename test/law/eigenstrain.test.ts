import { describe, expect, it } from "vitest";
import { linear } from "../../src/fem/law/eigenstrain/linear.js";
import { table } from "../../src/fem/law/eigenstrain/table.js";
import { twoSlope } from "../../src/fem/law/eigenstrain/two-slope.js";
import { expectNear } from "./tolerance.js";

describe("linear eigenstrain", () => {
  it("gives −2.0 % from s = 0.9 to 0.27 with Ω = 1.84e-6 m³/mol", () => {
    const law = linear.law({ partialMolarVolume: 1.84e-6 }, 51765);
    expectNear(law.value(0.27) - law.value(0.9), -0.02, 1e-3);
    expectNear(law.derivative(0.4), (1.84e-6 * 51765) / 3, 1e-15);
  });
});

describe("two-slope eigenstrain", () => {
  const law = twoSlope.law({ start: 0.9, knee: 0.4, end: 0.2, volumeAbove: 0.01, volumeBelow: 0.05 }, 51765);

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
    const rising = { start: 0.4, knee: 0.5, end: 0.2, volumeAbove: 0, volumeBelow: 0 };
    expect(() => twoSlope.law(rising, 51765)).toThrow(
      new RangeError("twoSlope eigenstrain: found start 0.4, knee 0.5, end 0.2; allowed: start > knee > end."),
    );
  });
});

describe("tabled eigenstrain", () => {
  it("passes through its points", () => {
    const choice = table.settle({ stoichiometry: [0.2, 0.4, 0.9], strain: [-0.02, -0.004, 0] });
    expectNear(table.law(choice, 51765).value(0.4), -0.004, 1e-15);
  });

  it("refuses lists that do not go together, and stoichiometries that do not rise", () => {
    const apart = table.settle({ stoichiometry: [0.2, 0.4], strain: [-0.02, -0.004, 0] });
    expect(table.faults(apart, 51765).map(({ found }) => found)).toEqual(["2 stoichiometries and 3 strains"]);
    const falling = table.settle({ stoichiometry: [0.4, 0.2], strain: [0, 0] });
    expect(() => table.law(falling, 51765)).toThrow("found stoichiometries that do not rise");
  });
});
