import { shown } from "../../scenario/faults.js";
import { mean } from "../../statistics/mean.js";

/** A number with the unit it was written with; "" for a bare number. */
export interface Magnitude {
  readonly number: number;
  readonly unit: string;
}

/** One value of an axis. */
export interface Level {
  /** What the scenario gets. */
  readonly value: unknown;
  /** Its place on the axis of a figure; null for words and mappings. */
  readonly number: number | null;
  readonly unit: string;
  /** How it looks in the table. */
  readonly label: string;
}

export type Measure = "mean" | "range" | "first";

const measures: Readonly<Record<Measure, (values: readonly number[]) => number>> = {
  mean: (values) => mean(values),
  range: (values) => Math.max(...values) - Math.min(...values),
  first: (values) => values[0],
};

/** Reads a number, or a text that begins with one; undefined for anything else. */
export function magnitudeOf(written: unknown): Magnitude | undefined {
  if (typeof written === "number") return { number: written, unit: "" };
  if (typeof written !== "string") return undefined;
  const match = /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*([^\d\s].*?)?\s*$/i.exec(written);
  return match ? { number: Number(match[1]), unit: match[2] ?? "" } : undefined;
}

/** As it is written in a scenario: a bare number, or a text with the unit. */
export function writtenMagnitude({ number, unit }: Magnitude): number | string {
  return unit === "" ? number : `${number} ${unit}`;
}

/** Twelve digits: what is left of rounding in 0.1 + 0.2 is not told from 0.3, and hashes alike. */
export function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

/** The level behind a value as written. */
export function levelOf(value: unknown, measure: Measure): Level {
  const own = magnitudeOf(value);
  if (own) return { value, ...own, label: String(value) };
  const parts = Array.isArray(value) ? value.map(magnitudeOf) : [];
  const [first] = parts;
  const alike = first !== undefined && parts.every((part) => part?.unit === first.unit);
  const number = alike ? rounded(measures[measure](parts.map((part) => part!.number))) : null;
  return { value, number, unit: alike ? first.unit : "", label: labelOf(value) };
}

/** Words stay words, lists are told apart by semicolons, mappings by their kind where they have nothing else. */
function labelOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(labelOf).join("; ");
  if (typeof value !== "object" || value === null) return shown(value);
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0][0] === "kind") return String(entries[0][1]);
  return entries.map(([key, inner]) => `${key} ${labelOf(inner)}`).join(", ");
}
