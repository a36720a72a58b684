import { external, type FitParameter } from "./parameter.js";

/** Where a prediction ends before the measurement does. */
export interface Shortfall {
  /** Numbers [from, to) of the prediction lie beyond its end: they continue it so that a fit finds its way, and are not shown. */
  readonly from: number;
  readonly to: number;
  /** What ends it where, as a clause. */
  readonly reason: string;
  /** x at the end less the last measured x, over the range that was measured: −0.1 for a tenth too little. */
  readonly error: number;
}

export interface PredictedValues {
  readonly values: Float64Array;
  /** Where they go on beyond the end of the prediction. */
  readonly shortfalls?: readonly Shortfall[];
}

/** What a prediction came to; a failure has its reason. */
export type Outcome = ({ readonly ok: true } & PredictedValues) | { readonly ok: false; readonly reason: string };

/** Predictions at several points at once, as those who compute them in parallel like it. `points` are values in the parameters' units. */
export type Predict = (points: readonly (readonly number[])[]) => Promise<readonly Outcome[]>;

/** Measured numbers and what predicts them. */
export interface FitProblem {
  readonly parameters: readonly FitParameter[];
  /** What was measured. */
  readonly observed: Float64Array;
  /** By which each residual is weighed: the standard deviation of the noise or, where it is not known, a scale. */
  readonly noise: Float64Array;
  /** Whether `noise` are standard deviations; otherwise the residuals tell how large the noise is. */
  readonly noiseKnown: boolean;
  readonly predict: Predict;
}

/** Weighed residuals at points in internal coordinates; null where the prediction failed. */
export type Residuals = (points: readonly Float64Array[]) => Promise<readonly (Float64Array | null)[]>;

/** r = (prediction − measurement)/noise, as functions of the internal coordinates. */
export function residualsOf({ parameters, observed, noise, predict }: FitProblem): Residuals {
  return async (points) => {
    const outcomes = await predict(points.map((z) => external(parameters, z)));
    return outcomes.map((outcome) => {
      if (!outcome.ok) return null;
      const r = outcome.values.map((value, k) => (value - observed[k]) / noise[k]);
      return r.every(Number.isFinite) ? r : null;
    });
  };
}

export function sumOfSquares(r: Float64Array): number {
  let sum = 0;
  for (const each of r) sum += each * each;
  return sum;
}
