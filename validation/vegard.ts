import { inferLaw, type VegardSettings } from "../src/inference/vegard/infer.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { diskSettings, swollenDisk } from "./vegard/disk.js";
import { coefficient, madePlatelets, mapsOf, plateletSettings, residualCorrelation } from "./vegard/platelets.js";
import { misfit, obliqueWaves, patchSettings, pixelwiseRatio, wavePatch } from "./vegard/waves.js";
import { atMost, between } from "./verdicts.js";

const axes = ["a", "c"] as const;

/** Periodic patch of 96 × 96 pixels whose strain is known in closed form. */
export const vegardPatch: ValidationCase = {
  name: "vegard-patch",
  title:
    "composition-strain law of a periodic patch: exact slopes, no curvature, bias of regression pixel by pixel, noise",
  slow: false,
  run: async () => {
    const exact = inferLaw([wavePatch(96, obliqueWaves)], patchSettings);
    const verdicts = slopes("no noise", exact, 1e-8);
    for (const [k, axis] of axes.entries()) {
      const bend = Math.max(...[2, 3].map((order) => Math.abs(coefficient(exact, axis, order, true))));
      verdicts.push(atMost(`cubic law, largest factor of X² and X³, ${axis}`, bend, 1e-8));
      const { difference } = exact.law.pixelwise[k];
      const closed = pixelwiseRatio(obliqueWaves, k as 0 | 1) - 1;
      verdicts.push(between(`bias pixel by pixel, ${axis}`, difference, bands[k] - 0.005, bands[k] + 0.005));
      verdicts.push(atMost(`bias pixel by pixel less its closed form, ${axis}`, difference - closed, 1e-8));
    }
    const noisy = inferLaw([wavePatch(96, obliqueWaves, 0.003)], patchSettings);
    verdicts.push(...slopes("0.3 % noise in strain", noisy, 0.01), chosen(noisy.law.degree));
    const inside = repeats(100);
    for (const [k, axis] of axes.entries())
      verdicts.push(between(`true slope inside its 95 % interval, of 100 repeats, ${axis}`, inside[k], 90, 99));
    return verdicts;
  },
};

/** As measured once on such a patch, of a field of composition that was not kept. */
const bands = [-0.13, -0.27];

/** How many intervals of 100 hold the truth, on a coarser patch. */
function repeats(count: number): [number, number] {
  const inside: [number, number] = [0, 0];
  for (let seed = 1; seed <= count; seed++) {
    const { law } = inferLaw([wavePatch(32, obliqueWaves, 0.003, seed)], { ...patchSettings, mostDegree: 1, block: 4 });
    for (const [k, axis] of axes.entries()) {
      const { interval } = law.coefficients.find(({ component, order }) => component === axis && order === 1)!;
      if (interval[0] < misfit[k] && interval[1] > misfit[k]) inside[k]++;
    }
  }
  return inside;
}

function slopes(what: string, found: ReturnType<typeof inferLaw>, limit: number): Verdict[] {
  return axes.map((axis, k) =>
    atMost(`slope along ${axis}, relative error, ${what}`, coefficient(found, axis, 1) / misfit[k] - 1, limit),
  );
}

const chosen = (degree: number, what = "0.3 % noise in strain"): Verdict =>
  between(`degree chosen, ${what}`, degree, 1, 1);

/** Five made-up platelets whose strain comes from curved outlines and exact composition at quadrature points. */
export const vegardPlatelets: ValidationCase = {
  name: "vegard-platelets",
  title: "composition-strain law of particles with a free surface: slopes, degree, noise, inclusion",
  slow: true,
  run: async ({ report }) => {
    report("a disk in closed form …");
    const disk = inferLaw([swollenDisk(64, 0.03)], { ...diskSettings, mostDegree: 1 });
    const verdicts = axes.map((axis) =>
      atMost(`disk, slope along ${axis}, relative error`, coefficient(disk, axis, 1) / 0.03 - 1, 1e-3),
    );
    report("platelets without noise …");
    const size = { pixels: 64 };
    const exact = inferLaw(mapsOf(madePlatelets({ ...size, fineness: 2 })), plateletSettings);
    verdicts.push(...slopes("no noise", exact, 1e-3), chosen(exact.law.degree, "no noise"));
    for (const [k, axis] of axes.entries()) {
      const bend = [0.25, 0.5, 0.75].map((c) =>
        [2, 3].reduce((sum, order) => sum + coefficient(exact, axis, order, true) * (c ** order - c), 0),
      );
      verdicts.push(
        atMost(
          `cubic law, largest bend over the slope, ${axis}`,
          Math.max(...bend.map(Math.abs)) / Math.abs(misfit[k]),
          2e-3,
        ),
      );
    }
    report("platelets with noise …");
    const noisy = inferLaw(mapsOf(madePlatelets({ ...size, strainNoise: 0.003 })), plateletSettings);
    verdicts.push(...slopes("0.3 % noise in strain", noisy, 0.01), chosen(noisy.law.degree));
    report("an inclusion …");
    verdicts.push(...inclusions(size));
    report("noise in composition …");
    verdicts.push(...compositionNoise(size));
    return verdicts;
  },
};

const strip = { particle: "P3", x: -0.12, y: 0.14, halfLength: 0.08, halfThickness: 0.02, angle: 0.5, strain: 0.06 };

function inclusions(size: { readonly pixels: number }): Verdict[] {
  const clear = madePlatelets({ ...size, inclusions: [strip] });
  const noisy = madePlatelets({ ...size, inclusions: [strip], strainNoise: 0.003 });
  const least = (name: string, value: number) => between(name, value, 0.9, 1);
  return [
    least("residual against planted inclusion, correlation, no noise", residualCorrelation(clear, "P3", 0)),
    least("the same, 0.3 % noise, blurred by 1.5 pixels", residualCorrelation(noisy, "P3", 1.5)),
  ];
}

/** Noise of 5 % in composition: the plain slope is off, the corrected one is not. */
function compositionNoise(size: { readonly pixels: number }): Verdict[] {
  const maps = mapsOf(madePlatelets({ ...size, compositionNoise: 0.05, strainNoise: 0.003 }));
  const settings: VegardSettings = { ...plateletSettings, compositionNoise: "estimate" };
  const found = inferLaw(maps, settings);
  const { uncorrected } = found.law.coefficients.find(({ component, order }) => component === "a" && order === 1)!;
  return [
    between("noise in composition told from the maps, planted 0.05", found.law.compositionNoise.value, 0.045, 0.055),
    between("slope along a without correction, relative error", uncorrected / misfit[0] - 1, -0.05, -0.005),
    ...slopes("5 % noise in composition, corrected", found, 0.01),
  ];
}
