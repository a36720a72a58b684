import { usualTraining } from "../src/inference/unet/train.js";
import { classicalScore, halves, learnedScore, trained } from "./imaging/learned-slice.js";
import { labelledSlice } from "./imaging/slice.js";
import { onMeasured } from "./measured-data.js";
import type { ValidationCase } from "./validation-case.js";
import { between } from "./verdicts.js";

/** The U-Net trained on the left half of the slice drawn by hand, judged on the right one, beside the classical way. */
export const imagingUNet: ValidationCase = {
  name: "imaging-unet",
  title: "A small U-Net trained on one half of a labelled slice and on painted ones, judged on the other half",
  slow: true,
  run: onMeasured(labelledSlice, async (slice) => {
    const [left, right] = await halves(slice);
    const classical = classicalScore(right);
    const learned = await learnedScore(right, await trained(left, usualTraining));
    const beside = (value: number) => `classical: ${value.toFixed(3)}`;
    return [
      {
        ...between("mean overlap of matches, unseen half", learned.mean_matched_score, 0.84, 1),
        details: beside(classical.mean_matched_score),
      },
      between(
        "the same less that of the classical way",
        learned.mean_matched_score - classical.mean_matched_score,
        0,
        1,
      ),
      { ...between("F1 at 0.5, unseen half", learned.f1, 0.8, 1), details: beside(classical.f1) },
      { ...between("recall at 0.5, unseen half", learned.recall, 0.9, 1), details: beside(classical.recall) },
    ];
  }),
};
