import type { Estimate } from "../../inference/fit/estimate.js";
import type { LeastSquares } from "../../inference/fit/fit.js";
import type { SeriesRecord } from "../../inference/fit/record.js";
import { figures } from "../../words/numbers.js";

/** Share of a direction from which a parameter is named. */
const named = 0.3;

/** Correlation from which two parameters are said to stand for each other. */
const alike = 0.95;

/** Everything about a fit that its numbers do not say by themselves. */
export function warningsOf(
  parameters: readonly Estimate[],
  series: readonly SeriesRecord[],
  found: LeastSquares | null,
  noiseKnown: boolean,
): string[] {
  const all = [
    ...parameters
      .filter(({ reason }) => reason !== null)
      .map(({ name, reason }) => `The data do not see ${name}: ${reason}.`),
    ...parameters
      .filter(({ atBound }) => atBound)
      .map(({ name }) => `${name} lies at a bound: widen it, or hold the parameter there.`),
    ...(found ? weakDirections(parameters, found) : []),
    ...(found ? alikePairs(parameters, found) : []),
    ...(found && noiseKnown && !found.noiseExplains
      ? [
          "The residuals are larger than the stated noise: the model misses the data, and intervals are by the residuals.",
        ]
      : []),
    ...(found && !found.starts.some(({ converged }) => converged)
      ? ["No start has converged: the minimum may be lower than the one told; give more iterations or starts."]
      : []),
    ...series.filter(({ failure }) => failure !== null).map(({ name, failure }) => `${name}: ${failure}.`),
    ...series.flatMap(endedEarly),
    ...series.filter(({ use, autocorrelation }) => use === "fit" && (autocorrelation ?? 0) > 0.5).map(followed),
  ];
  return [...new Set(all)];
}

/** A prediction that ends before the measurement, with how far. */
function endedEarly({ name, ending, points }: SeriesRecord): string[] {
  if (!ending) return [];
  return [
    `${name}: ${ending.reason}; ${points - ending.points} of ${points} numbers lie beyond and are not predicted.`,
  ];
}

function followed({ name, autocorrelation }: SeriesRecord): string {
  return `Residuals of ${name} follow each other (correlation of neighbours ${figures(autocorrelation, 2)}): the form of the model differs from the data, and intervals are too narrow.`;
}

/** Combinations that could move by half of the bounds and more within 95 %. */
function weakDirections(parameters: readonly Estimate[], { covariance }: LeastSquares): string[] {
  const { singularValues, directions, variance } = covariance;
  return singularValues.flatMap((value, k) => {
    const spread = (2 * 1.96 * Math.sqrt(variance)) / value;
    if (spread < 0.5) return [];
    const parts = parameters.filter((_, p) => Math.abs(directions[k][p]) >= named).map(({ name }) => name);
    return parts.length < 2 ? [] : [`Only together, not one by one, the data fix ${parts.join(", ")}.`];
  });
}

function alikePairs(parameters: readonly Estimate[], { covariance }: LeastSquares): string[] {
  return parameters.flatMap((a, i) =>
    parameters.slice(i + 1).flatMap((b, j) => {
      const r = covariance.correlation[i][i + 1 + j];
      return Math.abs(r) > alike ? [`${a.name} and ${b.name} stand for each other (correlation ${figures(r)}).`] : [];
    }),
  );
}
