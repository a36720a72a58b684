import { abc } from "../../inference/fit/abc.js";
import { ensemble } from "../../inference/fit/ensemble.js";
import { external, internal } from "../../inference/fit/parameter.js";
import type { FitProblem, Outcome } from "../../inference/fit/problem.js";
import type { FitRecord, SampleRecord } from "../../inference/fit/record.js";
import { sampleCovariance, sampleEstimates } from "../../inference/fit/sample-estimate.js";
import { rounded } from "../../words/numbers.js";
import type { Watch } from "../sweep/engine.js";
import type { Evaluations } from "./evaluation.js";
import { bareRecord } from "./fit-record.js";
import type { Fit } from "./load.js";
import type { MethodFile } from "./schema.js";
import { rmseOver, seriesRecords } from "./series-record.js";
import { warningsOf } from "./warnings.js";

type SamplingFile = Extract<MethodFile, { kind: "ensemble" | "abc" }>;

/** Draws by either method, in internal coordinates. */
export interface Sampled extends Omit<SampleRecord, "draws"> {
  readonly draws: readonly Float64Array[];
  readonly best: Float64Array;
  /** What the method itself has to say. */
  readonly warnings: readonly string[];
}

/** Draws that a record keeps. */
const mostDraws = 1000;

/** Of the steps kept, those over which draws forget each other should fit in so often. */
const enoughTimes = 50;

export async function drawn(
  { parameters, seed, prediction }: Fit,
  problem: FitProblem,
  method: SamplingFile,
  jobs: number,
  { signal, say }: Watch,
): Promise<Sampled> {
  if (method.kind === "abc") {
    const { particles, generations, keep } = method;
    const batch = prediction.simulations > 0 ? Math.max(2, Math.ceil((4 * jobs) / prediction.simulations)) : 32;
    const found = await abc(problem, { particles, generations, keep, batch, seed, signal, say });
    const short =
      found.tolerances.length < generations ? ["The last generations found too few draws and were left."] : [];
    return { ...found, autocorrelationTime: null, warnings: short };
  }
  const { walkers, steps, discard } = method;
  const start = internal(
    parameters,
    parameters.map((parameter) => parameter.start),
  );
  const found = await ensemble(problem, { walkers, steps, discard, seed, start, signal, say });
  const kept = found.steps * (1 - discard);
  const time = rounded(found.autocorrelationTime, 2);
  const slow =
    kept < enoughTimes * found.autocorrelationTime
      ? [
          `Draws forget each other over ${time} steps, and ${Math.round(kept)} were kept: ${enoughTimes} times as many tell intervals well.`,
        ]
      : [];
  return { ...found, tolerances: null, warnings: slow };
}

/** The record of a fit by draws; the parameters are those of the best one. */
export function sampledRecord(
  fit: Fit,
  { draws, best, accepted, autocorrelationTime, tolerances, warnings }: Sampled,
  outcomes: Readonly<Record<"fit" | "predict", Outcome>>,
  asked: Evaluations,
  stopped: boolean,
): FitRecord {
  const parameters = sampleEstimates(fit.parameters, best, draws);
  const predictions = seriesRecords(fit.prediction, outcomes);
  const every = Math.max(1, Math.ceil(draws.length / mostDraws));
  const values = draws.map((z) => external(fit.parameters, z));
  return {
    ...bareRecord(fit, asked),
    status: stopped ? "stopped" : "done",
    reason: stopped ? "stopped on request" : null,
    parameters,
    rmse: rmseOver(predictions, "fit"),
    rmseUnseen: rmseOver(predictions, "predict"),
    predictions,
    ...sampleCovariance(values),
    samples: { draws: values.filter((_, k) => k % every === 0), accepted, autocorrelationTime, tolerances },
    warnings: [...warnings, ...warningsOf(parameters, predictions, null, true)],
  };
}
