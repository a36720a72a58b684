/** The files of a run's results folder. */
export const runFiles = {
  manifest: "manifest.json",
  checkpoint: "checkpoint.bin",
  timeseries: "timeseries.csv",
  particleTimeseries: "particle_timeseries.csv",
  particles: "particles.csv",
  summary: "summary.json",
  fields: "fields",
} as const;

/** The files of a sweep's folder. */
export const sweepFiles = {
  record: "sweep.json",
  runs: "runs.csv",
  parquet: "runs.parquet",
  timings: "timings.csv",
} as const;

/** The record in a folder of `synchrode fit`. */
export const fitFile = "fit.json";

/** The record in a folder of `synchrode learn`. */
export const learnFile = "learn.json";

/** The record in a folder of `synchrode compare`. */
export const compareFile = "compare.json";

/** The record in a folder of `synchrode vegard`. */
export const vegardFile = "vegard.json";

/** The files of a folder of `segment` or `measure`. */
export const particleFiles = {
  summary: "summary.json",
  particles: "particles.csv",
  parquet: "particles.parquet",
  contacts: "contacts.csv",
  byFraction: "radial-fraction.csv",
  byDepth: "radial-depth.csv",
  card: "card.yaml",
  slices: "slices",
} as const;

/** The files of a folder of `synchrode phantom`. */
export const phantomFiles = {
  summary: "summary.json",
  grey: "cathode.tif",
  phases: "phases.tif",
  labels: "labels.tif",
  truth: "truth.csv",
  card: "card.yaml",
  calibration: "calibration.yaml",
} as const;
