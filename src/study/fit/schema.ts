/** The schema of fit files, as people write them. */
import * as z from "zod";
import { count, list, number, section, text, word } from "../../schema/leaf.js";
import { predictionFiles } from "./prediction/prediction.js";

const magnitudeText = 'a number, or a number with its unit as text, such as "5 um"';
const magnitude = z.union([z.number(), text(magnitudeText)], { error: magnitudeText });

const parameter = section({
  from: magnitude,
  to: magnitude,
  start: magnitude.optional(),
  transform: word(["linear", "log", "logit"]).default("linear"),
});

const columnText = "the name of a column with its unit in brackets, or { column, unit }";
const column = z.union(
  [
    text(columnText),
    section({
      column: text(),
      unit: text().optional(),
      reversed: z.boolean({ error: "true or false" }).default(false),
    }),
  ],
  { error: columnText },
);
const range = section({ from: z.number().optional(), to: z.number().optional() });

const source = section({
  file: text("the path of a CSV file, relative to this one; $SYNCHRODE_DATA stands for the folder of measured data"),
  header: list(text(), "names of the columns, for a file without any", 1000).optional(),
  columns: z.record(z.string(), column, { error: "a mapping of what a column holds to the column" }),
  where: z.record(z.string(), range, { error: "a mapping of columns to { from, to }" }).default({}),
  points: count(2, 100_000).optional(),
  use: word(["fit", "predict"]).default("fit"),
  noise: magnitude.optional(),
});

const starts = count(1, 1000).default(1);
const step = number(1e-9, 0.2).default(1e-4);
const leastSquares = {
  starts,
  spread: number(0, 1, { low: true }).default(1),
  step,
  differences: word(["central", "forward"]).default("central"),
  iterations: count(1, 10_000).default(60),
  tolerance: number(0, 0.1).default(1e-9),
  profiles: count(0, 100).default(12),
};

export const method = z.discriminatedUnion("kind", [
  section({ kind: z.literal("levenberg-marquardt"), ...leastSquares }),
  section({ kind: z.literal("trust-region"), ...leastSquares }),
  section({
    kind: z.literal("ensemble"),
    walkers: count(4, 10_000).default(32),
    steps: count(10, 1_000_000).default(500),
    discard: number(0, 0.9).default(0.3),
  }),
  section({
    kind: z.literal("abc"),
    particles: count(10, 100_000).default(60),
    generations: count(1, 100).default(4),
    keep: number(0.05, 0.95).default(0.5),
  }),
]);

export type MethodFile = z.output<typeof method>;
export type SourceFile = z.output<typeof source>;
export type ColumnFile = z.output<typeof column>;
export type ParameterFile = z.output<typeof parameter>;

export const fitFile = section({
  title: text().optional(),
  predict: z.discriminatedUnion("kind", predictionFiles, {
    error: ({ input }) => (input === undefined ? "a mapping that says by its kind what is predicted" : undefined),
  }),
  parameters: z
    .record(z.string(), parameter, { error: "a mapping of parameters to { from, to, start, transform }" })
    .refine((parameters) => Object.keys(parameters).length > 0, { error: "at least one parameter" }),
  data: z
    .record(z.string(), source, { error: "a mapping of names to measured files" })
    .refine((data) => Object.values(data).some(({ use }) => use === "fit"), {
      error: "at least one file to fit to (use: fit)",
    }),
  method: method.prefault({ kind: "trust-region" }),
  seed: count(0, 2 ** 32 - 1).default(1),
});

export type FitFile = z.output<typeof fitFile>;
