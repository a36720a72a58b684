import { join } from "node:path";
import { particleParquet } from "../imaging/particle-parquet.js";
import { type ParticleTable, writeParticleTable } from "../network/particle-table.js";
import { writeAtomically } from "../scenario/result/atomic-file.js";

/** Writes the table of particles as CSV and Parquet, and the graph of their contacts. */
export function writeTables(folder: string, particles: ParticleTable, contacts: ParticleTable): void {
  writeAtomically(join(folder, "particles.csv"), writeParticleTable(particles));
  writeAtomically(join(folder, "particles.parquet"), particleParquet(particles));
  writeAtomically(join(folder, "contacts.csv"), writeParticleTable(contacts));
}

/** Writes `summary.json`. */
export function writeSummary(folder: string, summary: object): void {
  writeAtomically(join(folder, "summary.json"), `${JSON.stringify(summary, null, 2)}\n`);
}
