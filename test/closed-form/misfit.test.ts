import { describe, expect, it } from "vitest";
import {
  cylinderEnergyCeiling,
  leastStableToughness,
  sphereDebonding,
  sphereEnergyCeiling,
} from "../../validation/closed-form/debonding.js";
import { isotropic } from "../../validation/closed-form/isotropic.js";
import {
  cylinderTraction,
  cylinderWithInterface,
  type Misfit,
  sphereTraction,
  sphereWithInterface,
} from "../../validation/closed-form/misfit.js";
import { expectDigits, expectNear } from "../law/tolerance.js";

const core = isotropic(140e9, 0.3);
const shell = isotropic(2e9, 0.3);
const misfit: Misfit = { core, shell, eigenstrain: -0.01, radius: 5e-6 };

describe("isotropic moduli", () => {
  it("are the printed ones", () => {
    expectNear(core.bulk, 116.667e9, 3e-6);
    expectNear(core.mu, 53.846e9, 3e-6);
    expectNear(core.lambda, 80.769e9, 3e-6);
    expectNear(shell.bulk, 1.66667e9, 3e-6);
    expectNear(shell.mu, 0.769231e9, 1e-6);
    expectNear(shell.lambda, 1.153846e9, 1e-6);
  });
});

describe("misfit traction", () => {
  it.each([
    [1.2, 9.5328, 136.2012, 4.7761, 170.3731],
    [1.5, 18.2179, 63.6002, 9.4086, 74.3848],
    [2, 24.8227, 41.8024, 13.5834, 42.8034],
    [3, 28.7315, 33.551, 16.9389, 28.5158],
    [4, 29.745, 31.7604, 18.1976, 24.494],
  ])("at b/a = %d is the printed one to four decimals in MPa", (ratio, ...row) => {
    const values = [
      sphereTraction(misfit, { ratio, condition: "free" }),
      sphereTraction(misfit, { ratio, condition: "fixed" }),
      cylinderTraction(misfit, { ratio, condition: "free" }),
      cylinderTraction(misfit, { ratio, condition: "fixed" }),
    ];
    for (const [k, value] of values.entries()) expectDigits(value / 1e6, row[k], 4);
  });

  it("in an infinite binder is the printed one, and the limit of thick shells", () => {
    expectDigits(sphereTraction(misfit) / 1e6, 30.5011, 4);
    expectDigits(cylinderTraction(misfit) / 1e6, 19.8864, 4);
    expectNear(sphereTraction(misfit, { ratio: 1e6, condition: "free" }), sphereTraction(misfit), 1e-12);
    expectNear(cylinderTraction(misfit, { ratio: 1e6, condition: "fixed" }), cylinderTraction(misfit), 1e-10);
  });

  it("agrees with the closed fractions", () => {
    const [e, a, b] = [-0.01, 1, 1.7];
    const [k, m, g, h] = [core.bulk, shell.bulk, core.mu, shell.mu];
    const free =
      (12 * k * m * h * e * (a ** 3 - b ** 3)) / (3 * k * m * b ** 3 + 4 * h * (k * a ** 3 - m * a ** 3 + m * b ** 3));
    expectNear(sphereTraction(misfit, { ratio: b, condition: "free" }), free, 1e-13);
    const [inPlane, outer] = [core.lambda + g, shell.lambda + h];
    const held = (3 * k * e * (a * a * outer + b * b * h)) / (a * a * (inPlane - outer) - b * b * (inPlane + h));
    expectNear(cylinderTraction(misfit, { ratio: b, condition: "fixed" }), held, 1e-13);
  });

  it("through an elastic interface is the printed one", () => {
    // The printed numbers come from K in Pa/m, R = 5 µm: traction in MPa, opening in nm.
    const rows = [
      [1e14, 4.2958, 42.958, 4.8988, 48.988],
      [1e15, 18.9445, 18.945, 15.2276, 15.228],
      [1e16, 28.7474, 2.875, 19.296, 1.93],
      [1e17, 30.3162, 0.3032, 19.8257, 0.1983],
    ];
    for (const [stiffness, t, gap, tc, gapc] of rows) {
      const ball = sphereWithInterface(misfit, stiffness);
      const rod = cylinderWithInterface(misfit, stiffness);
      expectDigits(ball.traction / 1e6, t, 4);
      expectDigits(rod.traction / 1e6, tc, 4);
      expectNear(ball.opening * 1e9, gap, 2e-4);
      expectNear(rod.opening * 1e9, gapc, 3e-4);
    }
  });

  it("refuses a shell inside the particle", () => {
    expect(() => sphereTraction(misfit, { ratio: 1, condition: "free" })).toThrow(/must exceed 1/);
  });
});

describe("debonding of a sphere", () => {
  const polymer = { binderShear: shell.mu, radius: 5e-6, strength: 10e6, toughness: 0.5, stiffness: 1e15 };

  it("is stable or not as printed", () => {
    const soft = sphereDebonding(polymer);
    expectNear(soft.binderStiffness, 6.15e14, 1e-3);
    expectNear(soft.softeningStiffness, 1.11e14, 2e-3);
    expect(soft.stable).toBe(true);
    expect(sphereDebonding({ ...polymer, strength: 30e6, stiffness: 1e16 }).stable).toBe(false);
    const tough = sphereDebonding({ ...polymer, strength: 30e6, toughness: 1.5, stiffness: 1e17 });
    expectNear(tough.softeningStiffness, 3e14, 5e-3);
    expect(tough.stable).toBe(true);
  });

  it("starts and ends at the printed eigenstrains, earlier for larger particles", () => {
    const rows = [
      [2e-6, 0.00825, 0.05],
      [5e-6, 0.00525, 0.02],
      [8e-6, 0.0045, 0.0125],
    ];
    for (const [radius, onset, full] of rows) {
      const found = sphereDebonding({ ...polymer, radius });
      expectNear(found.onset, onset, 1e-6);
      expectNear(found.full, full, 1e-12);
    }
  });

  it("needs the printed toughness to be stable", () => {
    const least = (strength: number) => leastStableToughness("sphere", shell.mu, 5e-6, strength);
    expectDigits(least(10e6), 0.08, 2);
    expectDigits(least(20e6), 0.33, 2);
    expectDigits(least(30e6), 0.73, 2);
    expectNear(leastStableToughness("cylinder", shell.mu, 5e-6, 10e6), 2 * least(10e6), 1e-14);
  });

  it("cannot release more than the printed energies", () => {
    const rows = [
      [5e-6, 0.01, 0.77],
      [5e-6, 0.02, 3.08],
      [2e-6, 0.02, 1.23],
      [8e-6, 0.02, 4.92],
    ];
    for (const [radius, strain, printed] of rows)
      expectDigits(sphereEnergyCeiling(shell.mu, -strain, radius), printed, 2);
    expectDigits(cylinderEnergyCeiling(shell.mu, 0.02, 5e-6, 0.3), 2.6, 2);
  });
});
