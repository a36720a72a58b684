import { type Draws, draws } from "../../draws/draws.js";
import { mean } from "../../statistics/mean.js";

/** A statistic beside its distribution when marks are dealt to the same places at random. */
export interface LabellingTest {
  readonly observed: number;
  /** Of the dealings. */
  readonly expected: number;
  readonly sd: number;
  /** Band that holds 95 % of the dealings. */
  readonly low: number;
  readonly high: number;
  /** Share of dealings, the observed one counted in, at least as small, as large, and the smaller doubled. */
  readonly pSmaller: number;
  readonly pLarger: number;
  readonly p: number;
}

/**
 * Tests statistics of marks against the same marks dealt at random to the same places: positions, edges and the number of
 * marks are alike in both, so that none of them can make a difference.
 * @param statistic fills one number a statistic from the marks by place.
 * @param count of statistics.
 */
export function againstRandomLabels(
  marks: Float64Array,
  statistic: (marks: Float64Array, into: Float64Array) => void,
  count: number,
  permutations: number,
  seed: number,
): LabellingTest[] {
  const observed = new Float64Array(count);
  statistic(marks, observed);
  const random = draws(seed, "labels");
  const dealt = marks.slice();
  const found = Array.from({ length: count }, () => new Float64Array(permutations));
  const into = new Float64Array(count);
  for (let done = 0; done < permutations; done++) {
    shuffle(dealt, random);
    statistic(dealt, into);
    for (let k = 0; k < count; k++) found[k][done] = into[k];
  }
  return found.map((values, k) => labellingTest(observed[k], values));
}

function labellingTest(observed: number, dealt: Float64Array): LabellingTest {
  const values = dealt.filter(Number.isFinite).sort();
  if (!Number.isFinite(observed) || values.length === 0) {
    const nan = Number.NaN;
    return { observed, expected: nan, sd: nan, low: nan, high: nan, pSmaller: nan, pLarger: nan, p: nan };
  }
  const expected = mean(values);
  const square = values.reduce((sum, value) => sum + (value - expected) ** 2, 0);
  const slack = 1e-12 * Math.max(Math.abs(observed), Math.abs(expected));
  const share = (holds: (value: number) => boolean) => (1 + values.filter(holds).length) / (1 + values.length);
  const pSmaller = share((value) => value <= observed + slack);
  const pLarger = share((value) => value >= observed - slack);
  const at = (part: number) => values[Math.min(values.length - 1, Math.max(0, Math.round(part * (values.length - 1))))];
  return {
    observed,
    expected,
    sd: Math.sqrt(square / Math.max(1, values.length - 1)),
    low: at(0.025),
    high: at(0.975),
    pSmaller,
    pLarger,
    p: Math.min(1, 2 * Math.min(pSmaller, pLarger)),
  };
}

function shuffle(values: Float64Array, random: Pick<Draws, "uniform">): void {
  for (let k = values.length - 1; k > 0; k--) {
    const other = Math.floor(random.uniform() * (k + 1));
    const kept = values[k];
    values[k] = values[other];
    values[other] = kept;
  }
}
