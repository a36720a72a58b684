import { cutCrowd } from "./imaging/crowd.js";
import type { ValidationCase } from "./validation-case.js";
import { atMost, between } from "./verdicts.js";

/** The balls that a cube of 160 voxels takes at each overlap, up to 400. */
const crowds = [
  [0, 230],
  [0.05, 270],
  [0.1, 320],
  [0.15, 380],
  [0.2, 400],
  [0.3, 400],
] as const;

/** Overlapping balls, told apart by the shipped default. */
export const imagingCrowd: ValidationCase = {
  name: "imaging-crowd",
  title: "Overlapping balls cut by the shipped default",
  slow: true,
  run: async () =>
    crowds.flatMap(([overlap, count]) => {
      const { f1, n_pred, n_true } = cutCrowd(count, 160, overlap);
      const strict = overlap <= 0.2;
      return [
        between(`overlap ${overlap}, ${count} balls: F1 at 0.5`, f1, strict ? 0.99 : 0.95, 1),
        atMost(`overlap ${overlap}, ${count} balls: error in their number`, n_pred / n_true - 1, strict ? 0.01 : 0.05),
      ];
    }),
};
