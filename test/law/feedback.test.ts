import { describe, expect, it } from "vitest";
import {
  contactFeedback,
  exchangeFeedback,
  filmAndExchangeFeedback,
  filmFeedback,
  jiangFeedback,
  noFeedback,
} from "../../src/fem/law/feedback.js";
import { expectNear } from "./tolerance.js";

describe("feedback", () => {
  it("none touches nothing", () => {
    expect(noFeedback().filmResistance(1)).toBe(0);
    expect(noFeedback().activity(1)).toBe(1);
  });

  it("film rises from its initial value to 49 times its scale, as D/(1 − D + 1/49)", () => {
    const law = filmFeedback({ resistance: 0.02, initial: 0.001 });
    expect(law.filmResistance(0)).toBe(0.001);
    expectNear(law.filmResistance(1), 0.001 + 49 * 0.02, 1e-13);
    for (const damage of [0.1, 0.5, 0.9]) {
      expectNear(law.filmResistance(damage), 0.001 + (0.02 * damage) / (1 - damage + 1 / 49), 1e-12);
      expect(law.activity(damage)).toBe(1);
    }
  });

  it("exchange leaves its residual at D = 1; both is film with exchange", () => {
    const both = filmAndExchangeFeedback({ resistance: 0.02, initial: 0, residual: 0.02 });
    expectNear(exchangeFeedback({ residual: 0.02 }).activity(1), 0.02, 1e-13);
    expect(both.activity(0.4)).toBe(exchangeFeedback({ residual: 0.02 }).activity(0.4));
    expect(both.filmResistance(0.4)).toBe(filmFeedback({ resistance: 0.02, initial: 0 }).filmResistance(0.4));
  });

  it("contact is a conductance in series", () => {
    const law = contactFeedback({ conductance: 100, residual: 0.02 });
    expectNear(law.filmResistance(0), 0.01, 1e-15);
    expectNear(law.filmResistance(1), 0.5, 1e-13);
  });

  it("the electronic and ionic limits swap as damage grows", () => {
    const law = jiangFeedback({ electronic: 100, ionic: 20, ionicDetached: 50, residual: 0.02 });
    expectNear(law.filmResistance(0), 1 / 20, 1e-15);
    expectNear(law.filmResistance(1), 1 / 2, 1e-13);
    expect(law.filmResistance(0.5)).toBeLessThan(law.filmResistance(0));
  });

  it("refuses a residual of zero and negative resistances, saying so", () => {
    expect(() => exchangeFeedback({ residual: 0 })).toThrow(/above 0/);
    expect(() => filmFeedback({ resistance: -1, initial: 0 })).toThrow(/resistance -1/);
    expect(() => contactFeedback({ conductance: 0, residual: 1 })).toThrow(/must be positive/);
    expect(() => jiangFeedback({ electronic: 1, ionic: 1, ionicDetached: 0, residual: 1 })).toThrow(/ionicDetached 0/);
  });
});
