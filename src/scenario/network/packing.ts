/** Packings that a file asks for: how particles are arranged is one entry of the table. */
import * as z from "zod";
import { type RadiusDistribution, takeRadii } from "../../network/packing/radius-distribution.js";
import { packAtRandom } from "../../network/packing/random-packing.js";
import { chains, type Start, scattered } from "../../network/packing/start.js";
import type { ValuesOf } from "../../schema/kind.js";
import { count, list, notNegative, number, section, word } from "../../schema/leaf.js";
import type { Packing } from "../../space/packing.js";
import { note, type Reading } from "../reading.js";
import { latticeOf } from "./lattice.js";
import { radii, radiiFrom } from "./radii.js";

const whole = {
  particles: count(1, 100_000),
  dimension: z.union([z.literal(2), z.literal(3)], { error: "2 | 3" }).default(3),
  radius: radii,
  solidFraction: number(0, 1, { low: true, high: true }),
  boundary: word(["walls", "periodic"]).default("periodic"),
  aspect: list(number(0, 1000, { low: true }), "numbers above 0, depth last", 3).optional(),
};

const inside = {
  clearance: notNegative("length").optional(),
  segregation: number(-1, 1).optional(),
  gradient: number(-2, 2, { low: true, high: true }).optional(),
};

/** What a file says of a packing, besides the arrangement. */
export type PackingFile = ValuesOf<typeof whole & typeof inside>;

/** A packing on its way. */
interface Placing {
  readonly file: PackingFile;
  readonly radii: RadiusDistribution;
  readonly seed: number;
  readonly reading: Reading;
}

const arrangements = {
  random: (placing) => packFrom(scattered, placing),
  chains: (placing) => packFrom(chains, placing),
  lattice: ({ file, reading }) => latticeOf(file, reading),
} as const satisfies Readonly<Record<string, (placing: Placing) => Packing | undefined>>;

type Arrangement = keyof typeof arrangements;

/** What a file says of a packing. */
export const packing = section({
  ...whole,
  arrangement: word(Object.keys(arrangements) as [Arrangement, ...Arrangement[]]).default("random"),
  ...inside,
});

const path = ["geometry", "packing"];

/** The packing that a file asks for, from its seed; undefined when it is out of reach or something in it is wrong. */
export function generatedPacking(file: z.output<typeof packing>, seed: number, reading: Reading): Packing | undefined {
  const before = reading.faults.length;
  if (file.aspect && file.aspect.length !== file.dimension)
    note(reading, [...path, "aspect"], { allowed: `${file.dimension} numbers above 0, depth last` });
  const distribution = radiiFrom(file.radius, reading);
  if (!distribution || reading.faults.length > before) return undefined;
  try {
    return arrangements[file.arrangement]({ file, radii: distribution, seed, reading });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    note(reading, path, { found: "what cannot be packed", allowed: error.message });
    return undefined;
  }
}

function packFrom(start: Start, { file, radii: distribution, seed, reading }: Placing): Packing | undefined {
  const { dimension, solidFraction, aspect, clearance, gradient, segregation } = file;
  const result = packAtRandom({
    dimension,
    solidFraction,
    radius: takeRadii(distribution, file.particles, seed),
    periodic: file.boundary === "periodic",
    seed,
    start,
    ...(aspect && { aspect }),
    ...(clearance !== undefined && { clearance }),
    ...(gradient !== undefined && { gradient }),
    ...(segregation !== undefined && { segregation }),
  });
  if (result.ok) return result.packing;
  note(reading, [...path, "solidFraction"], { allowed: `what can be reached. ${result.reason}` });
  return undefined;
}
