import { mean } from "../statistics/mean.js";
import { rankTrend } from "./trend.js";

/** An input of a set of runs: a number a run, or a word where there are no numbers. */
export interface Input {
  readonly name: string;
  /** Of its numbers; "" for shares and words. */
  readonly unit: string;
  readonly cells: readonly (number | string)[];
  /** True when the values were drawn rather than chosen: they are then gathered in bins of equal count. */
  readonly drawn: boolean;
}

/** The mean of an output over the runs that share a level of an input. */
export interface LevelMean {
  /** The level; the middle of a bin. */
  readonly at: number | string;
  readonly mean: number;
  readonly count: number;
}

/** What one input does to one output by itself. */
export interface MainEffect {
  readonly input: string;
  readonly unit: string;
  /** First-order share of the variance of the output, in [0, 1]; null when it does not vary or there is one level. */
  readonly share: number | null;
  /** In the order of the levels. */
  readonly means: readonly LevelMean[];
  /** Levels at which no run has the output; empty for drawn values. */
  readonly absent: readonly (number | string)[];
  /** Rank correlation, for an input of numbers. */
  readonly rho: number | null;
}

/**
 * One-way analysis of variance of an output over each input: share = Σ_l n_l (ȳ_l − ȳ)² / Σ (y − ȳ)², which in a full
 * grid is the first-order index Var(E[y|x])/Var(y) of I. M. Sobol', Math. Model. Comput. Exp. 1, 407–414 (1993). Over
 * drawn values in b bins, chance alone would explain (b − 1)/(n − 1); that is taken off (ε², T. L. Kelley, PNAS 21, 554 (1935)).
 * @param output a number a run; NaN or null where there is none, such runs are left out.
 */
export function mainEffects(inputs: readonly Input[], output: readonly (number | null)[]): readonly MainEffect[] {
  const known = [...output.keys()].filter((k) => Number.isFinite(output[k] ?? Number.NaN));
  const y = known.map((k) => Number(output[k]));
  return inputs.map(({ name, unit, cells, drawn }) => {
    const x = known.map((k) => cells[k]);
    const groups = drawn && x.every((value) => typeof value === "number") ? bins(x as number[]) : levels(x);
    const means = groups.map(({ at, members }) => ({
      at,
      mean: mean(members.map((k) => y[k])),
      count: members.length,
    }));
    const absent = drawn ? [] : [...new Set(cells)].filter((cell) => !x.includes(cell));
    return { input: name, unit, share: shareOf(means, y, drawn), means, absent, rho: rank(x, y) };
  });
}

interface Group {
  readonly at: number | string;
  readonly members: readonly number[];
}

/** Runs of equal value; numbers in rising order, words in the order of their first run. */
function levels(x: readonly (number | string)[]): Group[] {
  const members = new Map<number | string, number[]>();
  for (const [k, value] of x.entries()) {
    const own = members.get(value);
    if (own) own.push(k);
    else members.set(value, [k]);
  }
  const groups = [...members].map(([at, own]) => ({ at, members: own }));
  return groups.sort((a, b) => (typeof a.at === "number" && typeof b.at === "number" ? a.at - b.at : 0));
}

/** √n bins, at most ten, of equal count. */
function bins(x: readonly number[]): Group[] {
  const order = [...x.keys()].sort((a, b) => x[a] - x[b] || a - b);
  const count = Math.max(1, Math.min(10, Math.floor(Math.sqrt(x.length))));
  return Array.from({ length: count }, (_, bin) => {
    const members = order.slice(Math.round((bin * x.length) / count), Math.round(((bin + 1) * x.length) / count));
    return { at: mean(members.map((k) => x[k])), members };
  }).filter(({ members }) => members.length > 0);
}

function shareOf(means: readonly LevelMean[], y: readonly number[], drawn: boolean): number | null {
  const centre = mean(y);
  const total = y.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  if (means.length < 2 || !(total > 1e-24 * (1 + centre ** 2))) return null;
  const between = means.reduce((sum, { mean, count }) => sum + count * (mean - centre) ** 2, 0);
  if (!drawn) return Math.min(between / total, 1);
  if (y.length <= means.length) return null;
  const chance = ((means.length - 1) * (total - between)) / (y.length - means.length);
  return Math.min(Math.max((between - chance) / total, 0), 1);
}

function rank(x: readonly (number | string)[], y: readonly number[]): number | null {
  if (x.length < 3 || !x.every((value) => typeof value === "number")) return null;
  const { rho } = rankTrend(x as number[], y);
  return rho !== null && Number.isFinite(rho) ? rho : null;
}
