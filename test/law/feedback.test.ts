import { describe, expect, it } from "vitest";
import { both } from "../../src/fem/law/feedback/both.js";
import { contact } from "../../src/fem/law/feedback/contact.js";
import { exchange } from "../../src/fem/law/feedback/exchange.js";
import { film } from "../../src/fem/law/feedback/film.js";
import { jiang } from "../../src/fem/law/feedback/jiang.js";
import { none } from "../../src/fem/law/feedback/none.js";
import { expectNear } from "./tolerance.js";

describe("feedback", () => {
  it("none touches nothing", () => {
    expect(none.law({}).filmResistance(1)).toBe(0);
    expect(none.law({}).activity(1)).toBe(1);
  });

  it("film rises from its initial value to 49 times its scale, as D/(1 − D + 1/49)", () => {
    const law = film.law({ resistance: 0.02, initial: 0.001 });
    expect(law.filmResistance(0)).toBe(0.001);
    expectNear(law.filmResistance(1), 0.001 + 49 * 0.02, 1e-13);
    for (const damage of [0.1, 0.5, 0.9]) {
      expectNear(law.filmResistance(damage), 0.001 + (0.02 * damage) / (1 - damage + 1 / 49), 1e-12);
      expect(law.activity(damage)).toBe(1);
    }
  });

  it("exchange leaves its residual at D = 1; both is film with exchange", () => {
    const together = both.law({ resistance: 0.02, initial: 0, residual: 0.02 });
    expectNear(exchange.law({ residual: 0.02 }).activity(1), 0.02, 1e-13);
    expect(together.activity(0.4)).toBe(exchange.law({ residual: 0.02 }).activity(0.4));
    expect(together.filmResistance(0.4)).toBe(film.law({ resistance: 0.02, initial: 0 }).filmResistance(0.4));
  });

  it("contact is a conductance in series", () => {
    const law = contact.law({ conductance: 100, residual: 0.02 });
    expectNear(law.filmResistance(0), 0.01, 1e-15);
    expectNear(law.filmResistance(1), 0.5, 1e-13);
  });

  it("the electronic and ionic limits swap as damage grows", () => {
    const law = jiang.law({ electronic: 100, ionic: 20, ionicDetached: 50, residual: 0.02 });
    expectNear(law.filmResistance(0), 1 / 20, 1e-15);
    expectNear(law.filmResistance(1), 1 / 2, 1e-13);
    expect(law.filmResistance(0.5)).toBeLessThan(law.filmResistance(0));
  });

  it("refuses a residual of zero and negative resistances, saying so", () => {
    expect(() => exchange.law({ residual: 0 })).toThrow(
      "exchange feedback: found residual 0; allowed: a number above 0 and up to 1.",
    );
    expect(() => film.law({ resistance: -1, initial: 0 })).toThrow(
      "film feedback: found resistance -1 ohm*m^2; allowed: from 0 ohm m^2.",
    );
    expect(() => contact.law({ conductance: 0, residual: 1 })).toThrow("conductance 0 S/m^2; allowed: above 0");
    expect(() => jiang.law({ electronic: 1, ionic: 1, ionicDetached: 0, residual: 1 })).toThrow(/ionicDetached 0/);
  });
});
