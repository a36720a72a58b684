import { describe, expect, it } from "vitest";
import { type Inferred, inferLaw } from "../../../src/inference/vegard/infer.js";
import { halfWidth } from "../../../src/inference/vegard/law-fit.js";
import type { ParticleMaps } from "../../../src/inference/vegard/particle-maps.js";
import { unitStrain } from "../../../src/inference/vegard/stiffness.js";
import { diskSettings, swollenDisk } from "../../../validation/vegard/disk.js";
import {
  coefficient,
  madePlatelets,
  mapsOf,
  plateletSettings,
  residualCorrelation,
} from "../../../validation/vegard/platelets.js";
import { misfit, obliqueWaves, patchSettings, pixelwiseRatio, wavePatch } from "../../../validation/vegard/waves.js";
import { expectNear } from "../../law/tolerance.js";

const small = { pixels: 40, particles: 3 } as const;
const quick = { ...plateletSettings, order: 1 } as const;

function expectSlopes(found: Inferred, tolerance: number): void {
  expectNear(coefficient(found, "a", 1), misfit[0], tolerance);
  expectNear(coefficient(found, "c", 1), misfit[1], tolerance);
}

describe("a periodic patch, measured by closed forms", () => {
  const exact = inferLaw([wavePatch(48, obliqueWaves)], patchSettings);

  it("gives the slopes within 1e-8 and no higher powers: Vegard's law is found", () => {
    expect(exact.law.degree).toBe(1);
    expectSlopes(exact, 1e-8);
    for (const [k, component] of ["a", "c"].entries()) {
      expectNear(coefficient(exact, component, 1, true), misfit[k], 1e-8);
      for (const order of [0, 2, 3]) expect(Math.abs(coefficient(exact, component, order, true))).toBeLessThan(1e-10);
    }
  });

  it("shows the bias of regression pixel by pixel, −13 % and −27 %, as its closed form says", () => {
    for (const [k, wanted] of [-0.13, -0.27].entries()) {
      const { difference } = exact.law.pixelwise[k];
      expectNear(difference, pixelwiseRatio(obliqueWaves, k as 0 | 1) - 1, 1e-8);
      expectNear(difference, wanted, 0.005);
    }
  });

  it("stays within 1 % under 0.3 % of noise in strain", () => {
    const noisy = inferLaw([wavePatch(96, obliqueWaves, 0.003)], patchSettings);
    expect(noisy.law.degree).toBe(1);
    expectSlopes(noisy, 0.01);
    for (const { interval, order, component } of noisy.law.coefficients) {
      const truth = order === 0 ? 0 : misfit[component === "a" ? 0 : 1];
      expect(interval[0]).toBeLessThan(truth);
      expect(interval[1]).toBeGreaterThan(truth);
    }
  });

  it("needs one stiffness and a full picture", () => {
    const patch = wavePatch(16, obliqueWaves);
    expect(() => inferLaw([patch], { ...patchSettings, full: plateletSettings.full })).toThrow(/one stiffness/);
    const cut = patch.mask.slice();
    cut[3] = 0;
    expect(() => inferLaw([{ ...patch, mask: cut }], patchSettings)).toThrow(/fills its picture/);
  });
});

it("gives the slopes of a free disk in closed form within 1e-3", () => {
  const { law } = inferLaw([swollenDisk(30, 0.03)], { ...diskSettings, mostDegree: 1 });
  for (const { order, value } of law.coefficients) if (order === 1) expectNear(value, 0.03, 1e-3);
});

describe("platelets by finite elements", () => {
  const exact = inferLaw(mapsOf(madePlatelets({ pixels: 48 })), plateletSettings);

  it("give the slopes within 1e-3, and the cubic law no curvature worth the name", () => {
    expect(exact.law.degree).toBe(1);
    expectSlopes(exact, 1e-3);
    for (const [k, component] of ["a", "c"].entries()) {
      const bend = (c: number) =>
        [2, 3].reduce((sum, order) => sum + coefficient(exact, component, order, true) * (c ** order - c), 0);
      for (const c of [0.25, 0.5, 0.75]) expect(Math.abs(bend(c))).toBeLessThan(2e-3 * Math.abs(misfit[k]));
    }
  });

  it("choose degree 1 on every held-out particle", () => {
    expect([exact.law.heldOut, ...exact.law.rotation].map(({ degree }) => degree)).toEqual([1, 1, 1, 1, 1]);
    expect(exact.law.heldOut.particle).toBe("P1");
    expect(exact.law.heldOut.trained).toEqual(["P2", "P3", "P4", "P5"]);
  });
});

it("finds a curved law where there is one", () => {
  const law = [[0.04, 0.0103], [-0.019], []];
  const curved = inferLaw(mapsOf(madePlatelets({ ...small, law, strainNoise: 0.001 })), quick);
  expect(curved.law.degree).toBe(2);
  const { interval } = curved.law.coefficients.find(({ component, order }) => component === "a" && order === 2)!;
  expect(interval[0]).toBeLessThan(0.0103);
  expect(interval[1]).toBeGreaterThan(0.005);
});

it("takes crystals that lie at an angle, and their shear", () => {
  const turned = madePlatelets({ ...small, angles: [0.3, -0.5, 1.2], law: [[0.05], [-0.02], [0.01]] });
  const found = inferLaw(mapsOf(turned), { ...quick, components: 3 });
  expectNear(coefficient(found, "a", 1), 0.05, 0.005);
  expectNear(coefficient(found, "c", 1), -0.02, 0.01);
  expectNear(coefficient(found, "ac", 1), 0.01, 0.01);
});

