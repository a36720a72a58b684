import { draws } from "../../src/draws/draws.js";
import { usualVegard, type VegardSettings } from "../../src/inference/vegard/infer.js";
import type { ParticleMaps } from "../../src/inference/vegard/particle-maps.js";
import { isotropicCrystal } from "../../src/inference/vegard/stiffness.js";

/** Strain of the free lattice from composition 0 to 1, LiFePO4 against FePO4 along a and c. */
export const misfit = [0.0503, -0.019] as const;

export const poissonRatio = 0.3;

/** A periodic patch of an isotropic material in plane strain. */
export const patchSettings: VegardSettings = {
  ...usualVegard,
  boundary: "periodic",
  state: "planeStrain",
  axes: ["a", "c"],
  empty: isotropicCrystal(100, poissonRatio),
  full: isotropicCrystal(100, poissonRatio),
  compositionNoise: 0,
};

/** A wave of composition: whole periods along x and y, its share of the variance, phase. */
export interface Wave {
  readonly x: number;
  readonly y: number;
  readonly share: number;
  readonly phase: number;
}

/**
 * Three waves, oblique ones mostly, whose shares were chosen so that the closed form of `pixelwiseRatio` says −13 % and
 * −27 %.
 */
export const obliqueWaves: readonly Wave[] = [
  { x: 2, y: 1, share: 0.822, phase: 0.3 },
  { x: 1, y: 1, share: 0.066, phase: 1.1 },
  { x: 0, y: 1, share: 0.112, phase: 2 },
];

/**
 * Total strain of one wave of an isotropic eigenstrained body over its amplitude, xx, yy, xy, from Papkovich's form of
 * equilibrium: u = (σ*n − n (n·σ*n) / (2(1 − ν))) / μ, with σ* the stress that would hold the eigenstrain back.
 * @param angle of the wave's normal from x
 */
export function isotropicWave(angle: number, [a, c]: readonly [number, number], nu = poissonRatio) {
  const lambda = (2 * nu) / (1 - 2 * nu);
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  const [sx, sy] = [lambda * (a + c) + 2 * a, lambda * (a + c) + 2 * c];
  const along = (sx * x * x + sy * y * y) / (2 * (1 - nu));
  const [ux, uy] = [sx * x - along * x, sy * y - along * y];
  return [ux * x, uy * y, (ux * y + uy * x) / 2] as const;
}

/** Slope of strain on composition pixel by pixel over the true one: the waves' own, weighted by variance. */
export function pixelwiseRatio(waves: readonly Wave[], axis: 0 | 1): number {
  const total = waves.reduce((sum, { share }) => sum + share, 0);
  const slope = waves.reduce((sum, { x, y, share }) => sum + share * isotropicWave(Math.atan2(y, x), misfit)[axis], 0);
  return slope / total / misfit[axis];
}

/** Maps of a patch of waves, by closed forms only. */
export function wavePatch(pixels: number, waves: readonly Wave[], strainNoise = 0, seed = 1): ParticleMaps {
  const count = pixels * pixels;
  const composition = new Float64Array(count).fill(0.5);
  const strain = Float64Array.from(
    { length: 3 * count },
    (_, k) => [0.5 * misfit[0], 0.5 * misfit[1], 0][Math.floor(k / count)],
  );
  for (const { x, y, share, phase } of waves) {
    const answer = isotropicWave(Math.atan2(y, x), misfit);
    for (let k = 0; k < count; k++) {
      const turn = (x * (k % pixels) + y * Math.floor(k / pixels)) / pixels;
      const value = 0.3 * Math.sqrt(share) * Math.cos(2 * Math.PI * turn + phase);
      composition[k] += value;
      for (let c = 0; c < 3; c++) strain[c * count + k] += value * answer[c];
    }
  }
  const random = draws(seed, "strain noise");
  const noisy = strain.map((value) => value + (strainNoise > 0 ? strainNoise * random.normal() : 0));
  const mask = new Float64Array(count).fill(1);
  return {
    name: "patch",
    grid: { width: pixels, height: pixels, pixel: [1, 1] },
    composition,
    strain: noisy,
    mask,
    angle: 0,
  };
}
