import { coverageOf } from "../../network/coverage/coverage.js";
import type { Packing } from "../../space/packing.js";
import { note, type Reading } from "../reading.js";
import type { ScenarioFile } from "../schema.js";

/**
 * Coverage asked for, by particle: its own where the file gives one, else the shared fractions or the distribution.
 * @param own [particle] or absent; entries may be missing.
 * @param packing where the particles are; null where nobody can draw a coverage for them.
 */
export function nominalCoverage(
  file: ScenarioFile,
  own: readonly (number | undefined)[],
  packing: Packing | null,
  reading: Reading,
): readonly number[] {
  const { fractions, distribution } = file.coverage;
  const particles = own.length;
  if (fractions !== undefined && distribution !== undefined)
    note(reading, ["coverage", "distribution"], { found: "fractions beside it", allowed: "one of the two" });
  if (own.every((fraction) => fraction !== undefined) && fractions === undefined) return own as readonly number[];
  if (fractions === undefined && distribution === undefined) {
    const allowed = `a number from 0 to 1, or a list of ${particles} of them${packing ? "; or a distribution beside" : ""}`;
    note(reading, ["coverage", "fractions"], { found: "nothing", allowed });
    return [];
  }
  const shared = fractions === undefined ? drawn(file, packing, reading) : fractions;
  const each = typeof shared === "number" ? new Array<number>(particles).fill(shared) : shared;
  if (each.length !== particles && fractions !== undefined) {
    const allowed = `as many as particles: ${particles}`;
    note(reading, ["coverage", "fractions"], { found: `${each.length} fractions`, allowed });
  }
  return each.map((fraction, index) => own[index] ?? fraction);
}

function drawn(file: ScenarioFile, packing: Packing | null, reading: Reading): readonly number[] {
  const { seed = file.seed, correlationLength, sizeExponent, ...distribution } = file.coverage.distribution!;
  const path = ["coverage", "distribution"];
  if (packing === null) {
    note(reading, path, { allowed: "fractions, when axisymmetric" });
    return [];
  }
  try {
    const optional = {
      ...(correlationLength !== undefined && { correlationLength }),
      ...(sizeExponent !== undefined && { sizeExponent }),
    };
    return [...coverageOf(packing, { ...distribution, ...optional, seed })];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    note(reading, path, { allowed: error.message });
    return [];
  }
}
