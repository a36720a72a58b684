import type { LeastSquares } from "../../inference/fit/fit.js";
import { external, transforms } from "../../inference/fit/parameter.js";
import type { Outcome } from "../../inference/fit/problem.js";
import type { FitRecord } from "../../inference/fit/record.js";
import { version } from "../../scenario/version.js";
import type { Evaluations } from "./evaluation.js";
import type { Fit } from "./load.js";
import { rmseOver, seriesRecords } from "./series-record.js";
import { warningsOf } from "./warnings.js";

/** What is known before anything was fitted. */
export function bareRecord(fit: Fit, asked: Evaluations): FitRecord {
  const { title, kind, file, sha256, inputs, method, seed, prediction } = fit;
  const counts = asked.counts();
  return {
    program: "synchrode",
    version: version(),
    ...{ title, kind, inputs, method, seed },
    status: "done",
    reason: null,
    words: prediction.words,
    fitFile: file,
    fitSha256: sha256,
    parameters: [],
    rmse: null,
    rmseUnseen: null,
    shown: { x: prediction.shown.x.name, y: prediction.shown.y.name },
    predictions: [],
    covariance: null,
    correlation: null,
    singularValues: null,
    directions: null,
    profiles: [],
    samples: null,
    warnings: [],
    starts: [],
    evaluations: { ...counts, simulations: counts.asked * prediction.simulations },
    failures: asked.failures,
  };
}

/** The record of a least-squares fit. */
export function leastSquaresRecord(
  fit: Fit,
  found: LeastSquares,
  outcomes: Readonly<Record<"fit" | "predict", Outcome>>,
  asked: Evaluations,
  stopped: boolean,
): FitRecord {
  const { minimum, covariance, estimates, profiles, starts } = found;
  const predictions = seriesRecords(fit.prediction, outcomes);
  const noiseKnown = fit.prediction.series.every(({ use, noise }) => use !== "fit" || noise !== null);
  return {
    ...bareRecord(fit, asked),
    status: stopped ? "stopped" : "done",
    reason: stopped ? "stopped on request" : null,
    parameters: estimates,
    rmse: rmseOver(predictions, "fit"),
    rmseUnseen: rmseOver(predictions, "predict"),
    predictions,
    covariance: inUnits(fit, minimum.z, covariance.matrix),
    correlation: covariance.correlation,
    singularValues: covariance.singularValues,
    directions: covariance.directions,
    profiles: profiles.flatMap((profile, k) => {
      if (!profile) return [];
      const place = (z: number) =>
        external(
          fit.parameters,
          minimum.z.map((own, j) => (j === k ? z : own)),
        )[k];
      const { points, threshold } = profile;
      return [
        {
          name: fit.parameters[k].name,
          value: points.map(({ z }) => place(z)),
          excess: points.map(({ excess }) => excess),
          threshold,
        },
      ];
    }),
    warnings: warningsOf(estimates, predictions, found, noiseKnown),
    starts,
  };
}

/** A covariance of internal coordinates, by the slopes of the transforms; null where it is infinite. */
function inUnits({ parameters }: Fit, z: Float64Array, matrix: readonly (readonly number[])[]): (number | null)[][] {
  const slope = parameters.map(({ low, high, transform }, k) => {
    const { outOf } = transforms[transform];
    return (outOf(z[k] + 1e-6, low, high) - outOf(z[k] - 1e-6, low, high)) / 2e-6;
  });
  return matrix.map((row, a) => row.map((value, b) => (Number.isFinite(value) ? value * slope[a] * slope[b] : null)));
}
