import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ParticleTable, readParticleTable } from "../../src/network/particle-table.js";

const root = process.env.SYNCHRODE_DATA ?? join(import.meta.dirname, "../../../shared/data");
const file = join(root, "nrel_nmc1cal/particles_skimage_reference.csv");

export const measuredTableIsThere = existsSync(file);

/** The measured particles of a real NMC cathode (NREL "NMC 1-CAL"), as published in the data folder. */
export function measuredTable(): ParticleTable {
  return readParticleTable(readFileSync(file, "utf8"));
}
