import { columnsCorrelate, cutSlice, labelledSlice, measureSlice } from "./imaging/slice.js";
import { onMeasured } from "./measured-data.js";
import type { ValidationCase } from "./validation-case.js";
import { between } from "./verdicts.js";

/**
 * A slice of the electrodes of Li et al. (Science 376, 517, 2022) with 142 particles drawn by the authors: how well the
 * default finds them, and how far the published attributes hold the damage that they are to explain.
 */
export const imagingSlice: ValidationCase = {
  name: "imaging-slice",
  title: "A nano-tomography slice labelled by hand: segmentation and leakage of damage into attributes",
  slow: false,
  run: onMeasured(labelledSlice, async (slice) => {
    const { f1, recall, mean_matched_score } = await cutSlice(slice);
    const table = await measureSlice(slice);
    const rho = (name: string) => columnsCorrelate(table, name, "Damage (paper)");
    return [
      between("F1 at 0.5", f1, 0.8, 1),
      between("recall at 0.5", recall, 0.9, 1),
      between("mean overlap of matches", mean_matched_score, 0.84, 1),
      between("published V/S against damage, Spearman's ρ", rho("VSratio (paper)"), -0.97, -0.87),
      between("published inner surface against damage, ρ", rho("SurfInner (paper)"), 0.86, 0.96),
      between("published homogeneity against damage, ρ", rho("Homogeneity (paper)"), 0.8, 0.9),
      between("V/S of the outside against damage, ρ", rho("Volume-surface ratio"), -0.17, 0.17),
    ];
  }),
};
