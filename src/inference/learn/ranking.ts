import type { Samples } from "../forest/samples.js";
import { assembleFolds, meanAbsoluteError, rSquared } from "../forest/score.js";
import { type Group, groups } from "./attribute.js";
import {
  type Band,
  bandOf,
  type ContributionRun,
  type ContributionSettings,
  contributionBands,
  contributionParts,
  groupShares,
  rankStability,
} from "./contribution.js";
import { alikeAttributes, correlationMatrix } from "./correlation.js";
import type { Crew } from "./crew.js";
import { aboveNoise, noiseFloor, shadowParts } from "./noise-floor.js";
import { folds } from "./task.js";

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
  /** The same with attributes that tell much the same taken together. */
  readonly sets: readonly SetContribution[];
  readonly groupShares: Readonly<Record<Group, Band>> | null;
  /** Median rank correlation between runs. */
  readonly stability: number | null;
  /** The same between the sets. */
  readonly setStability: number | null;
  /** The same with attributes below the noise floor taken as equal. */
  readonly stabilityAboveNoise: number | null;
  /** Mean |SHAP| that noise reaches, in units of the target: mean over the kinds of runs. */
  readonly noiseFloor: number | null;
  readonly runs: readonly ContributionRun[];
  readonly additivityError: number | null;
}

/** A forest that predicts no better than this explains nothing, and its SHAP values rank noise. */
const leastR2 = 0.1;

/** What the attributes of a set that tell much the same add together. */
export interface SetContribution extends Band {
  /** By index; one alone where no other tells the same. */
  readonly set: readonly number[];
}

/** R² of five-fold cross-validation of a target, all folds together, and its mean |error|. */
export async function crossScores(samples: Samples, settings: ContributionSettings, seed: number, crew: Crew) {
  const parts = Array.from({ length: folds }, (_, fold) => ({ fold, seed }));
  const { predicted } = assembleFolds(samples, await crew.all("fold", samples, settings, parts));
  return { r2: rSquared(samples.target, predicted), mae: meanAbsoluteError(samples.target, predicted) };
}

/** Five-fold and out-of-bag scores of one seed. */
async function scoresOf(samples: Samples, settings: ContributionSettings, crew: Crew): Promise<Scores> {
  const { target } = samples;
  const { seed } = settings;
  const { r2, mae } = await crossScores(samples, settings, seed, crew);
  const [outOfBag] = await crew.all("outOfBag", samples, settings, [{ seed }]);
  const median = Float64Array.from(target).sort()[target.length >> 1];
  return {
    r2,
    mae,
    outOfBagR2: rSquared(target, outOfBag),
    outOfBagMae: meanAbsoluteError(target, outOfBag),
    maeOfNothing: meanAbsoluteError(target, new Float64Array(target.length).fill(median)),
  };
}

/** Scores first; ranks attributes only when the forest predicts anything. */
export async function rankAttributes(
  samples: Samples,
  groupOf: readonly Group[],
  settings: ContributionSettings,
  crew: Crew,
  each: (done: number) => void = () => undefined,
): Promise<Ranking> {
  const scores = await scoresOf(samples, settings, crew);
  if (!(scores.r2 >= leastR2)) {
    const refusal = `R² is ${scores.r2.toFixed(3)} on rows not learned from, below ${leastR2}: a ranking would rank noise.`;
    return { scores, refusal, ...unranked };
  }
  const sets = setsOf(samples);
  const runs = await crew.all("contribution", samples, settings, contributionParts(settings, sets), each);
  const shadows = shadowParts(settings);
  const floor = noiseFloor(shadows, await crew.all("shadow", samples, settings, shadows));
  const shares = runs.map((run) => groupShares(run, groupOf));
  return {
    scores,
    refusal: null,
    contributions: contributionBands(runs),
    sets: sets.map((set, k) => ({ set, ...bandOf(runs.map(({ ofSets }) => ofSets[k])) })),
    groupShares: Object.fromEntries(
      groups.map((group) => [group, bandOf(shares.map((share) => share[group]))]),
    ) as Record<Group, Band>,
    stability: runs.length > 1 ? rankStability(runs) : null,
    setStability: runs.length > 1 && sets.length > 3 ? rankStability(runs, ({ ofSets }) => ofSets) : null,
    stabilityAboveNoise: runs.length > 1 ? rankStability(runs, (run) => aboveNoise(run, floor)) : null,
    noiseFloor: bandOf(runs.map(({ strategy }) => floor[strategy])).mean,
    runs,
    additivityError: Math.max(...runs.map((run) => run.additivityError)),
  };
}

const unranked = {
  contributions: [],
  sets: [],
  groupShares: null,
  stability: null,
  setStability: null,
  stabilityAboveNoise: null,
  noiseFloor: null,
  runs: [],
  additivityError: null,
} as const;

/** All attributes, those that tell much the same together. */
function setsOf(samples: Samples): (readonly number[])[] {
  const alike = alikeAttributes(correlationMatrix(samples), samples.names.length);
  const alone = samples.names.flatMap((_, k) => (alike.some((set) => set.includes(k)) ? [] : [[k]]));
  return [...alike, ...alone].sort((a, b) => a[0] - b[0]);
}
