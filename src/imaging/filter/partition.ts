import { type Histogram, levelAt } from "./histogram.js";

/** Grey levels parted into classes of bins that follow one another. */
export interface Partition {
  /** First bin of each class but the first, ascending. */
  readonly cuts: readonly number[];
  /** Mean level of each class, ascending. */
  readonly centres: readonly number[];
}

/**
 * The classes with the least variance within them, which is the largest between them: the exact optimum of k-means on
 * one number a voxel, by dynamic programming (Wang, Song, R Journal 3, 29, 2011).
 * @param classes 1 to as many as there are bins
 * @throws RangeError when another number of classes is asked for
 */
export function partition(of: Histogram, classes: number): Partition {
  const bins = of.counts.length;
  if (!Number.isInteger(classes) || classes < 1 || (classes > bins && bins > 1))
    throw new RangeError(`Choosing thresholds: ${classes} classes; 2 to ${bins} are allowed.`);
  checkLevels(of, classes);
  const [weight, moment] = [new Float64Array(bins + 1), new Float64Array(bins + 1)];
  for (let k = 0; k < bins; k++) {
    weight[k + 1] = weight[k] + of.counts[k];
    moment[k + 1] = moment[k] + of.counts[k] * levelAt(of, k);
  }
  const mean = (from: number, to: number) => (moment[to] - moment[from]) / (weight[to] - weight[from]);
  const gain = (from: number, to: number) => {
    const w = weight[to] - weight[from];
    return w === 0 ? 0 : (moment[to] - moment[from]) ** 2 / w;
  };
  const cuts = bestCuts(bins, classes, gain);
  const borders = [0, ...cuts, bins];
  return { cuts, centres: borders.slice(1).map((to, k) => mean(borders[k], to)) };
}

/** @throws RangeError for a picture of one level, or of fewer than there are to be classes */
function checkLevels(of: Histogram, classes: number): void {
  const levels = of.counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  if (levels >= classes) return;
  if (levels === 1)
    throw new RangeError(
      `Choosing thresholds: every voxel has the same grey level (${levelAt(
        of,
        of.counts.findIndex((count) => count > 0),
      )}), and nothing can be told apart. Check that this is the right file, array or channel.`,
    );
  throw new RangeError(
    `Choosing thresholds: found ${levels} different grey levels; ${classes} classes need as many. Ask for fewer classes.`,
  );
}

/** Ends of all classes but the last that give the largest sum of gains. */
function bestCuts(bins: number, classes: number, gain: (from: number, to: number) => number): number[] {
  let best = Float64Array.from({ length: bins + 1 }, (_, to) => gain(0, to));
  const chosen: Int32Array[] = [];
  for (let k = 1; k < classes; k++) {
    const next = new Float64Array(bins + 1).fill(-Infinity);
    const cut = new Int32Array(bins + 1);
    for (let to = k + 1; to <= bins; to++) {
      for (let from = k; from < to; from++) {
        const value = best[from] + gain(from, to);
        if (value > next[to]) [next[to], cut[to]] = [value, from];
      }
    }
    chosen.push(cut);
    best = next;
  }
  const cuts: number[] = [];
  for (let k = chosen.length - 1, to = bins; k >= 0; k--) {
    to = chosen[k][to];
    cuts.unshift(to);
  }
  return cuts;
}
