import { describe, expect, it } from "vitest";
import { neighbours, symmetryErrors } from "../../validation/symmetry.js";

describe("rows of particles", () => {
  const found = symmetryErrors({ cycles: 2, interfaceSize: 0.8e-6, step: 20 });

  it("stay together when covered alike", () => {
    expect(found.equal).toBeLessThan(1e-9);
    expect(found.equalDamage).toBeLessThan(1e-9);
  });

  it("do the same when mirrored or turned upside down", () => {
    expect(found.mirrored).toBeLessThan(1e-9);
    expect(found.overturned).toBeLessThan(1e-9);
  });

  it("have the voltage of themselves and their mirror image", () => {
    expect(found.copies).toBeLessThan(1e-9);
  });

  it("permute with their coverage but for what neighbours do, which is seen too", () => {
    expect(found.permuted).toBeLessThan(neighbours);
    expect(found.permutedDamage).toBeLessThan(neighbours);
    // Neighbours feed each other through their carbon/binder: a model in which they do not would permute exactly.
    expect(Math.abs(found.permuted - 0.176)).toBeLessThan(0.02);
    expect(Math.abs(found.permutedDamage - 0.157)).toBeLessThan(0.02);
  });
});
