import { join } from "node:path";
import { z } from "zod";
import { readNumberColumns } from "../../../network/csv-columns.js";
import { count, section, text } from "../../leaf.js";
import type { Prediction, PredictionKind, Series } from "./contract.js";
import { checkKeys, scenarioKeys, simulatedBy, simulatedPredict } from "./simulated.js";

/** A curve in the time series of a scenario, such as the voltage of a charge against its capacity. */
export const timeseriesFile = section({
  kind: z.literal("timeseries"),
  ...scenarioKeys,
  x: text("a column of timeseries.csv").default("Time [s]"),
  y: text("a column of timeseries.csv").default("Cell voltage [V]"),
  cycle: count(1, 100_000).default(1),
  step: count(0, 1000).default(0),
});

type TimeseriesFile = z.output<typeof timeseriesFile>;

/** Measured numbers are in the units of the two columns. */
export const timeseries: PredictionKind<TimeseriesFile> = {
  wanted: () => ({ x: { dimension: null }, y: { dimension: null } }),
  predicted: "y",
  checkParameters: checkKeys,
  prepare(file, { parameters, sources, reading }): Prediction | undefined {
    const simulated = simulatedBy(file, parameters, [[]], reading);
    if (!simulated) return undefined;
    const series = sources.map(({ name, use, columns, noise }): Series => {
      return { name, use, noise, x: columns.of.x!, y: columns.of.y! };
    });
    return {
      series,
      shown: { x: { name: file.x, scale: 1 }, y: { name: file.y, scale: 1 } },
      words: `${file.y} against ${file.x} in cycle ${file.cycle} of ${file.scenario}`,
      simulations: 1,
      predictor: (tools, use) => {
        const at = series.filter((each) => each.use === use).flatMap(({ x }) => [...x]);
        return simulatedPredict(simulated, [[]], ([folder]) => curveAt(folder!, file, at), tools);
      },
    };
  },
};

/** The curve at places between its points; beyond its ends, the values there. */
function curveAt(folder: string, { x, y, cycle, step }: TimeseriesFile, places: readonly number[]): Float64Array {
  const read = readNumberColumns(join(folder, "timeseries.csv"), ["Cycle", "Protocol step", x, y]);
  const rows = Array.from(read[x]!.keys()).filter(
    (k) => read.Cycle![k] === cycle && read["Protocol step"]![k] === step,
  );
  const points = rows.map((k) => [read[x]![k]!, read[y]![k]!] as const).sort((a, b) => a[0] - b[0]);
  if (points.length < 2)
    throw new RangeError(
      `Reading ${folder}: cycle ${cycle} has ${points.length} rows of step ${step}; a curve has two or more.`,
    );
  return Float64Array.from(places, (place) => {
    const after = points.findIndex(([at]) => at >= place);
    if (after === 0) return points[0]![1];
    if (after < 0) return points.at(-1)![1];
    const [[x0, y0], [x1, y1]] = [points[after - 1]!, points[after]!];
    return y0 + ((y1 - y0) * (place - x0)) / (x1 - x0);
  });
}
