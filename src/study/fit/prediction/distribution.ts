import { join } from "node:path";
import * as z from "zod";
import { fileBytes } from "../../../folder/read-file.js";
import { quantileNoise } from "../../../inference/fit/quantile-noise.js";
import { unitOf } from "../../../quantity/units.js";
import { runFiles } from "../../../result/result-files.js";
import { note, type Reading } from "../../../scenario/reading.js";
import { list, number, section, text, word } from "../../../schema/leaf.js";
import { mean } from "../../../statistics/mean.js";
import { quantiles } from "../../../statistics/quantile.js";
import { areLike, damageMeaning, damageQuantity, isPlainDamage } from "../../../table/damage-name.js";
import { columnOf, readParticleTable } from "../../../table/particle-table.js";
import type { Prediction, PredictionKind, Series } from "./contract.js";
import { checkKeys, scenarioKeys, simulatedBy, simulatedPredict } from "./simulated.js";

/** How a column of the particles is distributed at the end of a scenario, by quantiles. */
export const distributionFile = section({
  kind: z.literal("distribution"),
  ...scenarioKeys,
  column: text().default("Interface damage"),
  quantities: word(["like", "different"]).default("like"),
  levels: list(number(0, 1, { low: true, high: true }), "shares between 0 and 1", 200).default([
    0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95,
  ]),
  over: word(["nothing", "mean"]).default("nothing"),
});

type DistributionFile = z.output<typeof distributionFile>;

/** Draws of the measured particles, for the noise of their quantiles. */
const resamples = 400;

export const distribution: PredictionKind<DistributionFile> = {
  wanted: ({ column }) => ({ value: { dimension: null, unit: unitOf(column) } }),
  predicted: "value",
  checkParameters: checkKeys,
  prepare(file, { parameters, sources, reading, seed }): Prediction | undefined {
    const simulated = simulatedBy(file, parameters, [[]], reading);
    const column = isPlainDamage(file.column) ? "Interface damage" : file.column;
    const unlike = sources.map(({ columns, path }) =>
      unlikeDamage(column, columns.names.value, path, file.quantities, reading),
    );
    const shape = (values: Float64Array) => {
      const found = Float64Array.from(quantiles(values, file.levels));
      return file.over === "mean" ? found.map((quantile) => quantile / mean(values)) : found;
    };
    const x = Float64Array.from(file.levels);
    const series = sources.map(({ name, use, columns, noise }): Series => {
      const values = columns.of.value;
      return { name, use, x, y: shape(values), noise: noise ?? quantileNoise(values, shape, resamples, seed) };
    });
    for (const [k, { path }] of sources.entries())
      if (!series[k].y.every(Number.isFinite))
        note(reading, path, {
          found: "values with a mean of zero",
          allowed: "values that can be divided by their mean",
        });
    if (!simulated || reading.faults.length > 0) return undefined;
    const name = file.over === "mean" ? `${column} over its mean` : column;
    return {
      series,
      shown: { x: { name: "Share of the particles below", scale: 1 }, y: { name, scale: 1 } },
      words: [`quantiles of ${name} at the end of ${file.scenario}`, ...new Set(unlike)]
        .filter((part) => part !== "")
        .join("; "),
      simulations: 1,
      predictor: (tools, use) => {
        const own = series.filter((each) => each.use === use);
        const read = ([folder]: readonly string[]) => {
          const table = readParticleTable(fileBytes(join(folder, runFiles.particles)));
          const found = shape(columnOf(table, column));
          return { values: Float64Array.from(own.flatMap(() => [...found])) };
        };
        return simulatedPredict(simulated, [[]], read, tools);
      },
    };
  },
};

/**
 * Says that the measured damage is another one than the simulated: noted as a fault, or as words where the file accepts it.
 * @returns a clause; empty where both are alike.
 */
function unlikeDamage(
  simulated: string,
  measured: string,
  path: readonly PropertyKey[],
  quantities: DistributionFile["quantities"],
  reading: Reading,
): string {
  const [own, other] = [simulated, measured].map(damageQuantity);
  if (own === undefined || other === undefined || areLike(own, other)) return "";
  const found = `${measured} (${damageMeaning[other]}) beside ${simulated} (${damageMeaning[own]})`;
  if (quantities === "different") return `different quantities: ${found}`;
  note(reading, [...path, "columns", "value"], {
    found,
    allowed:
      "one quantity on both sides, or interface damage beside detachment; quantities: different says that you mean it",
  });
  return "";
}
