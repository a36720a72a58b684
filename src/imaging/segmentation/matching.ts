/** How well predicted labels agree with true ones at one threshold of overlap; names and definitions as in StarDist. */
export interface Matching {
  /** Least intersection over union of a match. */
  readonly thresh: number;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly precision: number;
  readonly recall: number;
  /** tp / (tp + fp + fn) */
  readonly accuracy: number;
  readonly f1: number;
  readonly n_true: number;
  readonly n_pred: number;
  /** Mean overlap of matches, over matches. */
  readonly mean_matched_score: number;
  /** Mean overlap of matches, over true objects. */
  readonly mean_true_score: number;
  readonly panoptic_quality: number;
}

/** Overlaps of the objects of two labelled pictures. */
export interface Overlaps {
  readonly trueCount: number;
  readonly predictedCount: number;
  /** Voxels of each object. */
  readonly trueVoxels: ReadonlyMap<number, number>;
  readonly predictedVoxels: ReadonlyMap<number, number>;
  /** `[true, predicted, intersection over union]`, the largest first */
  readonly pairs: readonly (readonly [number, number, number])[];
}

/**
 * Matches two labelled pictures at several thresholds; 0 is background in both.
 * One true object matches one predicted one at most. From a threshold of 0.5 on no object can overlap two others so
 * far, and matching pair by pair is the best; below, pairs are taken from the largest overlap down.
 * @throws RangeError when the pictures differ in size.
 */
export function matching(
  trueLabels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  thresholds: readonly number[] = [0.5],
): Matching[] {
  if (trueLabels.length !== predicted.length) {
    throw new RangeError(
      `Matching labels: ${predicted.length} voxels against ${trueLabels.length}; both are one picture.`,
    );
  }
  const found = overlaps(trueLabels, predicted);
  return thresholds.map((thresh) => matchAt(found, thresh));
}

/** Every pair of objects that share a voxel; 0 is background in both. */
export function overlaps(trueLabels: ArrayLike<number>, predicted: ArrayLike<number>): Overlaps {
  const [sizeTrue, sizePredicted] = [new Map<number, number>(), new Map<number, number>()];
  const both = new Map<number, number>();
  const width = 2 ** 26;
  for (let i = 0; i < trueLabels.length; i++) {
    const [t, p] = [trueLabels[i], predicted[i]];
    if (t !== 0) sizeTrue.set(t, (sizeTrue.get(t) ?? 0) + 1);
    if (p !== 0) sizePredicted.set(p, (sizePredicted.get(p) ?? 0) + 1);
    if (t !== 0 && p !== 0) both.set(t * width + p, (both.get(t * width + p) ?? 0) + 1);
  }
  const pairs = [...both].map(([key, shared]) => {
    const [t, p] = [Math.floor(key / width), key % width];
    return [t, p, shared / (sizeTrue.get(t)! + sizePredicted.get(p)! - shared)] as const;
  });
  pairs.sort((a, b) => b[2] - a[2] || a[0] - b[0] || a[1] - b[1]);
  return {
    trueCount: sizeTrue.size,
    predictedCount: sizePredicted.size,
    trueVoxels: sizeTrue,
    predictedVoxels: sizePredicted,
    pairs,
  };
}

function matchAt({ trueCount, predictedCount, pairs }: Overlaps, thresh: number): Matching {
  const [usedTrue, usedPredicted] = [new Set<number>(), new Set<number>()];
  let score = 0;
  for (const [t, p, overlap] of pairs) {
    if (overlap < thresh) break;
    if (usedTrue.has(t) || usedPredicted.has(p)) continue;
    usedTrue.add(t);
    usedPredicted.add(p);
    score += overlap;
  }
  const tp = usedTrue.size;
  const [fp, fn] = [predictedCount - tp, trueCount - tp];
  const ratio = (a: number, b: number) => (b === 0 ? 0 : a / b);
  return {
    thresh,
    tp,
    fp,
    fn,
    precision: ratio(tp, tp + fp),
    recall: ratio(tp, tp + fn),
    accuracy: ratio(tp, tp + fp + fn),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
    n_true: trueCount,
    n_pred: predictedCount,
    mean_matched_score: ratio(score, tp),
    mean_true_score: ratio(score, trueCount),
    panoptic_quality: ratio(score, tp + fp / 2 + fn / 2),
  };
}
