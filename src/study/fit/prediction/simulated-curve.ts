import { join } from "node:path";
import { fileBytes } from "../../../folder/read-file.js";
import { runFiles } from "../../../result/result-files.js";
import { columnCells, columnNumbers, readSeparated } from "../../../table/separated.js";
import { digitsOf } from "../../../words/numbers.js";

/** One instruction of a run as a curve. */
export interface SimulatedCurve {
  /** Of the accepted steps, in their order; x from the instruction's beginning where it is a clock. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** x where the instruction begins: the curve is taken from there to the last x. */
  readonly begin: number;
  /** Whether a limit of voltage ended it, as the model and not the protocol would have it. */
  readonly cutOff: boolean;
  /** How the instruction and x are called. */
  readonly words: string;
  readonly xName: string;
}

/** A curve at measured places. */
export interface CurveValues {
  readonly y: Float64Array;
  /** Number of places before the end of the curve; beyond it the last value is held. */
  readonly end: number;
  /** What ends it where, as a clause. */
  readonly reason: string;
  /** Range of the curve less that of the places, over the latter. */
  readonly error: number;
}

/** Columns that are counted from the beginning of the instruction. */
const clocks = ["Time [s]", "t/tau"];

/** Share of the curve's range by which a measurement may go on where the simulation has met its limit of voltage. */
const beyondCutOff = 0.2;

/** Share of the curve's range that is rounding. */
const rounding = 1e-6;

/**
 * Reads an instruction of a finished run from `timeseries.csv`.
 * @param cycle from 1
 * @param step of the protocol, from 0
 * @throws RangeError when a column is absent or fewer than two rows belong to it
 */
export function simulatedCurve(
  folder: string,
  { x, y, cycle, step }: { readonly x: string; readonly y: string; readonly cycle: number; readonly step: number },
): SimulatedCurve {
  const table = readSeparated(fileBytes(join(folder, runFiles.timeseries)));
  const absent = ["Cycle", "Protocol step", "Ended", x, y].find((name) => !table.cells.has(name));
  if (absent !== undefined)
    throw new RangeError(
      `Reading ${folder}: no column ${absent} in timeseries.csv; there are: ${table.names.join(", ")}.`,
    );
  const [cycles, steps, across, up] = ["Cycle", "Protocol step", x, y].map((name) => columnNumbers(table, name));
  const own = [...cycles.keys()].filter((row) => cycles[row] === cycle && steps[row] === step);
  const words = `step ${step} of cycle ${cycle}`;
  if (own.length < 2)
    throw new RangeError(`Reading ${folder}: ${words} has ${own.length} rows; a curve has two or more.`);
  const first = own[0];
  const start = first > 0 ? across[first - 1] : 0;
  const clock = clocks.includes(x);
  const along = Float64Array.from(own, (row) => across[row] - (clock ? start : 0));
  return {
    x: along,
    y: Float64Array.from(own, (row) => up[row]),
    begin: clock ? 0 : first > 0 || /^(Capacity|Charge)/.test(x) ? start : along[0],
    cutOff: columnCells(table, "Ended")[own[own.length - 1]] === "voltage",
    words,
    xName: x,
  };
}

/**
 * The curve between its points, linearly; before its first point the value there.
 * @param places measured x
 * @param name of the measured series, for errors
 * @throws RangeError for places outside the curve, unless a limit of voltage ended it a little early
 */
export function curveAt(curve: SimulatedCurve, places: Float64Array, name: string): CurveValues {
  const { x, y, begin, words, xName } = curve;
  const last = x[x.length - 1];
  const range = Math.abs(last - begin);
  const direction = last < begin ? -1 : 1;
  /** Places from the beginning on, whichever way x goes. */
  const way = (at: number) => direction * (at - begin);
  const [nearest, farthest] = places.reduce(
    ([low, high], at) => [Math.min(low, way(at)), Math.max(high, way(at))],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const allowed = range * (curve.cutOff ? 1 + beyondCutOff : 1 + rounding);
  if (nearest < -range * rounding || farthest > allowed) {
    const measured = [nearest, farthest].map((at) => digitsOf(begin + direction * at, 5));
    throw new RangeError(
      `${name} was measured from ${measured[0]} to ${measured[1]} in ${xName}, and ${words} was simulated from ` +
        `${digitsOf(begin, 5)} to ${digitsOf(last, 5)}${clocks.includes(xName) ? " (counted from its beginning)" : ""}; ` +
        "choose rows of the data by where, or another cycle and step",
    );
  }
  const end = Array.from(places).findIndex((at) => way(at) > range * (1 + rounding));
  const reason = `${words} reaches its limit of voltage at ${digitsOf(last, 5)} in ${xName} where ${digitsOf(begin + direction * farthest, 5)} was measured`;
  const along = x.map(way);
  const values = Float64Array.from(places, (at) => valueAt(along, y, way(at)));
  return { y: values, end: end < 0 ? places.length : end, reason, error: range / farthest - 1 };
}

/** Piecewise linear in points whose x does not fall; held beyond both ends. */
function valueAt(x: Float64Array, y: Float64Array, at: number): number {
  const after = x.findIndex((each) => each >= at);
  if (after === 0) return y[0];
  if (after < 0) return y[y.length - 1];
  const share = (at - x[after - 1]) / (x[after] - x[after - 1]);
  return y[after - 1] + share * (y[after] - y[after - 1]);
}
