import {
  empiricalRadii,
  lognormalRadiiOf,
  normalRadii,
  type RadiusDistribution,
  takeRadii,
} from "../../network/packing/radius-distribution.js";
import { packAtRandom } from "../../network/packing/random-packing.js";
import { chains, scattered } from "../../network/packing/start.js";
import type { Packing } from "../../space/packing.js";
import { note, type Reading } from "../reading.js";
import type { ScenarioFile } from "../schema.js";
import { latticeOf } from "./lattice.js";
import { radiiOf, readParticles } from "./particle-file.js";

export type PackingFile = NonNullable<ScenarioFile["geometry"]["packing"]>;

const path = ["geometry", "packing"];

/** The packing that a file asks for, from its seed; undefined when it is out of reach or something in it is wrong. */
export function generatedPacking(file: PackingFile, seed: number, reading: Reading): Packing | undefined {
  const before = reading.faults.length;
  if (file.aspect && file.aspect.length !== file.dimension)
    note(reading, [...path, "aspect"], { allowed: `${file.dimension} numbers above 0, depth last` });
  const distribution = radiusDistribution(file.radius, reading);
  if (!distribution || reading.faults.length > before) return undefined;
  try {
    if (file.arrangement === "lattice") return latticeOf(file, reading);
    return packRandomly(file, distribution, seed, reading);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    note(reading, path, { found: "what cannot be packed", allowed: error.message });
    return undefined;
  }
}

function packRandomly(file: PackingFile, distribution: RadiusDistribution, seed: number, reading: Reading) {
  const { dimension, solidFraction, aspect, clearance, gradient, segregation } = file;
  const result = packAtRandom({
    dimension,
    solidFraction,
    radius: takeRadii(distribution, file.particles, seed),
    periodic: file.boundary === "periodic",
    seed,
    start: file.arrangement === "chains" ? chains : scattered,
    ...(aspect && { aspect }),
    ...(clearance !== undefined && { clearance }),
    ...(gradient !== undefined && { gradient }),
    ...(segregation !== undefined && { segregation }),
  });
  if (result.ok) return result.packing;
  note(reading, [...path, "solidFraction"], { allowed: `what can be reached. ${result.reason}` });
  return undefined;
}

function radiusDistribution(radius: PackingFile["radius"], reading: Reading): RadiusDistribution | undefined {
  if (typeof radius === "number") return normalRadii(radius, 0);
  const ways = Object.values(radius).filter((way) => way !== undefined);
  if (ways.length !== 1) {
    const found = `${ways.length} of them`;
    note(reading, [...path, "radius"], { found, allowed: "exactly one out of: lognormal, normal, table" });
    return undefined;
  }
  const { lognormal, normal, table } = radius;
  if (lognormal) return lognormalRadiiOf(lognormal.mean, lognormal.deviation);
  if (normal) return normalRadii(normal.mean, normal.deviation);
  const found = readParticles(table!, [...path, "radius", "table"], reading);
  return found && empiricalRadii(radiiOf(found));
}
