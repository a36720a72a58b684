import type { Estimate } from "./estimate.js";
import type { StartRecord } from "./fit.js";

/** A prediction that ends before the measurement. */
export interface Ending {
  /** Numbers before it. */
  readonly points: number;
  /** As a clause, such as "the cell reaches 2.5 V after 4.1 of 4.9 Ah". */
  readonly reason: string;
  /** x at the end less the last measured x, over the measured range: the relative error of capacity of a discharge. */
  readonly error: number;
}

/** A measured series beside its prediction, in the units of `shown`. */
export interface SeriesRecord {
  readonly name: string;
  /** `predict`: it was not fitted to. */
  readonly use: "fit" | "predict";
  readonly points: number;
  readonly rmse: number | null;
  /** Mean of predicted less measured. */
  readonly bias: number | null;
  readonly largest: number | null;
  /** Of neighbouring residuals. */
  readonly autocorrelation: number | null;
  /** Of all numbers, or of each. */
  readonly noise: number | readonly number[] | null;
  readonly x: readonly number[];
  readonly measured: readonly number[];
  /** Null where nothing was predicted. */
  readonly predicted: readonly (number | null)[];
  /** Why nothing was predicted. */
  readonly failure: string | null;
  /** What ends the prediction before the measurement, if anything does. `rmse` counts what lies beyond it too. */
  readonly ending: Ending | null;
}

/** A profile in the parameter's unit. */
export interface ProfileRecord {
  readonly name: string;
  readonly value: readonly number[];
  /** χ² less its minimum, in variances of the residuals. */
  readonly excess: readonly number[];
  readonly threshold: number;
}

/** Draws from what is left possible, [draw][parameter] in the parameters' units. */
export interface SampleRecord {
  readonly draws: readonly (readonly number[])[];
  /** Share of proposals taken; of all simulations, those kept, for `abc`. */
  readonly accepted: number;
  /** Steps over which draws forget each other; null for `abc`. */
  readonly autocorrelationTime: number | null;
  /** Tolerances of the generations, for `abc`. */
  readonly tolerances: readonly number[] | null;
}

/** `fit.json`. */
export interface FitRecord {
  readonly program: "synchrode";
  readonly version: string;
  readonly title: string;
  readonly status: "done" | "stopped" | "failed";
  readonly reason: string | null;
  readonly kind: string;
  readonly words: string;
  readonly fitFile: string;
  readonly fitSha256: string;
  /** The fit file first, then everything measured. */
  readonly inputs: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
  /** As in the fit file. */
  readonly method: { readonly kind: string } & Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly parameters: readonly Estimate[];
  /** Over all fitted numbers, in the unit of `shown.y`. */
  readonly rmse: number | null;
  /** Over all numbers that were not fitted to. */
  readonly rmseUnseen: number | null;
  readonly shown: { readonly x: string; readonly y: string };
  readonly predictions: readonly SeriesRecord[];
  /** Of the parameters in their units, by the linear model or the draws. */
  readonly covariance: readonly (readonly (number | null)[])[] | null;
  readonly correlation: readonly (readonly number[])[] | null;
  /** Of the Jacobian by shares of the bounds, with directions [direction][parameter]. */
  readonly singularValues: readonly number[] | null;
  readonly directions: readonly (readonly number[])[] | null;
  readonly profiles: readonly ProfileRecord[];
  readonly samples: SampleRecord | null;
  readonly warnings: readonly string[];
  readonly starts: readonly StartRecord[];
  readonly evaluations: { readonly asked: number; readonly failed: number; readonly simulations: number };
  readonly failures: readonly { readonly values: readonly number[]; readonly reason: string }[];
}
