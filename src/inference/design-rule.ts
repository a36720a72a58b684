import { figures } from "./controls.js";
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
}

/** An input that explains less of the variance than this does not count. */
const leastShare = 0.05;

/** The rule in the data: the input whose levels differ most in the mean of the output, and the way to go. */
export function designRule({ output, effects, known, finished, did }: Unwanted): DesignRule {
  const counted = effects.filter(({ share }) => share !== null && share >= leastShare);
  const [most] = [...counted].sort((a, b) => reach(b) - reach(a));
  const only = known < finished && did ? ` (${known} of ${finished} finished runs ${did}.)` : "";
  if (!most) {
    const sentence = `No axis swept moves the ${output} by itself.${only}`;
    return { output, input: null, advice: "none", best: null, worst: null, share: null, sentence };
  }
  const [best, worst] = [extreme(most.means, 1), extreme(most.means, -1)];
  const advice = adviceOf(most.means, best);
  const share = most.share!;
  const comparison = `the ${output} is ${figures(best.mean)} at ${at(best, most.unit)} and ${figures(worst.mean)} at ${at(worst, most.unit)}`;
  const rank = effects.length > 1 ? `, the most of any axis swept (${Math.round(100 * share)} % of its variance)` : "";
  const sentence = `${orders[advice](most.input, at(best, most.unit))}: ${comparison}${rank}.${only}`;
  return { output, input: most.input, advice, best, worst, share, sentence };
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

function at(level: LevelMean, unit: string): string {
  return typeof level.at === "number" ? `${figures(level.at)} ${unit}`.trimEnd() : level.at;
}
