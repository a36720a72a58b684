import type { PredictionKind } from "./contract.js";
import { discharge, dischargeFile } from "./discharge.js";
import { distribution, distributionFile } from "./distribution.js";
import { metricsFile, metricsOver } from "./metrics.js";
import { ocp, ocpFile } from "./ocp.js";
import { timeseries, timeseriesFile } from "./timeseries.js";

/** The `predict` sections of fit files, one a kind. */
export const predictionFiles = [ocpFile, dischargeFile, timeseriesFile, metricsFile, distributionFile] as const;

/** The kinds of predictions by their name in fit files. */
export const predictions = { ocp, discharge, timeseries, metrics: metricsOver, distribution } as const;

/** The kind behind a section; each takes sections of its own kind only. */
export function predictionKind<File extends { readonly kind: keyof typeof predictions }>(
  file: File,
): PredictionKind<File> {
  return predictions[file.kind] as unknown as PredictionKind<File>;
}
