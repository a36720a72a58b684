import { describe, expect, it } from "vitest";
import { thermalVoltage } from "../../src/fem/law/faraday.js";
import {
  type Branch,
  cylindricalShellResistance,
  dividerCurrents,
  dividerRatio,
  inclusionField,
  linearReactionError,
  reactionOverpotential,
  slabCurrent,
  sphericalShellResistance,
} from "../../validation/closed-form/conduction.js";
import { expectDigits, expectNear } from "../law/tolerance.js";

const V_T = thermalVoltage(298.15);

describe("conduction", () => {
  it("RT/F is 25.6926 mV", () => expectDigits(V_T * 1e3, 25.6926, 4));

  it("through shells adds in series", () => {
    for (const shell of [
      sphericalShellResistance,
      (a: number, b: number, s: number) => cylindricalShellResistance(a, b, s),
    ])
      expectNear(shell(1, 2, 3) + shell(2, 5, 3), shell(1, 5, 3), 1e-14);
    expectNear(sphericalShellResistance(1, 1 + 1e-6, 2), 1e-6 / (4 * Math.PI * 2), 2e-6);
    expectNear(cylindricalShellResistance(1, 1 + 1e-6, 2, 3), 1e-6 / (2 * Math.PI * 2 * 3), 2e-6);
  });

  it("inside an inclusion matches potential and current at its pole", () => {
    for (const [shape, dimension] of [
      ["sphere", 3],
      ["disk", 2],
    ] as const)
      for (const inclusion of [0, 0.1, 1, 1e6]) {
        const inside = inclusionField(shape, inclusion, 1);
        const dipole = 1 - inside;
        expectNear(inclusion * inside, 1 + (dimension - 1) * dipole, 1e-12);
      }
    expect(inclusionField("disk", 1, 1)).toBe(1);
  });

  it("through a slab into a linear reaction", () => {
    expectNear(slabCurrent(0.1, 5e-6, 3.3e-4, 0.0128), 0.1 / (5e-6 / 3.3e-4 + 0.0128), 1e-15);
  });
});

describe("two-branch divider", () => {
  const branch = (ohmic: number, reaction: number, film: number): Branch => ({ ohmic, reaction, film });
  const ratio = (reaction: number, film: number) =>
    dividerRatio(branch(0.0003, reaction, film), branch(0.03, reaction, film));

  it("has the printed ratios", () => {
    expectDigits(ratio(0.0128, 0), 3.267, 3);
    expectDigits(ratio(0.0128 / 0.5, 0), 2.147, 3);
    expectDigits(ratio(0.0128 / 0.1, 0), 1.231, 3);
    expectDigits(ratio(0.0128, 0.02), 1.897, 3);
    expectDigits(ratio(0.0128, 0.02 * 9), 1.154, 3);
  });

  it("shares the whole current", () => {
    const currents = dividerCurrents([branch(0.0003, 0.0128, 0), branch(0.03, 0.0128, 0)], 7);
    expectNear(currents[0] + currents[1], 7, 1e-15);
    expectNear(currents[0] / currents[1], ratio(0.0128, 0), 1e-14);
  });
});

describe("reaction", () => {
  it("has the printed overpotentials", () => {
    const rows = [
      [1, 1, 24.7271],
      [2, 5, 53.8307],
      [2, 7.28, 69.8896],
      [0.5, 7.28, 137.8644],
    ];
    for (const [exchange, current, printed] of rows)
      expectDigits(reactionOverpotential(current, exchange, V_T) * 1e3, printed, 4);
  });

  it("has the printed resistances V_T/i0", () => {
    expectDigits(V_T / 0.5, 0.0514, 4);
    expectDigits(V_T, 0.0257, 4);
    expectDigits(V_T / 2, 0.0128, 4);
    expectDigits(V_T / 3.4, 0.0076, 4);
  });

  it("is linear up to (Fη/2RT)²/6", () => {
    const rows = [
      [2e-3, 0.025, 3],
      [4e-3, 0.1, 1],
      [5e-3, 0.158, 3],
      [10e-3, 0.63, 2],
    ];
    for (const [eta, percent, digits] of rows) expectDigits(100 * linearReactionError(eta, V_T), percent, digits);
    const x = 2e-3 / (2 * V_T);
    expectNear(linearReactionError(2e-3, V_T), x ** 2 / 6, 1e-3);
  });
});
