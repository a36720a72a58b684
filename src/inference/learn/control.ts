import { draws, shuffled } from "../../network/draws.js";
import { attributeOf, type Samples } from "../forest/samples.js";
import { crossValidate, rSquared } from "../forest/score.js";
import { meanAbsolute } from "../shap/explain.js";
import type { Group } from "./attribute.js";
import { type ContributionSettings, explainOnce } from "./contribution.js";

/** The target dealt out at random: nothing is left to be learned. */
export interface PermutedControl {
  /** R² in five folds, by permutation. */
  readonly r2: readonly number[];
  /** Their mean is at most 0. */
  readonly holds: boolean;
}

/** A target made from one attribute and noise: does the ranking find it? */
export interface PlantedControl {
  readonly attribute: string;
  readonly group: Group;
  /** What came first. */
  readonly found: string;
  /** First is the attribute itself, or one that tells the same. */
  readonly holds: boolean;
}

export function permutedControl(samples: Samples, settings: ContributionSettings, permutations = 3): PermutedControl {
  const r2 = Array.from({ length: permutations }, (_, k) => {
    const order = shuffled(samples.rows, draws(settings.seed + k, "permuted target"));
    const target = Float64Array.from(order, (row) => samples.target[row]!);
    return rSquared(target, crossValidate({ ...samples, target }, settings.forest, settings.seed + k).predicted);
  });
  return { r2, holds: r2.reduce((sum, value) => sum + value, 0) <= 0 };
}

/**
 * For one attribute of each group, drawn by the seed: the target is its rank plus noise of the same spread, so that half
 * of the variance can be explained.
 * @param alike sets of attributes that tell the same, by index.
 */
export function plantedControls(
  samples: Samples,
  groupOf: readonly Group[],
  alike: readonly (readonly number[])[],
  settings: ContributionSettings,
): PlantedControl[] {
  const random = draws(settings.seed, "planted causes");
  return [...new Set(groupOf)].map((group) => {
    const members = samples.names.flatMap((_, k) => (groupOf[k] === group ? [k] : []));
    const planted = members[Math.floor(random.uniform() * members.length)]!;
    const cause = standardised(attributeOf(samples, samples.names[planted]!));
    const target = cause.map((value) => value + random.normal());
    const mean = meanAbsolute(explainOnce({ ...samples, target }, settings, settings.seed));
    const found = mean.indexOf(Math.max(...mean));
    const same = found === planted || alike.some((set) => set.includes(found) && set.includes(planted));
    return { attribute: samples.names[planted]!, group, found: samples.names[found]!, holds: same };
  });
}

function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / sd);
}
