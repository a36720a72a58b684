import { describe, expect, it } from "vitest";
import { dividerError, linearLimit, network, networkError, slabError } from "../../validation/circuit.js";
import { equalisationErrors } from "../../validation/equalisation.js";

describe("columns of carbon/binder", () => {
  it("are resistors, to the last digits", () => {
    expect(networkError(network)).toBeLessThan(1e-12);
  });

  it("stand in series with the reaction", () => {
    expect(Math.abs(slabError())).toBeLessThan(1e-3);
  });

  it.each([
    ["undamaged", 0.0128, 0, 3.267],
    ["half gone, exchange", 0.0256, 0, 2.147],
    ["half gone, film", 0.0128, 0.02, 1.897],
    ["nine tenths gone, film", 0.0128, 0.18, 1.154],
  ])("divide the current as printed: %s", (_name, reaction, film, ratio) => {
    const found = dividerError(reaction, film);
    expect(Math.abs(found.error)).toBeLessThan(1e-4);
    expect(Math.abs(found.ratio - ratio)).toBeLessThan(5.01e-4);
  });

  it("react linearly at first, and depart as sinh does", () => {
    for (const density of [0.01, 0.4]) {
      const { found, exact } = linearLimit(density);
      expect(Math.abs(found - exact)).toBeLessThan(1e-9);
      expect(found).toBeGreaterThan(0);
    }
  });

  it("equalise their particles exponentially", () => {
    const { charge, rest } = equalisationErrors({ step: 5, tolerance: 1e-3 });
    expect(charge).toBeLessThan(1e-3);
    expect(rest).toBeLessThan(1e-3);
  });
});
