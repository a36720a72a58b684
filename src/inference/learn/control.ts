import { draws, shuffled } from "../../draws/draws.js";
import { mean, populationDeviation } from "../../statistics/mean.js";
import { attributeOf, type Samples } from "../forest/samples.js";
import type { Group } from "./attribute.js";
import type { ContributionSettings } from "./contribution.js";
import type { Crew } from "./crew.js";
import { crossScores } from "./ranking.js";

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

export async function permutedControl(
  samples: Samples,
  settings: ContributionSettings,
  crew: Crew,
  permutations = 3,
): Promise<PermutedControl> {
  const r2: number[] = [];
  for (let seed = settings.seed; seed < settings.seed + permutations; seed++) {
    const order = shuffled(samples.rows, draws(seed, "permuted target"));
    const target = Float64Array.from(order, (row) => samples.target[row]);
    r2.push((await crossScores({ ...samples, target }, settings, seed, crew)).r2);
  }
  return { r2, holds: r2.reduce((sum, value) => sum + value, 0) <= 0 };
}

/**
 * For one attribute of each group, drawn by the seed: the target is its rank plus noise of the same spread, so that half
 * of the variance can be explained.
 * @param alike sets of attributes that tell the same, by index.
 */
export async function plantedControls(
  samples: Samples,
  groupOf: readonly Group[],
  alike: readonly (readonly number[])[],
  settings: ContributionSettings,
  crew: Crew,
): Promise<PlantedControl[]> {
  const random = draws(settings.seed, "planted causes");
  const controls: PlantedControl[] = [];
  for (const group of new Set(groupOf)) {
    const members = samples.names.flatMap((_, k) => (groupOf[k] === group ? [k] : []));
    const planted = members[Math.floor(random.uniform() * members.length)];
    const cause = standardised(attributeOf(samples, samples.names[planted]));
    const target = cause.map((value) => value + random.normal());
    const part = { strategy: "seed", seed: settings.seed, sets: [] } as const;
    const [run] = await crew.all("contribution", { ...samples, target }, settings, [part]);
    const found = run.meanAbsShap.indexOf(Math.max(...run.meanAbsShap));
    const same = found === planted || alike.some((set) => set.includes(found) && set.includes(planted));
    controls.push({ attribute: samples.names[planted], group, found: samples.names[found], holds: same });
  }
  return controls;
}

function standardised(values: Float64Array): Float64Array {
  const [centre, sd] = [mean(values), populationDeviation(values)];
  return values.map((value) => (value - centre) / sd);
}
