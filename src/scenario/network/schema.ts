/** The part of the schema of scenario files that is for networks. */
import * as z from "zod";
import { count, list, notNegative, number, positive, quantity, section, share, text, word } from "../../schema/leaf.js";

export const radius = quantity("length", { from: "1 nm", to: "1 mm" });

const spread = section({ mean: radius, deviation: notNegative("length") });
const radii = z.union(
  [
    radius,
    section({
      lognormal: spread.optional(),
      normal: spread.optional(),
      table: text("the path of a particle table").optional(),
    }),
  ],
  { error: 'a length with its unit, such as "5 um", or a mapping with one key out of: lognormal, normal, table' },
);

export const packing = section({
  particles: count(1, 100_000),
  dimension: z.union([z.literal(2), z.literal(3)], { error: "2 | 3" }).default(3),
  radius: radii,
  solidFraction: number(0, 1, { low: true, high: true }),
  boundary: word(["walls", "periodic"]).default("periodic"),
  aspect: list(number(0, 1000, { low: true }), "numbers above 0, depth last", 3).optional(),
  arrangement: word(["random", "chains", "lattice"]).default("random"),
  clearance: notNegative("length").optional(),
  segregation: number(-1, 1).optional(),
  gradient: number(-2, 2, { low: true, high: true }).optional(),
});

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
