/** The schema of sweep files, as people write them. */
import * as z from "zod";
import { count, list, number, section, text, word } from "../../schema/leaf.js";
import { metrics } from "./metric.js";

const magnitudeText = 'a number, or a number with its unit as text, such as "5 um"';
const magnitude = z.union([z.number(), text(magnitudeText)], { error: magnitudeText });
const endText = `${magnitudeText}, or a list of these`;
const end = z.union([z.number(), text(endText), list(magnitude, "numbers or texts with units", 10_000)], {
  error: endText,
});

const distribution = z.discriminatedUnion("kind", [
  section({
    kind: z.literal("normal"),
    mean: magnitude,
    standardDeviation: magnitude,
    from: magnitude.optional(),
    to: magnitude.optional(),
  }),
  section({
    kind: z.literal("lognormal"),
    median: magnitude,
    shape: number(0, 10, { low: true }),
    from: magnitude.optional(),
    to: magnitude.optional(),
  }),
]);

const axis = section({
  name: text().optional(),
  measure: word(["mean", "range", "first"]).optional(),
  values: list(z.unknown(), "values of this key", 10_000).optional(),
  names: list(text(), "names of the values, one each", 10_000).optional(),
  from: end.optional(),
  to: end.optional(),
  scale: word(["linear", "log"]).optional(),
  distribution: distribution.optional(),
  steps: count(2, 10_000).optional(),
});

export type AxisFile = z.output<typeof axis>;
export type DistributionFile = z.output<typeof distribution>;

export const designs = ["grid", "list", "latin-hypercube", "sobol"] as const;
export type Design = (typeof designs)[number];

const metricNames = metrics.map(({ name }) => name) as [string, ...string[]];

const regimes = section({ across: text("the key of an axis"), up: text("the key of another axis") });

export const sweepFile = section({
  title: text().optional(),
  scenario: text("the path of a scenario file, relative to this one"),
  set: z.record(z.string(), z.unknown(), { error: "a mapping of dotted scenario keys to values" }).default({}),
  axes: z
    .record(z.string(), axis, { error: "a mapping of dotted scenario keys to axes" })
    .refine((axes) => Object.keys(axes).length > 0, { error: "at least one axis" }),
  design: word(designs).default("grid"),
  samples: count(1, 100_000).optional(),
  seed: count(0, 2 ** 32 - 1).optional(),
  replicates: count(1, 10_000).default(1),
  metrics: list(word(metricNames), `words out of: ${metricNames.join(", ")}`, 100).optional(),
  regimes: regimes.optional(),
});

export type RegimesFile = z.output<typeof regimes>;
export type SweepFile = z.output<typeof sweepFile>;
