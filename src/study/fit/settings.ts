import type { LeastSquaresSettings } from "../../inference/fit/fit.js";
import { boxOf, internal } from "../../inference/fit/parameter.js";
import { latinHypercube } from "../sweep/latin-hypercube.js";
import type { Fit } from "./load.js";
import type { MethodFile } from "./schema.js";

type LeastSquaresFile = Extract<MethodFile, { kind: "levenberg-marquardt" | "trust-region" }>;

/** The file's settings in the form that the method takes; starts beyond the first are drawn as a Latin hypercube,
 * `spread` of the way between the bounds wide, about the first where there is room. */
export function leastSquaresSettings(
  { parameters, seed, prediction }: Fit,
  method: LeastSquaresFile,
  jobs: number,
): LeastSquaresSettings {
  const { low, high } = boxOf(parameters);
  const first = internal(
    parameters,
    parameters.map(({ start }) => start),
  );
  const others = latinHypercube(method.starts - 1, parameters.length, seed).map((point) =>
    point.map((share, k) => {
      const half = (method.spread * (high[k] - low[k])) / 2;
      const from = Math.max(low[k], Math.min(first[k] - half, high[k] - 2 * half));
      return from + share * 2 * half;
    }),
  );
  const { step, differences, iterations, tolerance, profiles } = method;
  const { closedForm, simulations } = prediction;
  return {
    starts: [first, ...others],
    ...{ step, differences, iterations, tolerance },
    trials: simulations > 0 ? Math.max(1, Math.floor(jobs / simulations)) : 1,
    profilePoints: profiles,
    ...(method.kind === "levenberg-marquardt" && closedForm ? { closedForm } : {}),
  };
}
