import {
  type Inferred,
  inferLaw,
  modelStrain,
  usualVegard,
  type VegardSettings,
} from "../../src/inference/vegard/infer.js";
import type { ParticleMaps } from "../../src/inference/vegard/particle-maps.js";
import { smoothed } from "../../src/inference/vegard/residual.js";
import { crystals } from "../../src/inference/vegard/stiffness.js";
import {
  type SyntheticParticle,
  type SyntheticSettings,
  syntheticParticles,
  usualSynthetic,
} from "../../src/inference/vegard/synthetic.js";

/** Platelets thin along b, stiffness between those of FePO4 and LiFePO4. */
export const plateletSettings: VegardSettings = {
  ...usualVegard,
  boundary: "free",
  state: "planeStress",
  axes: ["a", "c"],
  empty: crystals.FePO4,
  full: crystals.LiFePO4,
  compositionNoise: 0,
};

export function madePlatelets(settings: Partial<SyntheticSettings>): SyntheticParticle[] {
  return syntheticParticles({ ...usualSynthetic, ...settings }, plateletSettings);
}

export const mapsOf = (made: readonly SyntheticParticle[]): ParticleMaps[] => made.map(({ maps }) => maps);

/** Value of one coefficient. */
export function coefficient({ law }: Inferred, component: string, order: number, highest = false): number {
  const of = highest ? law.highest : law.coefficients;
  return of.find((each) => each.component === component && each.order === order)?.value ?? 0;
}

/** Infers the law of platelets and says how the residual agrees with what inclusions added, blurred alike. */
export function residualCorrelation(
  made: readonly SyntheticParticle[],
  name: string,
  sigma: number,
  settings = plateletSettings,
): number {
  const inferred = inferLaw(mapsOf(made), settings);
  const k = made.findIndex(({ maps }) => maps.name === name);
  const particle = inferred.particles[k];
  const model = modelStrain(particle, inferred.law, settings);
  const { grid, strain } = particle.maps;
  const pixels = grid.width * grid.height;
  const residual = strain.map((value, at) => value - model[at]);
  const pairs: [number, number][] = [];
  for (let c = 0; c < 3; c++) {
    const part = (of: Float64Array) => {
      const page = of.subarray(c * pixels, (c + 1) * pixels);
      return sigma > 0 ? smoothed(grid, page, sigma) : page;
    };
    const [found, added] = [part(residual), part(made[k].added)];
    for (const row of particle.rows) {
      const at = row - c * pixels;
      if (at >= 0 && at < pixels) pairs.push([found[at], added[at]]);
    }
  }
  return correlation(pairs);
}

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (axis: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[axis], 0) / pairs.length;
  const [a, b] = [mean(0), mean(1)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [x, y] of pairs) {
    ab += (x - a) * (y - b);
    aa += (x - a) ** 2;
    bb += (y - b) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
