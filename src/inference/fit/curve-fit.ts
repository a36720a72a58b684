import { levenbergMarquardt } from "ml-levenberg-marquardt";
import { boxOf, external } from "./parameter.js";
import type { FitProblem } from "./problem.js";

/** A model in closed form: the whole prediction for values of the parameters, at once. */
export type ClosedForm = (values: readonly number[]) => Float64Array;

/** Far from zero, for predictions that are no numbers. */
const hopeless = 1e6;

/**
 * Levenberg and Marquardt's method of `ml-levenberg-marquardt` for models in closed form, in internal coordinates. It
 * stops after its iterations whatever they brought; the trust region takes over from where it ends.
 */
export function curveFit(
  { parameters, observed, noise }: FitProblem,
  model: ClosedForm,
  start: Float64Array,
  iterations: number,
): Float64Array {
  const box = boxOf(parameters);
  const x = Array.from(observed.keys());
  const of = (z: number[]) => {
    const predicted = model(external(parameters, z));
    return (index: number) => (Number.isFinite(predicted[index]) ? predicted[index] : hopeless);
  };
  const { parameterValues } = levenbergMarquardt({ x, y: observed }, of, {
    initialValues: start,
    minValues: box.low,
    maxValues: box.high,
    weights: noise,
    damping: 1e-2,
    gradientDifference: 1e-6,
    centralDifference: true,
    maxIterations: iterations,
    errorTolerance: 1e-12,
  });
  return Float64Array.from(parameterValues);
}
