import { describe, expect, it } from "vitest";
import type { Arc } from "../../src/fem/mesh/geometry.js";
import { highArcs } from "../../src/scenario/coverage/pattern.js";

const turn = 2 * Math.PI;
const share = (arcs: readonly Arc[]) => arcs.reduce((sum, { from, to }) => sum + (to - from), 0) / turn;
const height = (arcs: readonly Arc[]) =>
  arcs.reduce((sum, { from, to }) => sum + (Math.sin(to) - Math.sin(from)) / 2, 0);
const fractions = [0.01, 0.1, 0.25, 0.5, 0.9, 0.99];

describe("coverage", () => {
  it.each(["arc", "patches", "random"] as const)("of a disk by %s has the share asked for", (pattern) => {
    for (const fraction of [0, ...fractions, 1]) {
      const arcs = highArcs("plane", { pattern, facing: "bottom", patches: 3 }, fraction, 7);
      expect(Math.abs(share(arcs) - fraction)).toBeLessThan(1e-12);
      for (const [k, { from, to }] of arcs.entries()) {
        expect(to).toBeGreaterThan(from);
        if (k > 0) expect(from).toBeGreaterThan(arcs[k - 1].to);
      }
    }
  });

  it("of a disk faces the side asked for", () => {
    const towards = { bottom: -Math.PI / 2, right: 0, top: Math.PI / 2, left: Math.PI } as const;
    for (const facing of ["bottom", "right", "top", "left"] as const) {
      const [arc] = highArcs("plane", { pattern: "arc", facing, patches: 1 }, 0.3, 1);
      expect(Math.cos((arc.from + arc.to) / 2 - towards[facing])).toBeGreaterThan(1 - 1e-12);
    }
  });

  it("of a sphere has the share of its area", () => {
    for (const fraction of fractions) {
      const arcs = highArcs("axisymmetric", { pattern: "arc", facing: "right", patches: 1 }, fraction, 1);
      expect(Math.abs(height(arcs) - fraction)).toBeLessThan(1e-12);
    }
  });

  it("at random is the same for the same seed, and another for another", () => {
    const way = { pattern: "random", facing: "bottom", patches: 4 } as const;
    expect(highArcs("plane", way, 0.4, 5)).toEqual(highArcs("plane", way, 0.4, 5));
    expect(highArcs("plane", way, 0.4, 5)).not.toEqual(highArcs("plane", way, 0.4, 6));
  });
});
