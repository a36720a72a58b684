import {
  crowdLabels,
  type FusedScores,
  linkedScores,
  probableScores,
  sevenViews,
  threeViews,
} from "./imaging/views.js";
import type { ValidationCase } from "./validation-case.js";
import { between } from "./verdicts.js";

const digits = (value: number) => value.toFixed(3);

/** Views of the same particles, each with errors of its own: missing, cut, joined, invented and shifted outlines. */
export const imagingViews: ValidationCase = {
  name: "imaging-views",
  title: "Fused views of a crowd of balls, each view wrong in its own way",
  slow: false,
  run: async () => {
    const truth = crowdLabels(90, 60, 1);
    const told = (way: string, names: readonly string[], { single, together }: FusedScores, least: number) => {
      const alone = single.map(({ f1 }, k) => `${names[k]} ${digits(f1)}`).join(", ");
      const best = Math.max(...single.map(({ f1 }) => f1));
      const overlap = digits(together.mean_matched_score);
      return [
        { ...between(`${way}, ${names.length} views: F1 at 0.5`, together.f1, least, 1), details: `alone: ${alone}` },
        {
          ...between(`${way}, ${names.length} views: F1 less that of the best view`, together.f1 - best, 0.1, 1),
          details: `mean overlap of matches ${overlap}`,
        },
      ];
    };
    return [
      ...told("outlines", threeViews, linkedScores(truth, threeViews, 7), 0.8),
      ...told("outlines", sevenViews, linkedScores(truth, sevenViews, 7), 0.95),
      ...told("probabilities", threeViews, probableScores(truth, threeViews, 7), 0.5),
      ...told("probabilities", sevenViews, probableScores(truth, sevenViews, 7), 0.95),
    ];
  },
};
