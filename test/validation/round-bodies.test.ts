import { describe, expect, it } from "vitest";
import { inclusionFieldError, shellResistanceError } from "../../validation/conduction.js";
import { diffusionStressErrors } from "../../validation/diffusion-stress.js";
import { freeAlongErrors, freeDisk } from "../../validation/free-along.js";
import { misfitErrors } from "../../validation/misfit.js";
import { observedOrder } from "../../validation/verdicts.js";

const kinds = ["plane", "axisymmetric"] as const;
/** 0.25 µm on a particle of 5 µm. */
const usual = { order: 1, segments: 32 } as const;
const refined = { order: 2, segments: 16 } as const;

describe("cylinders that are free along their axis", () => {
  it.each([
    ["free", [0.3, 0.3]],
    ["fixed", [0.3, 0.3]],
    ["free", [0.2, 0.4]],
    ["fixed", [0.2, 0.4]],
  ] as const)(
    "pull, lengthen and are stressed along it as Lamé says: %s outside, Poisson's ratios %s",
    (condition, poissonRatio) => {
      for (const [ratio, stiffness] of [
        [2, 1e15],
        [1.2, 1e17],
      ]) {
        const found = freeAlongErrors({ condition, poissonRatio, ratio, stiffness, ...refined });
        expect(Math.abs(found.traction)).toBeLessThan(1e-4);
        expect(Math.abs(found.opening)).toBeLessThan(1e-4);
        expect(Math.abs(found.axialStrain)).toBeLessThan(1e-6);
        expect(found.axialStress).toBeLessThan(2e-3);
        expect(Math.abs(found.force)).toBeLessThan(1e-5);
      }
    },
  );

  it.each([1, 2] as const)("take the particle's own strain without stress where nothing holds it, P%d", (order) => {
    const { stress, axialStrain } = freeDisk(order);
    expect(stress).toBeLessThan(1e-8);
    expect(Math.abs(axialStrain - 1)).toBeLessThan(1e-8);
  });
});

describe.each(kinds)("round bodies, %s", (kind) => {
  it.each([1.2, 1.5, 2, 3, 4])("pull on the particle as Lamé says at b/a = %d", (ratio) => {
    for (const condition of ["free", "fixed"] as const) {
      const shell = { kind, condition, ratio, stiffness: 1e17 };
      expect(Math.abs(misfitErrors({ ...shell, ...usual }).error)).toBeLessThan(1e-2);
      const fine = misfitErrors({ ...shell, ...refined });
      expect(Math.abs(fine.error)).toBeLessThan(1e-3);
      // Shrinking pulls the binder along: tension.
      expect(fine.traction).toBeGreaterThan(0);
    }
  });

  it.each([1e14, 1e15, 1e16])("open an interface of %d Pa/m as springs in series do", (stiffness) => {
    const shell = { kind, condition: "free", ratio: 4, stiffness } as const;
    for (const [mesh, band] of [
      [usual, 1e-2],
      [refined, 1e-3],
    ] as const) {
      const found = misfitErrors({ ...shell, ...mesh });
      expect(Math.abs(found.error)).toBeLessThan(band);
      expect(Math.abs(found.openingError)).toBeLessThan(band);
    }
  });

  it("are stressed by settled lithium as the closed form says", () => {
    const found = diffusionStressErrors({ kind, ...usual });
    expect(Math.abs(found.surface / found.expectedSurface - 1)).toBeLessThan(2e-3);
    expect(Math.abs(found.centre / found.expectedCentre - 1)).toBeLessThan(2e-3);
    const fine = diffusionStressErrors({ kind, order: 2, segments: 32 });
    expect(fine.hydrostatic).toBeLessThan(2e-3);
    expect(fine.vonMises).toBeLessThan(2e-3);
    // Lithium leaves: the surface is in tension, the centre in compression.
    expect(fine.surface).toBeGreaterThan(0);
    expect(fine.centre).toBeLessThan(0);
  });

  it("resist the current between concentric surfaces", () => {
    const [coarse, fine] = [16, 32].map((segments) => shellResistanceError({ kind, order: 1, segments }));
    expect(Math.abs(fine)).toBeLessThan(1e-3);
    expect(Math.abs(observedOrder(coarse, fine) - 2)).toBeLessThan(0.25);
    expect(Math.abs(shellResistanceError({ kind, ...refined }))).toBeLessThan(1e-5);
  });

  it("have Maxwell's field in an inclusion", () => {
    const [coarse, fine] = [16, 32].map((segments) => inclusionFieldError({ kind, order: 1, segments }));
    expect(fine).toBeLessThan(2e-3);
    expect(Math.abs(observedOrder(coarse, fine) - 2)).toBeLessThan(0.25);
    expect(inclusionFieldError({ kind, ...refined })).toBeLessThan(5e-5);
  });
});
