import { readFileSync } from "node:fs";
import { type ParticleTable, readParticleTable } from "../../src/table/particle-table.js";
import { measuredFile } from "../../validation/measured-data.js";

/** The measured particles of a real NMC cathode (NREL "NMC 1-CAL"), as published in the data folder; null where absent. */
export const measuredTableFile = measuredFile("nrel_nmc1cal", "particles_skimage_reference.csv");

export const measuredTableIsThere = measuredTableFile !== null;

/** @throws TypeError where the data are absent. */
export function measuredTable(): ParticleTable {
  return readParticleTable(readFileSync(measuredTableFile!, "utf8"));
}
