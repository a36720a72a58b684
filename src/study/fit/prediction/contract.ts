import type { ClosedForm } from "../../../inference/fit/curve-fit.js";
import type { FitParameter } from "../../../inference/fit/parameter.js";
import type { Predict } from "../../../inference/fit/problem.js";
import type { Reading } from "../../../scenario/reading.js";
import type { Engine, Watch } from "../../sweep/engine.js";
import type { Columns, Wanted } from "../columns.js";

/** Measured numbers with what they were measured against. */
export interface Series {
  readonly name: string;
  readonly use: "fit" | "predict";
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Standard deviation of the noise in units of y, of all numbers or of each; null when it is not known. */
  readonly noise: number | Float64Array | null;
}

/** How x and y are shown: a name with the unit in brackets, and SI units to one of these. */
export interface Shown {
  readonly name: string;
  readonly scale: number;
}

/** What costly predictions are computed with. */
export interface Tools {
  readonly folder: string;
  readonly engine: Engine;
  readonly watch: Watch;
}

/** A prediction made ready for a fit: what is measured, and what predicts it. */
export interface Prediction {
  readonly series: readonly Series[];
  readonly shown: { readonly x: Shown; readonly y: Shown };
  /** One line about what is computed. */
  readonly words: string;
  /** Simulations that one evaluation takes; 0 for closed forms and for what takes milliseconds. */
  readonly simulations: number;
  /** Of all series of a use, one after the other. */
  readonly predictor: (tools: Tools, use: Series["use"]) => Predict;
  /** As `predictor` for the fitted series, where it is cheap and cannot fail. */
  readonly closedForm?: ClosedForm;
}

/** A source of measured numbers on its way to a series. */
export interface Source {
  readonly name: string;
  readonly use: Series["use"];
  readonly columns: Columns;
  readonly noise: number | null;
  /** In the fit file. */
  readonly path: readonly PropertyKey[];
}

/** What `prepare` has to go by. */
export interface Preparation {
  readonly parameters: readonly FitParameter[];
  readonly sources: readonly Source[];
  readonly reading: Reading;
  readonly seed: number;
}

/** One kind of prediction; each is a file beside this one. */
export interface PredictionKind<File> {
  /** Columns of a measured file, by what they hold. */
  readonly wanted: (file: File) => Readonly<Record<string, Wanted>>;
  /** The column that is predicted: noise has its unit. */
  readonly predicted: string;
  /** Notes what is wrong with the names, units and bounds of parameters. */
  readonly checkParameters: (file: File, parameters: readonly FitParameter[], reading: Reading) => void;
  /** Undefined when something was noted. */
  readonly prepare: (file: File, preparation: Preparation) => Prediction | undefined;
}
