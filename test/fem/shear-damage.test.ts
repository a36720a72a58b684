import { describe, expect, it } from "vitest";
import { creep } from "../../src/fem/law/fatigue/creep.js";
import { course, halfCycles, stripCathode } from "./strip-cathode.js";

describe("an interface that is sheared", () => {
  /** Largest and mean damage after one charge with this weight of shear. */
  const damaged = (shearWeight: number) => {
    const fatigue = creep.law({ rate: 4 / 720, exponent: 2, threshold: 0, referenceTraction: 6e6, shearWeight });
    // nothing holds the particle back from the carbon/binder, which keeps it from shrinking along it
    const sides = { bottom: "roller", right: "fixed", top: "free", left: "free" } as const;
    const { frames } = course(stripCathode({ protocol: halfCycles(1), fatigue, sides }));
    const end = frames.find(({ ended }) => ended !== null);
    return end?.particles.damage[0] ?? Number.NaN;
  };

  it("is damaged by shear beside opening, by the weight that the law gives it", () => {
    const [none, some, more] = [damaged(0), damaged(1), damaged(2)];
    expect(none).toBeGreaterThan(0);
    expect(some / none).toBeGreaterThan(1.05);
    expect(more / some).toBeGreaterThan(1.05);
  });
});
