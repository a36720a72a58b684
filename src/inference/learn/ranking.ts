import { trainForest } from "../forest/forest.js";
import type { Samples } from "../forest/samples.js";
import { crossValidate, meanAbsoluteError, rSquared } from "../forest/score.js";
import { type Group, groups } from "./attribute.js";
import {
  type Band,
  bandOf,
  type ContributionRun,
  type ContributionSettings,
  contributionBands,
  contributionRuns,
  groupShares,
  rankStability,
} from "./contribution.js";

/** How well the target is predicted for rows that were not learned from. */
export interface Scores {
  /** R² of five-fold cross-validation, all folds together. */
  readonly r2: number;
  /** Mean |error| of the same predictions, in units of the target. */
  readonly mae: number;
  readonly outOfBagR2: number;
  readonly outOfBagMae: number;
  /** Mean |target − median|: the error of knowing nothing. */
  readonly maeOfNothing: number;
}

/** Which attributes count, or why none can be said to. */
export interface Ranking {
  readonly scores: Scores;
  /** Why there is no ranking; null when there is one. */
  readonly refusal: string | null;
  /** [attribute]; empty when refused. */
  readonly contributions: readonly Band[];
  readonly groupShares: Readonly<Record<Group, Band>> | null;
  /** Median rank correlation between runs. */
  readonly stability: number | null;
  readonly runs: readonly ContributionRun[];
  readonly additivityError: number | null;
}

/** A forest that predicts no better than this explains nothing, and its SHAP values rank noise. */
export const leastR2 = 0.1;

/** Five-fold and out-of-bag scores of one seed. */
export function scoresOf(samples: Samples, { forest, seed }: ContributionSettings): Scores {
  const { target } = samples;
  const { predicted } = crossValidate(samples, forest, seed);
  const { outOfBag } = trainForest(samples, forest, seed);
  const median = Float64Array.from(target).sort()[target.length >> 1]!;
  return {
    r2: rSquared(target, predicted),
    mae: meanAbsoluteError(target, predicted),
    outOfBagR2: rSquared(target, outOfBag),
    outOfBagMae: meanAbsoluteError(target, outOfBag),
    maeOfNothing: meanAbsoluteError(target, new Float64Array(target.length).fill(median)),
  };
}

/** Scores first; ranks attributes only when the forest predicts anything. */
export function rankAttributes(
  samples: Samples,
  groupOf: readonly Group[],
  settings: ContributionSettings,
  each: (done: number) => void = () => undefined,
): Ranking {
  const scores = scoresOf(samples, settings);
  if (!(scores.r2 >= leastR2)) {
    const refusal = `R² is ${scores.r2.toFixed(3)} on rows not learned from, below ${leastR2}: a ranking would rank noise.`;
    return { scores, refusal, contributions: [], groupShares: null, stability: null, runs: [], additivityError: null };
  }
  const runs = contributionRuns(samples, settings, each);
  const shares = runs.map((run) => groupShares(run, groupOf));
  return {
    scores,
    refusal: null,
    contributions: contributionBands(runs),
    groupShares: Object.fromEntries(
      groups.map((group) => [group, bandOf(shares.map((share) => share[group]))]),
    ) as Record<Group, Band>,
    stability: runs.length > 1 ? rankStability(runs) : null,
    runs,
    additivityError: Math.max(...runs.map((run) => run.additivityError)),
  };
}
