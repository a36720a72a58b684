/** How the radii of packed particles are given: one length, or a distribution. A distribution is one entry of the table. */
import * as z from "zod";
import {
  empiricalRadii,
  lognormalRadiiOf,
  normalRadii,
  type RadiusDistribution,
} from "../../network/packing/radius-distribution.js";
import { means, notNegative, quantity, section, text } from "../../schema/leaf.js";
import { note, type Reading } from "../reading.js";
import { radiiOf, readParticles } from "./particle-file.js";

/** A particle's radius. */
export const radius = quantity("length", { from: "1 nm", to: "1 mm" });

const path = ["geometry", "packing", "radius"];

const spread = section({
  mean: means("mean radius", radius),
  deviation: means("standard deviation of the radius", notNegative("length")),
});

type Spread = z.output<typeof spread>;

const distributions = {
  lognormal: {
    words: "radii with a lognormal distribution",
    said: spread,
    radii: ({ mean, deviation }: Spread) => lognormalRadiiOf(mean, deviation),
  },
  normal: {
    words: "radii with a normal distribution",
    said: spread,
    radii: ({ mean, deviation }: Spread) => normalRadii(mean, deviation),
  },
  table: {
    words: "particle table whose radii are drawn from",
    said: text("the path of a particle table"),
    radii: (written: string, reading: Reading) => {
      const found = readParticles(written, [...path, "table"], reading);
      return found && empiricalRadii(radiiOf(found));
    },
  },
} as const;

type Distributions = typeof distributions;

const keys = Object.fromEntries(
  Object.entries(distributions).map(([key, { words, said }]) => [key, means(words, said.optional())]),
) as unknown as { [Key in keyof Distributions]: z.ZodOptional<Distributions[Key]["said"]> };

const names = Object.keys(distributions).join(", ");

/** What a file says of the radii. */
export const radii = z.union([radius, section(keys)], {
  error: `a length with its unit, such as "5 um", or a mapping with one key out of: ${names}`,
});

/** The distribution that a file asks for; undefined, and noted, where it asks for none or several, or cannot be read. */
export function radiiFrom(said: z.output<typeof radii>, reading: Reading): RadiusDistribution | undefined {
  if (typeof said === "number") return normalRadii(said, 0);
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  const [first, ...others] = given;
  if (first && others.length === 0) {
    const { radii }: Opened = distributions[first[0] as keyof Distributions] as Opened;
    return radii(first[1], reading);
  }
  note(reading, path, { found: `${given.length} of them`, allowed: `exactly one out of: ${names}` });
  return undefined;
}

/** A distribution whose types are looked after by the table. */
interface Opened {
  radii(said: unknown, reading: Reading): RadiusDistribution | undefined;
}
