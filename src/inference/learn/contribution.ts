import { draws, shuffled } from "../../draws/draws.js";
import { deviation, mean } from "../../statistics/mean.js";
import { quantile } from "../../statistics/quantile.js";
import { trainForest } from "../forest/forest.js";
import { chooseRows, type Samples } from "../forest/samples.js";
import type { ForestSettings } from "../forest/settings.js";
import { type Explanation, explain, meanAbsolute } from "../shap/explain.js";
import { interventional } from "../shap/interventional.js";
import { pathDependent } from "../shap/path-dependent.js";
import type { ValueFunction } from "../shap/path-game.js";
import { type Group, groups } from "./attribute.js";
import { rankCorrelation } from "./correlation.js";

/** Which question SHAP values answer, by the name used in options. */
export const valueFunctions = {
  "path-dependent": () => pathDependent(),
  interventional: (samples: Samples) => interventional(chooseRows(samples, someRows(samples.rows, 100, 0))),
} as const satisfies Readonly<Record<string, (samples: Samples) => ValueFunction>>;

export type ValueFunctionName = keyof typeof valueFunctions;

/** How contributions are measured. */
export interface ContributionSettings {
  readonly forest: ForestSettings;
  readonly shap: ValueFunctionName;
  /** First seed; the runs take this one and those that follow. */
  readonly seed: number;
  /** Forests on all rows, each with a seed of its own. */
  readonly seeds: number;
  /** Forests on rows drawn without replacement. */
  readonly subsamples: number;
  /** Rows of a subsample; half of the rows where there are fewer than twice as many. */
  readonly subsampleRows: number;
}

/** What one run is made with. */
export interface ContributionPart {
  readonly strategy: "seed" | "subsample";
  readonly seed: number;
  /** Sets of attributes, by index, whose values are added up before their mean is taken. */
  readonly sets: readonly (readonly number[])[];
}

/** One forest, explained. */
export interface ContributionRun extends Pick<ContributionPart, "strategy" | "seed"> {
  /** Mean |SHAP| over the rows that the forest was trained on, in units of the target. [attribute] */
  readonly meanAbsShap: Float64Array;
  /** The same of what the attributes of a set add together. [set] */
  readonly ofSets: Float64Array;
  readonly additivityError: number;
}

/** A number over runs: mean, standard deviation, and the band that holds 95 % of them. */
export interface Band {
  readonly mean: number;
  readonly sd: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The runs over seeds and subsamples, the robustness check of Li et al., Science 376, 517 (2022): ten seeds on all rows and
 * ten draws of 500.
 */
export function contributionParts(
  { seed, seeds, subsamples }: ContributionSettings,
  sets: ContributionPart["sets"],
): ContributionPart[] {
  const part = (strategy: ContributionPart["strategy"]) => (_: unknown, k: number) => ({
    strategy,
    seed: seed + k,
    sets,
  });
  return [...Array.from({ length: seeds }, part("seed")), ...Array.from({ length: subsamples }, part("subsample"))];
}

/** Trains and explains one forest. The same arguments give the same bits, whoever computes it. */
export function contributionRun(
  samples: Samples,
  settings: ContributionSettings,
  { strategy, seed, sets }: ContributionPart,
): ContributionRun {
  const rows = rowsOfRun(samples, settings, { strategy, seed });
  const explanation = explainOnce(rows, settings, seed);
  const { additivityError } = explanation;
  const [meanAbsShap, ofSets] = [meanAbsolute(explanation), meanAbsoluteOfSets(explanation, sets)];
  return { strategy, seed, meanAbsShap, ofSets, additivityError };
}

/** All rows, or those that the seed draws. */
export function rowsOfRun(
  samples: Samples,
  settings: ContributionSettings,
  { strategy, seed }: Pick<ContributionPart, "strategy" | "seed">,
): Samples {
  if (strategy === "seed") return samples;
  return chooseRows(samples, someRows(samples.rows, subsampleSize(samples.rows, settings), seed));
}

/** Mean |sum of the values of a set's attributes| over the rows. [set] */
function meanAbsoluteOfSets({ values, rows, names }: Explanation, sets: ContributionPart["sets"]): Float64Array {
  return Float64Array.from(sets, (set) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      let together = 0;
      for (const k of set) together += values[row * names.length + k];
      sum += Math.abs(together);
    }
    return sum / rows;
  });
}

/** Trains one forest and explains the rows it was trained on. */
export function explainOnce(samples: Samples, settings: ContributionSettings, seed: number): Explanation {
  return explain(trainForest(samples, settings.forest, seed), samples, valueFunctions[settings.shap](samples));
}

/** Rows of a subsample of `rows`. */
function subsampleSize(rows: number, { subsampleRows }: ContributionSettings): number {
  return Math.min(subsampleRows, Math.floor(rows / 2));
}

/** The contribution of each attribute over the runs. [attribute] */
export function contributionBands(runs: readonly ContributionRun[]): Band[] {
  const many = runs[0].meanAbsShap.length;
  return Array.from({ length: many }, (_, k) => bandOf(runs.map(({ meanAbsShap }) => meanAbsShap[k])));
}

/** Share of each group in the sum of the contributions of a run. */
export function groupShares({ meanAbsShap }: ContributionRun, groupOf: readonly Group[]): Record<Group, number> {
  const total = meanAbsShap.reduce((sum, value) => sum + value, 0);
  const share = (group: Group) =>
    meanAbsShap.reduce((sum, value, k) => (groupOf[k] === group ? sum + value : sum), 0) / total;
  return Object.fromEntries(groups.map((group) => [group, share(group)])) as Record<Group, number>;
}

/**
 * Median of Spearman's ρ between the contributions of all pairs of runs: 1 when every run ranks alike.
 * @param of what is ranked in a run.
 */
export function rankStability(
  runs: readonly ContributionRun[],
  of: (run: ContributionRun) => Float64Array = ({ meanAbsShap }) => meanAbsShap,
): number {
  const found = runs.flatMap((a, k) => runs.slice(0, k).map((b) => rankCorrelation(of(a), of(b)).r));
  return quantile(found, 0.5);
}

export function bandOf(values: readonly number[]): Band {
  return {
    mean: mean(values),
    sd: values.length < 2 ? 0 : deviation(values),
    low: quantile(values, 0.025),
    high: quantile(values, 0.975),
  };
}

function someRows(rows: number, count: number, seed: number): Int32Array {
  return shuffled(rows, draws(seed, "subsample")).slice(0, count).sort();
}