it("agrees with regression pixel by pixel where nothing holds the lattice back, at any angle", () => {
  const [angle, pixels] = [0.7, 24];
  const count = pixels * pixels;
  const at = (k: number) => [(k % pixels) - 12, Math.floor(k / pixels) - 12] as const;
  const composition = Float64Array.from({ length: count }, (_, k) => 0.5 + 0.03 * at(k)[0] - 0.01 * at(k)[1]);
  const strain = [0, 1, 2].flatMap((c) => {
    const whole = [0, 1, 2].reduce((sum, k) => sum + [0.05, -0.02, 0.01][k] * unitStrain(k as 0 | 1 | 2, angle)[c], 0);
    return [...composition].map((value) => whole * value);
  });
  const mask = Float64Array.from({ length: count }, (_, k) => (Math.hypot(...at(k)) < 10 ? 1 : 0));
  const grid = { width: pixels, height: pixels, pixel: [1, 1] } as const;
  const maps = { name: "linear", grid, composition, strain: Float64Array.from(strain), mask, angle };
  const { law } = inferLaw([maps], { ...plateletSettings, components: 3, mostDegree: 1, margin: 2 });
  for (const [k, { value }] of law.pixelwise.entries()) expectNear(value, [0.05, -0.02, 0.01][k], 1e-9);
  for (const { difference } of law.pixelwise) expect(Math.abs(difference)).toBeLessThan(0.005);
});

it("does not mind an unknown reference of strain in each picture", () => {
  const shifted = mapsOf(madePlatelets(small)).map((maps, k) => ({
    ...maps,
    strain: maps.strain.map((value) => value + 0.01 * (k - 1)),
  }));
  expectSlopes(inferLaw(shifted, { ...quick, reference: "each" }), 0.005);
  expect(Math.abs(coefficient(inferLaw(shifted, quick), "a", 1) / misfit[0] - 1)).toBeGreaterThan(0.005);
});

describe("noise in composition", () => {
  const noisy = mapsOf(madePlatelets({ ...small, compositionNoise: 0.08 }));
  const { law } = inferLaw(noisy, { ...quick, compositionNoise: "estimate" });

  it("is told from the maps", () => expectNear(law.compositionNoise.value, 0.08, 0.1));

  it("does not bend the law", () =>
    expect([law.heldOut, ...law.rotation].map(({ degree }) => degree)).toEqual([1, 1, 1]));

  it("flattens the law, and is corrected for", () => {
    const { value, uncorrected } = law.coefficients.find(({ component, order }) => component === "a" && order === 1)!;
    expect(uncorrected / misfit[0]).toBeLessThan(0.98);
    expectNear(value, misfit[0], 0.01);
  });

  it("may be too strong for high powers only", () => {
    const strong = inferLaw(noisy, { ...quick, compositionNoise: 0.2 });
    expect(Math.max(...strong.law.highest.map(({ order }) => order))).toBeLessThan(3);
  });

  it("too strong to tell a law from is refused", () => {
    expect(() => inferLaw(noisy, { ...quick, compositionNoise: 2 })).toThrow(/hides the law/);
  });
});

it("leaves what composition does not explain: a planted inclusion, through noise as well", () => {
  const inclusion = {
    particle: "P3",
    x: -0.12,
    y: 0.14,
    halfLength: 0.08,
    halfThickness: 0.02,
    angle: 0.5,
    strain: 0.06,
  };
  const made = madePlatelets({ ...small, inclusions: [inclusion] });
  expect(residualCorrelation(made, "P3", 0, quick)).toBeGreaterThan(0.98);
  const noisy = madePlatelets({ ...small, pixels: 48, inclusions: [inclusion], strainNoise: 0.003 });
  expect(residualCorrelation(noisy, "P3", 1.5, quick)).toBeGreaterThan(0.9);
});

describe("pixels that are lost", () => {
  const made = madePlatelets({ ...small, badPixels: 0.05 });
  const { law, particles } = inferLaw(mapsOf(made), quick);

  it("cost little", () => expectSlopes({ law, particles }, 0.01));

  it("are counted, filled in for equilibrium and left out of the regression", () => {
    const { pixels, composition, maps, rows } = particles[0];
    expect(pixels.filled).toBeGreaterThan(10);
    expect(pixels.used).toBeLessThan(pixels.inside - pixels.filled);
    expect(composition.every(Number.isFinite)).toBe(true);
    for (const row of rows)
      expect(Number.isFinite(maps.strain[row] + maps.composition[row % composition.length])).toBe(true);
  });
});

describe("maps that tell no law", () => {
  const [maps] = mapsOf(madePlatelets({ ...small, particles: 1, fineness: 1 })) as [ParticleMaps];
  it.each([
    ["no particle", [], /no particle/],
    [
      "no composition",
      [{ ...maps, composition: maps.composition.map(() => Number.NaN) }],
      /no pixel with a composition/,
    ],
    ["no strain", [{ ...maps, strain: maps.strain.map(() => Number.NaN) }], /no strain/],
    ["an empty mask", [{ ...maps, mask: maps.mask.map(() => 0) }], /inside its mask/],
    ["one composition", [{ ...maps, composition: maps.composition.map(() => 0.5) }], /hardly varies/],
  ])("%s: refused with words", (_, given, message) => {
    expect(() => inferLaw(given, quick)).toThrow(message);
  });
  it("an unknown particle held out: refused with the names there are", () => {
    expect(() => inferLaw([maps], { ...quick, heldOut: "P9" })).toThrow(/no particle P9; there are P1/);
  });
});

it("takes Student's t from the number of blocks", () => {
  expectNear(halfWidth(11), 2.2281388519649385, 1e-9);
  expectNear(halfWidth(1001), 1.9623390808264078, 1e-9);
});
