/** The part of the schema of scenario files that is for networks. */
import * as z from "zod";
import { count, number, positive, section, share, word } from "../../schema/leaf.js";

export const coverageDistribution = section({
  mean: z.union([share, section({ collector: share, separator: share })], {
    error: "a number from 0 to 1, or a mapping with the keys collector and separator",
  }),
  deviation: number(0, 0.5),
  correlationLength: positive("length").optional(),
  sizeExponent: number(-10, 10).optional(),
  sampling: word(["stratified", "drawn"]).default("stratified"),
  seed: count(0, 4294967296 - 1).optional(),
});

export const networkResolution = section({
  directions: count(4, 10_000).default(48),
  points: count(1, 1000).default(4),
  radial: section({
    first: number(0, 1, { low: true }).default(0.04),
    growth: number(1, 10).default(1.25),
    largest: number(0, 1, { low: true }).default(0.16),
  }).prefault({}),
});
