import { deviation, mean } from "../../statistics/mean.js";
import { quantile } from "../../statistics/quantile.js";
import { columnOf, type ParticleTable } from "../../table/particle-table.js";
import { bootstrapIntervals, singleRows } from "../compare/bootstrap.js";

/** How one attribute is spread over the particles. */
export interface AttributeSummary {
  /** With its unit in brackets. */
  readonly name: string;
  /** Particles for which it is known. */
  readonly particles: number;
  readonly mean: number;
  /** 95 % of the mean: particles drawn with replacement. */
  readonly interval: readonly [number, number];
  readonly deviation: number;
  /** At 5, 25, 50, 75 and 95 %. */
  readonly quantiles: readonly number[];
}

/** Columns that say something: known for at least three particles, and not all alike. */
export function tellingColumns(table: ParticleTable): string[] {
  const dull = new Set(["Particle", "Label", "Touches edge"]);
  return table.names.filter((name) => {
    const values = columnOf(table, name).filter(Number.isFinite);
    return !dull.has(name) && values.length >= 3 && values.some((value) => value !== values[0]);
  });
}

/** Every telling column of a table. */
export function attributeSummaries(table: ParticleTable, resamples: number, seed: number): AttributeSummary[] {
  const names = tellingColumns(table);
  const columns = names.map((name) => columnOf(table, name));
  const means = (rows: readonly number[]) => columns.map((values) => knownMean(values, rows));
  const intervals = bootstrapIntervals([singleRows(table.rows)], (rows) => means(rows), resamples, seed);
  return names.map((name, k) => {
    const known = columns[k].filter(Number.isFinite);
    return {
      name,
      particles: known.length,
      mean: mean(known),
      interval: [intervals[k].low, intervals[k].high] as const,
      deviation: deviation(known),
      quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map((share) => quantile(known, share)),
    };
  });
}

function knownMean(values: Float64Array, rows: readonly number[]): number {
  let [sum, count] = [0, 0];
  for (const row of rows) {
    const value = values[row];
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}
