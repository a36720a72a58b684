import { createHash } from "node:crypto";
import { fileBytes } from "../../folder/read-file.js";
import type { FitParameter } from "../../inference/fit/parameter.js";
import { type Dimension, dimensionName, toSi, unitRatio } from "../../quantity/units.js";
import { disk } from "../../scenario/disk.js";
import { readDocument } from "../../scenario/document.js";
import { readDocumentFile } from "../../scenario/document-file.js";
import { InputFault } from "../../scenario/faults.js";
import { type InputFile, inputFile } from "../../scenario/input-file.js";
import { note, type Reading } from "../../scenario/reading.js";
import { type Magnitude, magnitudeOf } from "../sweep/level.js";
import { readColumns, type Wanted } from "./columns.js";
import type { Prediction, Source } from "./prediction/contract.js";
import { predictionKind } from "./prediction/prediction.js";
import { type FitFile, fitFile, type MethodFile, type ParameterFile } from "./schema.js";

/** A fit with everything it needs found right. */
export interface Fit {
  readonly title: string;
  readonly file: string;
  readonly sha256: string;
  readonly kind: FitFile["predict"]["kind"];
  readonly parameters: readonly FitParameter[];
  readonly prediction: Prediction;
  readonly method: MethodFile;
  readonly seed: number;
  /** The fit file first, then everything measured. */
  readonly inputs: readonly InputFile[];
}

/**
 * Reads and checks a fit file, its measured files and its scenario.
 * @throws InputFault with what is wrong, where.
 */
export function readFit(path: string): Fit {
  const { said: file, reading } = readDocumentFile(path, fitFile, "fit");
  const parameters = Object.entries(file.parameters).flatMap(([name, own]) => parameterOf(name, own, reading) ?? []);
  const kind = predictionKind(file.predict);
  if (reading.faults.length === 0) kind.checkParameters(file.predict, parameters, reading);
  const sources = sourcesOf(file, reading);
  if (reading.faults.length > 0) throw new InputFault(reading.faults);
  const prediction = kind.prepare(file.predict, { parameters, sources, reading, seed: file.seed });
  if (reading.faults.length > 0 || !prediction) throw new InputFault(reading.faults);
  checkMethod(file, prediction, parameters, reading);
  return {
    title: file.title ?? "Untitled",
    file: path,
    sha256: createHash("sha256").update(fileBytes(path)).digest("hex"),
    kind: file.predict.kind,
    parameters,
    prediction,
    method: file.method,
    seed: file.seed,
    inputs: reading.files.map(inputFile),
  };
}

/** Whether a file looks like a fit rather than a scenario or a sweep. */
export function isFitFile(path: string): boolean {
  const { value } = readDocument(disk, path);
  return (
    typeof value === "object" &&
    value !== null &&
    (Object.hasOwn(value, "predict") || Object.hasOwn(value, "parameters"))
  );
}

function parameterOf(name: string, file: ParameterFile, reading: Reading): FitParameter | undefined {
  const path = ["parameters", name];
  const refuse = (key: string, allowed: string) => void note(reading, [...path, key], { allowed });
  const [from, to] = [magnitudeOf(file.from), magnitudeOf(file.to)];
  if (!from) return refuse("from", "a number, or a text that begins with one");
  if (!to || to.unit !== from.unit) return refuse("to", `a number in the unit of from, ${spoken(from)}`);
  if (!(from.number < to.number)) return refuse("to", "a bound above from");
  if (file.transform === "log" && !(from.number > 0)) return refuse("from", "a bound above 0 with transform log");
  const start = file.start === undefined ? middle(from.number, to.number, file) : magnitudeOf(file.start);
  if (!start || (file.start !== undefined && start.unit !== from.unit))
    return refuse("start", `a number in the unit of from, ${spoken(from)}`);
  if (!(start.number >= from.number && start.number <= to.number))
    return refuse("start", "a number between the bounds");
  const { transform } = file;
  return { name, unit: from.unit, low: from.number, high: to.number, start: start.number, transform };
}

function spoken({ unit }: Magnitude): string {
  return unit === "" ? "which is none" : unit;
}

function middle(low: number, high: number, { transform }: ParameterFile): Magnitude {
  return { number: transform === "log" ? Math.sqrt(low * high) : (low + high) / 2, unit: "" };
}

function sourcesOf(file: FitFile, reading: Reading): Source[] {
  const kind = predictionKind(file.predict);
  const wanted = kind.wanted(file.predict);
  return Object.entries(file.data).flatMap(([name, own]): Source[] => {
    const path = ["data", name];
    const columns = readColumns(own, wanted, path, reading);
    const noise = noiseOf(own.noise, wanted[kind.predicted], [...path, "noise"], reading);
    return columns ? [{ name, use: own.use, columns, noise, path }] : [];
  });
}

/** In SI units, or in the unit that a plain number is wanted in. */
function noiseOf(
  written: number | string | undefined,
  { dimension, unit }: Wanted,
  path: readonly PropertyKey[],
  reading: Reading,
): number | null {
  if (written === undefined) return null;
  const own = magnitudeOf(written);
  const converted = dimension === null ? plain(own, unit) : si(String(written), dimension);
  if (converted !== undefined && converted > 0) return converted;
  const number = unit === undefined ? "a plain number" : `a number, or one with a unit that converts to ${unit}`;
  const what = dimension === null ? number : `a ${dimensionName(dimension)} with its unit`;
  note(reading, path, { allowed: `${what}, above 0` });
  return null;
}

function plain(written: Magnitude | undefined, unit: string | undefined): number | undefined {
  if (!written || written.unit === "") return written?.number;
  const ratio = unit === undefined ? undefined : unitRatio(written.unit, unit);
  return ratio === undefined ? undefined : ratio * written.number;
}

function si(written: string, dimension: Dimension): number | undefined {
  const converted = toSi(written, dimension);
  return converted.ok ? converted.value : undefined;
}

function checkMethod(
  file: FitFile,
  { series, closedForm }: Prediction,
  parameters: readonly FitParameter[],
  reading: Reading,
): void {
  const fitted = series.filter(({ use }) => use === "fit");
  const known = fitted.filter(({ noise }) => noise !== null).length;
  if (known > 0 && known < fitted.length)
    note(reading, ["data"], {
      found: `noise for ${known} of ${fitted.length} fitted files`,
      allowed: "noise for all of them, or for none",
    });
  const count = fitted.reduce((sum, { y }) => sum + y.length, 0);
  if (count <= parameters.length)
    note(reading, ["parameters"], {
      found: `${parameters.length} parameters and ${count} measured numbers`,
      allowed: "more numbers than parameters",
    });
  if (file.method.kind === "levenberg-marquardt" && !closedForm)
    note(reading, ["method", "kind"], {
      found: "levenberg-marquardt",
      allowed: "trust-region, ensemble or abc for what is simulated",
    });
  if (file.method.kind === "ensemble" && known < fitted.length)
    note(reading, ["method", "kind"], {
      found: "ensemble",
      allowed: "ensemble with the noise of every fitted file; trust-region without",
    });
  if (reading.faults.length > 0) throw new InputFault(reading.faults);
}
