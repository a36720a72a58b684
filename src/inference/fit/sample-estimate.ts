import { quantiles } from "../../statistics/quantile.js";
import type { Estimate } from "./estimate.js";
import { boxOf, external, type FitParameter } from "./parameter.js";

/** What is left of a parameter's prior, as a share, from which the data are said not to see it. */
const asBefore = 0.8;

/** Parameters by draws: the best draw with the middle 95 % of all. */
export function sampleEstimates(
  parameters: readonly FitParameter[],
  best: Float64Array,
  samples: readonly Float64Array[],
): Estimate[] {
  const values = external(parameters, best);
  const drawn = samples.map((z) => external(parameters, z));
  const box = boxOf(parameters);
  return parameters.map(({ name, unit, low, high, transform }, k) => {
    const own = Float64Array.from(drawn, (draw) => draw[k]);
    const [from, to] = quantiles(own, [0.025, 0.975]) as unknown as [number, number];
    const moved = quantiles(
      Float64Array.from(samples, (z) => z[k]),
      [0.025, 0.975],
    );
    const before = transform === "logit" ? 2 * Math.log(0.975 / 0.025) : 0.95 * (box.high[k] - box.low[k]);
    const share = (moved[1] - moved[0]) / before;
    const reason = share > asBefore ? `its draws fill ${Math.round(100 * Math.min(1, share))} % of the bounds` : null;
    return {
      ...{ name, unit, value: values[k], interval: [from, to] as const, from: "samples" as const },
      ...{ identifiable: reason === null, reason, atBound: false, bounds: [low, high] as const },
    };
  });
}

/** Covariance of draws in the parameters' units, and their correlation. */
export function sampleCovariance(draws: readonly (readonly number[])[]): {
  readonly covariance: number[][];
  readonly correlation: number[][];
} {
  const count = draws[0]?.length ?? 0;
  const mean = Array.from({ length: count }, (_, k) => draws.reduce((sum, draw) => sum + draw[k], 0) / draws.length);
  const covariance = mean.map((a, i) =>
    mean.map((b, j) => draws.reduce((sum, draw) => sum + (draw[i] - a) * (draw[j] - b), 0) / (draws.length - 1)),
  );
  const correlation = covariance.map((row, i) =>
    row.map((value, j) => value / (Math.sqrt(covariance[i][i] * covariance[j][j]) || 1)),
  );
  return { covariance, correlation };
}
