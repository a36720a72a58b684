import * as z from "zod";
import { readSummary } from "../../../result/summary.js";
import { note } from "../../../scenario/reading.js";
import { section, text, word } from "../../../schema/leaf.js";
import { partPlaces } from "../../sweep/axis.js";
import { keyFault } from "../../sweep/known-key.js";
import { writtenMagnitude } from "../../sweep/level.js";
import { metrics } from "../../sweep/metric.js";
import type { Setting } from "../../sweep/setting.js";
import type { Prediction, PredictionKind, Series } from "./contract.js";
import { checkKeys, scenarioKeys, simulatedBy, simulatedPredict } from "./simulated.js";

const names = metrics.map(({ name }) => name) as [string, ...string[]];

/** A number of finished runs against a key of the scenario, such as damage against the rate: a simulation a row. */
export const metricsFile = section({
  kind: z.literal("metrics"),
  ...scenarioKeys,
  metric: word(names),
  over: section({ key: text("a dotted key of scenarios"), unit: text().optional() }),
});

type MetricsFile = z.output<typeof metricsFile>;

export const metricsOver: PredictionKind<MetricsFile> = {
  wanted: ({ over }) => ({ setting: { dimension: null, unit: over.unit }, value: { dimension: null } }),
  predicted: "value",
  checkParameters(file, parameters, reading) {
    checkKeys(file, parameters, reading);
    const wrong = keyFault(file.over.key);
    if (wrong) note(reading, ["predict", "over", "key"], wrong);
    if (parameters.some(({ name }) => name === file.over.key))
      note(reading, ["predict", "over", "key"], { allowed: "a key that is not fitted" });
  },
  prepare(file, { parameters, sources, reading }): Prediction | undefined {
    const { key, unit = "" } = file.over;
    const metric = metrics.find(({ name }) => name === file.metric)!;
    const places = partPlaces(reading, ["predict", "over"]);
    const variantsOf = (use: Series["use"]) =>
      sources
        .filter((source) => source.use === use)
        .flatMap(({ columns }) =>
          Array.from(columns.of.setting, (value): readonly Setting[] => [
            { key, value: writtenMagnitude({ number: value, unit }), places },
          ]),
        );
    const simulated = simulatedBy(file, parameters, [...variantsOf("fit"), ...variantsOf("predict")], reading);
    if (!simulated) return undefined;
    const measured = (folder: string) => {
      const summary = readSummary(folder);
      return metric.of(summary) ?? Number.NaN;
    };
    const read = (folders: readonly string[]) => ({ values: Float64Array.from(folders, measured) });
    return {
      series: sources.map(({ name, use, columns, noise }) => ({
        ...{ name, use, noise },
        x: columns.of.setting,
        y: columns.of.value,
      })),
      shown: {
        x: { name: unit === "" ? key : `${key} [${unit}]`, scale: 1 },
        y: { name: metric.column, scale: 1 },
      },
      words: `${metric.column} of ${file.scenario} against ${key}`,
      simulations: variantsOf("fit").length,
      predictor: (tools, use) => simulatedPredict(simulated, variantsOf(use), read, tools),
    };
  },
};
