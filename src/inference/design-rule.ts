import { figures } from "../words/numbers.js";
import type { LevelMean, MainEffect } from "./main-effects.js";

/** What a set of runs advises, by the input that moves an unwanted output most. */
export interface DesignRule {
  readonly output: string;
  /** Null when no input moves the output. */
  readonly input: string | null;
  readonly advice: "lower" | "raise" | "keep" | "choose" | "none";
  /** Least and greatest mean of the output over the levels of the input. */
  readonly best: LevelMean | null;
  readonly worst: LevelMean | null;
  readonly share: number | null;
  readonly sentence: string;
}

/** An output to be lowered, with the effects of all inputs on it. */
export interface Unwanted {
  /** In words, such as "mean damage at synchronisation". */
  readonly output: string;
  readonly effects: readonly MainEffect[];
  /** Runs that have the output, of all that finished. */
  readonly known: number;
  readonly finished: number;
  /** What those runs did that the others did not, such as "fell into step". */
  readonly did?: string;
  /** Outputs that are told as the price of the rule, where it changes them by more than a hundredth. */
  readonly prices?: readonly {
    readonly output: string;
    readonly unit: string;
    readonly effects: readonly MainEffect[];
  }[];
}

/** An input that explains less of the variance than this does not count. */
const leastShare = 0.05;

/** The rule in the data: the input whose levels differ most in the mean of the output, and the way to go. */
export function designRule(unwanted: Unwanted): DesignRule {
  const { output, effects } = unwanted;
  const counted = effects.filter(({ share }) => share !== null && share >= leastShare);
  const [most] = [...counted].sort((a, b) => reach(b) - reach(a));
  if (!most) {
    const sentence = [`No axis swept moves the ${output} by itself.`, basis(unwanted, undefined)].join(" ").trim();
    return { output, input: null, advice: "none", best: null, worst: null, share: null, sentence };
  }
  const [best, worst] = [extreme(most.means, 1), extreme(most.means, -1)];
  const advice = adviceOf(most.means, best);
  const share = most.share!;
  const at = (level: LevelMean) => told(level.at, most.unit);
  const comparison = `the ${output} is ${figures(best.mean)} at ${at(best)} and ${figures(worst.mean)} at ${at(worst)}`;
  const rank = effects.length > 1 ? `, the most of any axis swept (${Math.round(100 * share)} % of its variance)` : "";
  const rule = `${orders[advice](most.input, at(best))}: ${comparison}${rank}.`;
  const sentence = [rule, price(unwanted, most, best, worst), basis(unwanted, most)]
    .filter((part) => part !== "")
    .join(" ");
  return { output, input: most.input, advice, best, worst, share, sentence };
}

/** What else differs between the best level and the worst. */
function price({ prices = [] }: Unwanted, { input }: MainEffect, best: LevelMean, worst: LevelMean): string {
  const parts = prices.flatMap(({ output, unit, effects }) => {
    const means = effects.find((effect) => effect.input === input)?.means ?? [];
    const [here, there] = [best, worst].map((level) => means.find(({ at }) => at === level.at)?.mean);
    if (here === undefined || there === undefined || Math.abs(here - there) <= 0.01 * Math.abs(there)) return [];
    return [`the ${output} is ${figures(here)} instead of ${figures(there)} ${unit}`.trimEnd()];
  });
  return parts.length === 0 ? "" : `There ${parts.join(" and ")}.`;
}

/** How many runs the rule rests on, and the levels it says nothing of. */
function basis({ known, finished, did }: Unwanted, most: MainEffect | undefined): string {
  if (known === finished || did === undefined) return "";
  const absent = most?.absent.map((level) => told(level, most.unit)) ?? [];
  const none = absent.length > 0 && absent.length <= 5 ? `, none at ${absent.join(", ")}` : "";
  return `(${known} of ${finished} finished runs ${did}${none}.)`;
}

const orders: Readonly<Record<Exclude<DesignRule["advice"], "none">, (input: string, best: string) => string>> = {
  lower: (input) => `Lower “${input}”`,
  raise: (input) => `Raise “${input}”`,
  keep: (input, best) => `Keep “${input}” near ${best}`,
  choose: (input, best) => `For “${input}” choose ${best}`,
};

function adviceOf(means: readonly LevelMean[], best: LevelMean): Exclude<DesignRule["advice"], "none"> {
  if (means.some((level) => typeof level.at !== "number")) return "choose";
  if (best === means[0]) return "lower";
  return best === means.at(-1) ? "raise" : "keep";
}

function reach({ means }: MainEffect): number {
  return extreme(means, -1).mean - extreme(means, 1).mean;
}

function extreme(means: readonly LevelMean[], sign: 1 | -1): LevelMean {
  return means.reduce((found, level) => (sign * level.mean < sign * found.mean ? level : found));
}

function told(level: number | string, unit: string): string {
  return typeof level === "number" ? `${figures(level)} ${unit}`.trimEnd() : level;
}
