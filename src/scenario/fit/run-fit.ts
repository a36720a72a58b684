import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type LeastSquares, leastSquares } from "../../inference/fit/fit.js";
import { external, transforms } from "../../inference/fit/parameter.js";
import type { FitProblem, Outcome } from "../../inference/fit/problem.js";
import type { FitRecord } from "../../inference/fit/record.js";
import { writeAtomically } from "../result/atomic-file.js";
import type { Engine, Watch } from "../sweep/engine.js";
import { releaseLock, takeLock } from "../sweep/lock.js";
import { version } from "../version.js";
import { type Evaluations, evaluations } from "./evaluation.js";
import type { Fit } from "./load.js";
import type { Tools } from "./prediction/contract.js";
import { rmseOver, seriesRecords } from "./series-record.js";
import { leastSquaresSettings } from "./settings.js";
import { warningsOf } from "./warnings.js";

export interface FitOptions {
  readonly fit: Fit;
  readonly folder: string;
  readonly engine: Engine;
  readonly jobs: number;
  readonly watch: Watch;
}

/**
 * Fits, and writes `fit.json`. Simulations that are in the folder already are not computed again.
 * @throws Error when another process is at work on the same folder.
 */
export async function runFit(options: FitOptions): Promise<FitRecord> {
  const { folder } = options;
  mkdirSync(join(folder, "runs"), { recursive: true });
  const lock = join(folder, "fit.lock");
  const holder = takeLock(lock);
  if (holder)
    throw new Error(
      `Beginning a fit in ${folder}: process ${holder.pid} is at work there; wait for it, or give another --out.`,
    );
  try {
    const record = await fitted(options);
    writeAtomically(join(folder, "fit.json"), `${JSON.stringify(record, null, 2)}\n`);
    return record;
  } finally {
    releaseLock(lock);
  }
}

async function fitted({ fit, folder, engine, jobs, watch }: FitOptions): Promise<FitRecord> {
  const tools: Tools = { folder, engine, watch };
  const asked = evaluations(fit.prediction.predictor(tools, "fit"));
  const problem = problemOf(fit, asked);
  const { method } = fit;
  if (method.kind === "ensemble" || method.kind === "abc")
    throw new RangeError(`The method ${method.kind} is not there yet.`);
  const settings = { ...leastSquaresSettings(fit, method, jobs), signal: watch.signal, say: watch.say };
  const found = await leastSquares(problem, settings);
  if (!found.ok)
    return {
      ...bare(fit, asked),
      status: watch.signal.aborted ? "stopped" : "failed",
      reason: found.reason,
      starts: found.starts,
    };
  const values = external(fit.parameters, found.minimum.z);
  return leastSquaresRecord(fit, found, await outcomesAt(fit, values, problem, tools), asked, watch.signal.aborted);
}

function problemOf({ parameters, prediction }: Fit, { predict }: Evaluations): FitProblem {
  const own = prediction.series.filter(({ use }) => use === "fit");
  const noiseKnown = own.every(({ noise }) => noise !== null);
  return {
    parameters,
    observed: Float64Array.from(own.flatMap(({ y }) => [...y])),
    noise: Float64Array.from(own.flatMap(({ y, noise }) => Array.from(y, () => noise ?? 1))),
    noiseKnown,
    predict,
  };
}

async function outcomesAt({ prediction }: Fit, values: readonly number[], { predict }: FitProblem, tools: Tools) {
  const none: Outcome = { ok: true, values: new Float64Array(0) };
  const unseen = prediction.series.some(({ use }) => use === "predict");
  const [fit] = await predict([values]);
  const [other] = unseen ? await prediction.predictor(tools, "predict")([values]) : [none];
  return { fit: fit!, predict: other! };
}

/** What is known before anything was fitted. */
function bare(fit: Fit, asked: Evaluations): FitRecord {
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

function leastSquaresRecord(
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
    ...bare(fit, asked),
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
        )[k]!;
      const { points, threshold } = profile;
      return [
        {
          name: fit.parameters[k]!.name,
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
    return (outOf(z[k]! + 1e-6, low, high) - outOf(z[k]! - 1e-6, low, high)) / 2e-6;
  });
  return matrix.map((row, a) => row.map((value, b) => (Number.isFinite(value) ? value * slope[a]! * slope[b]! : null)));
}
