import { mean } from "../../statistics/mean.js";
import type { Pairs } from "./places.js";

/** Bins of distance of equal width from 0. */
export interface Bins {
  readonly width: number;
  readonly count: number;
}

/**
 * Mark-correlation function k_mm(r): mean product of the marks of pairs at distance r over the square of the mean mark
 * (Stoyan and Stoyan, 1994). 1 at random. Numerator and denominator lose the same pairs at the edge.
 */
export function markCorrelation(marks: Float64Array, pairs: Pairs, { width, count }: Bins, into: Float64Array): void {
  const centre = mean(marks);
  const pairsIn = new Float64Array(count);
  into.fill(0, 0, count);
  for (let p = 0; p < pairs.distance.length; p++) {
    const bin = Math.floor(pairs.distance[p] / width);
    if (bin >= count) continue;
    pairsIn[bin]++;
    into[bin] += marks[pairs.first[p]] * marks[pairs.second[p]];
  }
  for (let bin = 0; bin < count; bin++) into[bin] /= pairsIn[bin] * centre * centre;
}

/**
 * Pair correlation of severe particles over that of all particles: how much more often than at random two at distance r
 * are both severe. Marks are 1 or 0. The edges take the same share from both, so that no correction is needed.
 */
export function severePairCorrelation(severe: Float64Array, pairs: Pairs, bins: Bins, into: Float64Array): void {
  const n = severe.length;
  const members = severe.reduce((sum, mark) => sum + mark, 0);
  markCorrelation(severe, pairs, bins, into);
  const scale = ((members / n) ** 2 * n * (n - 1)) / (members * (members - 1));
  for (let bin = 0; bin < bins.count; bin++) into[bin] *= scale;
}

/**
 * Cross-type K(r) of severe and other particles over K(r) of all: pairs of unlike kind nearer than r against what is
 * expected at random. Below 1 the kinds keep apart.
 */
export function crossRatio(severe: Float64Array, pairs: Pairs, { width, count }: Bins, into: Float64Array): void {
  const n = severe.length;
  const members = severe.reduce((sum, mark) => sum + mark, 0);
  const expected = (2 * members * (n - members)) / (n * (n - 1));
  const [all, unlike] = [new Float64Array(count), new Float64Array(count)];
  for (let p = 0; p < pairs.distance.length; p++) {
    const bin = Math.floor(pairs.distance[p] / width);
    if (bin >= count) continue;
    all[bin]++;
    if (severe[pairs.first[p]] !== severe[pairs.second[p]]) unlike[bin]++;
  }
  let [below, unlikeBelow] = [0, 0];
  for (let bin = 0; bin < count; bin++) {
    below += all[bin];
    unlikeBelow += unlike[bin];
    into[bin] = unlikeBelow / (below * expected);
  }
}
