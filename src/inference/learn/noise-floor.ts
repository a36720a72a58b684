import { draws, shuffled } from "../../draws/draws.js";
import { mean } from "../../statistics/mean.js";
import { attributeOf, makeSamples, type Samples } from "../forest/samples.js";
import { meanAbsolute } from "../shap/explain.js";
import {
  type ContributionPart,
  type ContributionRun,
  type ContributionSettings,
  explainOnce,
  rowsOfRun,
} from "./contribution.js";

export type ShadowPart = Pick<ContributionPart, "strategy" | "seed">;

/** What attributes that are nothing but noise contribute. */
export interface NoiseFloor {
  /** Forests on all rows, and forests on subsamples, which have more noise. */
  readonly seed: number;
  readonly subsample: number;
}

/** Forests with shadows, of each kind of run. */
const forestsOfKind = 3;

/**
 * The largest mean |SHAP| of a shadow: beside each attribute a forest gets a copy of it whose rows were exchanged, all in the same
 * way, so that copies are as correlated among themselves as the attributes, but tell nothing (Kursa and Rudnicki, J. Stat.
 * Softw. 36, 11 (2010)).
 */
export function shadowRun(samples: Samples, settings: ContributionSettings, part: ShadowPart): number {
  const own = rowsOfRun(samples, settings, part);
  const order = shuffled(own.rows, draws(part.seed, "shadows"));
  const columns = own.names.flatMap((name) => {
    const values = attributeOf(own, name);
    return [
      [name, values],
      [`shadow of ${name}`, Float64Array.from(order, (row) => values[row])],
    ] as const;
  });
  const contribution = meanAbsolute(
    explainOnce(makeSamples(Object.fromEntries(columns), own.target), settings, part.seed),
  );
  return contribution.reduce((most, value, k) => (k % 2 === 1 ? Math.max(most, value) : most), 0);
}

/** A few forests with shadows for each kind of run that there is. */
export function shadowParts({ seed, seeds, subsamples }: ContributionSettings): ShadowPart[] {
  const some = (strategy: ShadowPart["strategy"], runs: number) =>
    Array.from({ length: Math.min(runs, forestsOfKind) }, (_, k) => ({ strategy, seed: seed + k }));
  return [...some("seed", seeds), ...some("subsample", subsamples)];
}

/** Mean over the forests of a kind; NaN for a kind without runs. */
export function noiseFloor(parts: readonly ShadowPart[], largest: readonly number[]): NoiseFloor {
  const meanOf = (strategy: ShadowPart["strategy"]) => mean(largest.filter((_, k) => parts[k].strategy === strategy));
  return { seed: meanOf("seed"), subsample: meanOf("subsample") };
}

/** Contributions of a run with all that noise could do alike: no order is left among attributes below the floor. */
export function aboveNoise({ meanAbsShap, strategy }: ContributionRun, floor: NoiseFloor): Float64Array {
  return meanAbsShap.map((value) => Math.max(value, floor[strategy]));
}
