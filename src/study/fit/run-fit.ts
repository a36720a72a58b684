import { join } from "node:path";
import { inFolder } from "../../folder/claim-folder.js";
import { folderKinds } from "../../folder/folder-kind.js";
import { makeFolder } from "../../folder/make-folder.js";
import { leastSquares } from "../../inference/fit/fit.js";
import { external } from "../../inference/fit/parameter.js";
import type { FitProblem, Outcome } from "../../inference/fit/problem.js";
import type { FitRecord } from "../../inference/fit/record.js";
import { writeFit } from "../../result/fit-folder.js";
import type { Engine, Watch } from "../sweep/engine.js";
import { type Evaluations, evaluations } from "./evaluation.js";
import { bareRecord, leastSquaresRecord } from "./fit-record.js";
import type { Fit } from "./load.js";
import type { Tools } from "./prediction/contract.js";
import { drawn, sampledRecord } from "./sampled.js";
import { leastSquaresSettings } from "./settings.js";

export interface FitOptions {
  readonly fit: Fit;
  readonly folder: string;
  readonly engine: Engine;
  readonly jobs: number;
  readonly watch: Watch;
}

/**
 * Fits, and writes `fit.json`. Simulations that are in the folder already are not computed again.
 * @throws OutputRefused when the folder is another's, or another process is at work in it.
 */
export async function runFit(options: FitOptions): Promise<FitRecord> {
  const { fit, folder } = options;
  return inFolder(folder, folderKinds.fit, { inputs: fit.inputs.map(({ path }) => path) }, async () => {
    makeFolder(join(folder, "runs"));
    const record = await fitted(options);
    writeFit(folder, record);
    return record;
  });
}

async function fitted({ fit, folder, engine, jobs, watch }: FitOptions): Promise<FitRecord> {
  const tools: Tools = { folder, engine, watch };
  const asked = evaluations(fit.prediction.predictor(tools, "fit"));
  const problem = problemOf(fit, asked);
  const { method } = fit;
  if (method.kind === "ensemble" || method.kind === "abc") {
    const sampled = await drawn(fit, problem, method, jobs, watch);
    if (sampled.draws.length < 2) return { ...bareRecord(fit, asked), ...ended(watch, "no draw was near enough") };
    const at = external(fit.parameters, sampled.best);
    return sampledRecord(fit, sampled, await outcomesAt(fit, at, problem, tools), asked, watch.signal.aborted);
  }
  const settings = { ...leastSquaresSettings(fit, method, jobs), signal: watch.signal, say: watch.say };
  const found = await leastSquares(problem, settings);
  if (!found.ok)
    return { ...bareRecord(fit, asked), ...ended(watch, because(found.reason, asked)), starts: found.starts };
  const values = external(fit.parameters, found.minimum.z);
  return leastSquaresRecord(fit, found, await outcomesAt(fit, values, problem, tools), asked, watch.signal.aborted);
}

/** With why the first prediction failed that did. */
function because(reason: string, { failures }: Evaluations): string {
  return failures.length === 0 ? reason : `${reason}: ${failures[0].reason}`;
}

function ended({ signal }: Watch, reason: string): Pick<FitRecord, "status" | "reason"> {
  return { status: signal.aborted ? "stopped" : "failed", reason };
}

function problemOf({ parameters, prediction }: Fit, { predict }: Evaluations): FitProblem {
  const own = prediction.series.filter(({ use }) => use === "fit");
  const noiseKnown = own.every(({ noise }) => noise !== null);
  return {
    parameters,
    observed: Float64Array.from(own.flatMap(({ y }) => [...y])),
    noise: Float64Array.from(
      own.flatMap(({ y, noise }) => Array.from(y, (_, k) => (typeof noise === "number" ? noise : (noise?.[k] ?? 1)))),
    ),
    noiseKnown,
    predict,
  };
}

async function outcomesAt({ prediction }: Fit, values: readonly number[], { predict }: FitProblem, tools: Tools) {
  const none: Outcome = { ok: true, values: new Float64Array(0) };
  const unseen = prediction.series.some(({ use }) => use === "predict");
  const [fit] = await predict([values]);
  const [other] = unseen ? await prediction.predictor(tools, "predict")([values]) : [none];
  return { fit: fit, predict: other };
}
