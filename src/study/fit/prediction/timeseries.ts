import * as z from "zod";
import type { PredictedValues, Shortfall } from "../../../inference/fit/problem.js";
import { unitOf } from "../../../quantity/units.js";
import { columnName } from "../../../result/column.js";
import { timeseries as series } from "../../../result/timeseries.js";
import { count, section, text } from "../../../schema/leaf.js";
import type { Prediction, PredictionKind, Series } from "./contract.js";
import { checkKeys, scenarioKeys, simulatedBy, simulatedPredict } from "./simulated.js";
import { curveAt, type SimulatedCurve, simulatedCurve } from "./simulated-curve.js";

/** A curve in the time series of a scenario, such as the voltage of a charge against its capacity. */
export const timeseriesFile = section({
  kind: z.literal("timeseries"),
  ...scenarioKeys,
  x: text("a column of timeseries.csv").default(columnName(series.time)),
  y: text("a column of timeseries.csv").default(columnName(series.voltage)),
  cycle: count(1, 100_000).default(1),
  step: count(0, 1000).default(0),
});

type TimeseriesFile = z.output<typeof timeseriesFile>;

/** Measured numbers are in the units of the two columns, or say theirs. */
export const timeseries: PredictionKind<TimeseriesFile> = {
  wanted: ({ x, y }) => ({ x: { dimension: null, unit: unitOf(x) }, y: { dimension: null, unit: unitOf(y) } }),
  predicted: "y",
  checkParameters: checkKeys,
  prepare(file, { parameters, sources, reading }): Prediction | undefined {
    const simulated = simulatedBy(file, parameters, [[]], reading);
    if (!simulated) return undefined;
    const series = sources.map(({ name, use, columns, noise }): Series => {
      return { name, use, noise, x: columns.of.x, y: columns.of.y };
    });
    return {
      series,
      shown: { x: { name: file.x, scale: 1 }, y: { name: file.y, scale: 1 } },
      words: `${file.y} against ${file.x} in cycle ${file.cycle} of ${file.scenario}`,
      simulations: 1,
      predictor: (tools, use) => {
        const own = series.filter((each) => each.use === use);
        return simulatedPredict(simulated, [[]], ([folder]) => joined(simulatedCurve(folder, file), own), tools);
      },
    };
  },
};

/** The curve at the measured places, one series after the other. @throws RangeError for places outside it */
function joined(curve: SimulatedCurve, all: readonly Series[]): PredictedValues {
  const shortfalls: Shortfall[] = [];
  const values: number[] = [];
  for (const { name, x } of all) {
    const { y, end, reason, error } = curveAt(curve, x, name);
    const to = values.length + y.length;
    if (end < y.length) shortfalls.push({ from: values.length + end, to, reason, error });
    values.push(...y);
  }
  return { values: Float64Array.from(values), shortfalls };
}
