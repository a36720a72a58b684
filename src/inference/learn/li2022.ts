import type { Group } from "./attribute.js";

/** Shares of the groups in the sum of mean |SHAP|, mean and standard deviation over 20 runs. */
export interface ReferenceShares {
  readonly cycles: number;
  readonly shares: Readonly<Partial<Record<Group, { readonly mean: number; readonly sd: number }>>>;
}

/**
 * Fig. 4 of Li et al., Science 376, 517 (2022), doi:10.1126/science.abm8962, as numbers: read off the twenty bar charts in
 * the authors' notebook (YijinLiu-Lab/ParticleNetworkDynamics, commit a2b12ab, part 4), to 3e-5 of damage.
 */
export const li2022Shares: readonly ReferenceShares[] = [
  {
    cycles: 10,
    shares: {
      structure: { mean: 0.7207, sd: 0.0305 },
      chemical: { mean: 0.1394, sd: 0.0338 },
      position: { mean: 0.0828, sd: 0.016 },
      local: { mean: 0.0572, sd: 0.0055 },
    },
  },
  {
    cycles: 50,
    shares: {
      structure: { mean: 0.2874, sd: 0.0305 },
      chemical: { mean: 0.1097, sd: 0.0164 },
      position: { mean: 0.063, sd: 0.0107 },
      local: { mean: 0.5399, sd: 0.038 },
    },
  },
];
