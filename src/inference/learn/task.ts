import { trainForest } from "../forest/forest.js";
import type { Samples } from "../forest/samples.js";
import { type FoldPrediction, predictFold } from "../forest/score.js";
import { type ContributionSettings, contributionRun } from "./contribution.js";
import { shadowRun } from "./noise-floor.js";

/** Folds of every cross-validation. */
export const folds = 5;

/**
 * The forests of learning, by name. Each follows from samples, settings and its part alone, to the bit, so that it does not
 * matter which thread grows it, and what comes back is plain data.
 */
export const tasks = {
  contribution: contributionRun,
  shadow: shadowRun,
  fold: (samples: Samples, { forest }: ContributionSettings, { fold, seed }: FoldPart): FoldPrediction =>
    predictFold(samples, forest, seed, fold, folds),
  outOfBag: (samples: Samples, { forest }: ContributionSettings, { seed }: SeedPart): Float64Array =>
    trainForest(samples, forest, seed).outOfBag,
} as const;

export interface SeedPart {
  readonly seed: number;
}

export interface FoldPart extends SeedPart {
  /** From 0. */
  readonly fold: number;
}

export type TaskName = keyof typeof tasks;

/** What tells one task of a kind from another. */
export type Part<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[2];

/** What a task of learning gives. */
export type Outcome<Name extends TaskName> = ReturnType<(typeof tasks)[Name]>;

/** A task with all that it needs. */
export interface Task<Name extends TaskName = TaskName> {
  readonly name: Name;
  readonly samples: Samples;
  readonly settings: ContributionSettings;
  readonly part: Part<Name>;
}

export function taskDone<Name extends TaskName>({ name, samples, settings, part }: Task<Name>): Outcome<Name> {
  const run = tasks[name] as (samples: Samples, settings: ContributionSettings, part: Part<Name>) => Outcome<Name>;
  return run(samples, settings, part);
}
