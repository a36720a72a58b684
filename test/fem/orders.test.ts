import { describe, expect, it } from "vitest";
import { damageOrders } from "../../validation/damage-orders.js";
import { coupledVariants, elasticOrders, steadyOrders, timeOrders, transientOrders } from "../../validation/orders.js";
import { variants } from "../../validation/patch.js";
import type { Verdict } from "../../validation/validation-case.js";

/** Every observed order lies within 0.1 of the theory. */
function expectOrders(verdicts: readonly Verdict[]): void {
  expect(verdicts.length).toBeGreaterThan(0);
  expect(verdicts.filter(({ holds }) => !holds)).toEqual([]);
}

describe.each(variants)("orders in space, $name", (shape) => {
  it.each(coupledVariants)("of lithium and potentials: steady $name", (variant) => {
    expectOrders(steadyOrders(shape, variant, [4, 8, 16]));
  });

  it("of the displacement", () => {
    expectOrders(elasticOrders(shape, [4, 8, 16]));
  });
});

describe("orders in space, transient", () => {
  it("of lithium and potentials with linear triangles", () => {
    expectOrders(transientOrders({ order: 1, kind: "plane" }, [4, 8, 16]));
  });
});

describe("orders in time", () => {
  it.each([
    ["euler", "constant"],
    ["euler", "alternating"],
    ["bdf2", "constant"],
    ["bdf2", "alternating"],
  ] as const)("%s, %s steps", (method, pattern) => {
    expectOrders(timeOrders(method, pattern, [40, 80, 160]));
  });

  it.each([
    ["euler", [2, 1, 0.5, 0.25]],
    ["bdf2", [16, 8, 4, 2]],
  ] as const)("%s, through damage that acts back", (method, steps) => {
    expectOrders(damageOrders(method, steps));
  });

  it("bdf2, through damage by cycles that acts back", () => {
    expectOrders(damageOrders("bdf2", [48, 24, 12, 6, 3], "cycles"));
  });
});
