import { chanceBelow, pearson as correlation } from "../../statistics/correlation.js";
import { meanRanks } from "../../statistics/ranks.js";
import { attributeOf, type Samples } from "../forest/samples.js";

/** A correlation with its two-sided p. */
export interface Correlation {
  readonly r: number;
  readonly p: number;
}

/** Pearson's r of two columns of four rows or more; r = 0, p = 1 when one of them does not vary. */
export function pearson(a: Float64Array, b: Float64Array): Correlation {
  const varies = (values: Float64Array) => values.some((value) => value !== values[0]);
  if (!varies(a) || !varies(b)) return { r: 0, p: 1 };
  const r = correlation(a, b);
  const below = chanceBelow(r, a.length);
  return { r, p: 2 * Math.min(below, 1 - below) };
}

/** Spearman's ρ: Pearson's r of the ranks, ties at their mean rank. */
export function rankCorrelation(a: Float64Array, b: Float64Array): Correlation {
  return pearson(meanRanks(a), meanRanks(b));
}

/** Spearman's ρ of all pairs of attributes. [attribute][attribute] */
export function correlationMatrix(samples: Samples): Float64Array {
  const many = samples.names.length;
  const ranked = samples.names.map((name) => meanRanks(attributeOf(samples, name)));
  const matrix = new Float64Array(many * many).fill(1);
  for (let k = 1; k < many; k++)
    for (let j = 0; j < k; j++) {
      const { r } = pearson(ranked[k], ranked[j]);
      matrix[k * many + j] = r;
      matrix[j * many + k] = r;
    }
  return matrix;
}

/**
 * Attributes that tell much the same: sets within which every pair correlates with |ρ| ≥ `least` (complete linkage, the
 * closest joined first). A forest shares the credit of such attributes out by chance, so read them together.
 * @returns indices of attributes, sets of two or more.
 */
export function alikeAttributes(matrix: Float64Array, many: number, least = 0.7): number[][] {
  const sets = Array.from({ length: many }, (_, k) => [k]);
  const closeness = (a: readonly number[], b: readonly number[]) =>
    Math.min(...a.flatMap((k) => b.map((j) => Math.abs(matrix[k * many + j]))));
  for (;;) {
    let [best, first, second] = [least, -1, -1];
    for (let k = 1; k < sets.length; k++)
      for (let j = 0; j < k; j++) {
        const close = closeness(sets[k], sets[j]);
        if (close > best || (close === best && first < 0)) [best, first, second] = [close, j, k];
      }
    if (first < 0) return sets.filter((set) => set.length > 1).map((set) => set.sort((a, b) => a - b));
    sets[first] = [...sets[first], ...sets[second]];
    sets.splice(second, 1);
  }
}
