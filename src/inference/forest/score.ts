import { draws, shuffled } from "../../draws/draws.js";
import { predict, trainForest } from "./forest.js";
import { chooseRows, type Samples } from "./samples.js";
import type { ForestSettings } from "./settings.js";

/** 1 − squared error over squared deviation from the mean; rows predicted NaN are left out. NaN for a constant target. */
export function rSquared(target: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let [count, sum] = [0, 0];
  for (let i = 0; i < target.length; i++) {
    if (Number.isNaN(predicted[i])) continue;
    count++;
    sum += target[i];
  }
  let [error, deviation] = [0, 0];
  for (let i = 0; i < target.length; i++) {
    if (Number.isNaN(predicted[i])) continue;
    error += (target[i] - predicted[i]) ** 2;
    deviation += (target[i] - sum / count) ** 2;
  }
  return deviation === 0 ? Number.NaN : 1 - error / deviation;
}

/** Mean |target − predicted|; rows predicted NaN are left out. */
export function meanAbsoluteError(target: ArrayLike<number>, predicted: ArrayLike<number>): number {
  let [count, sum] = [0, 0];
  for (let i = 0; i < target.length; i++) {
    if (Number.isNaN(predicted[i])) continue;
    count++;
    sum += Math.abs(target[i] - predicted[i]);
  }
  return sum / count;
}

/** The rows of one fold, predicted by a forest that saw none of them. */
export interface FoldPrediction {
  readonly rows: Int32Array;
  readonly predicted: Float64Array;
}

export interface CrossValidation {
  /** Each row predicted by a forest that saw none of its fold. [row] */
  readonly predicted: Float64Array;
  /** R² of each fold by itself. */
  readonly r2ByFold: readonly number[];
}

/** Trains as often as there are folds, each time without one of them; rows are dealt to folds at random by the seed. */
export function crossValidate(samples: Samples, settings: ForestSettings, seed: number, folds = 5): CrossValidation {
  checkFolds(samples, folds);
  return assembleFolds(
    samples,
    Array.from({ length: folds }, (_, fold) => predictFold(samples, settings, seed, fold, folds)),
  );
}

/** One fold of a cross-validation. @throws RangeError for a number of folds that the rows cannot fill. */
export function predictFold(
  samples: Samples,
  settings: ForestSettings,
  seed: number,
  fold: number,
  folds: number,
): FoldPrediction {
  checkFolds(samples, folds);
  const order = shuffled(samples.rows, draws(seed, "folds"));
  const rows = order.filter((_, k) => k % folds === fold).sort();
  const kept = order.filter((_, k) => k % folds !== fold).sort();
  const forest = trainForest(chooseRows(samples, kept), settings, seed);
  return { rows, predicted: predict(forest, chooseRows(samples, rows)) };
}

/** All folds together. */
export function assembleFolds(samples: Samples, folds: readonly FoldPrediction[]): CrossValidation {
  const predicted = new Float64Array(samples.rows);
  const r2ByFold = folds.map(({ rows, predicted: found }) => {
    for (const [k, row] of rows.entries()) predicted[row] = found[k];
    return rSquared(
      Float64Array.from(rows, (row) => samples.target[row]),
      found,
    );
  });
  return { predicted, r2ByFold };
}

function checkFolds({ rows }: Samples, folds: number): void {
  if (Number.isInteger(folds) && folds >= 2 && folds <= rows) return;
  throw new RangeError(`Cross-validating: found ${folds} folds for ${rows} rows; allowed: 2 to the number of rows.`);
}
