import { basename, join } from "node:path";
import { chosenSlices, outlinedSlice } from "../imaging/outlined-slice.js";
import { particleParquet } from "../imaging/particle-parquet.js";
import type { Volume } from "../imaging/volume/volume.js";
import { type ParticleTable, writeParticleTable } from "../network/particle-table.js";
import { writeAtomically } from "../scenario/result/atomic-file.js";

/** Writes the table of particles as CSV and Parquet, and the graph of their contacts. */
export function writeTables(folder: string, particles: ParticleTable, contacts: ParticleTable): void {
  writeAtomically(join(folder, "particles.csv"), writeParticleTable(particles));
  writeAtomically(join(folder, "particles.parquet"), particleParquet(particles));
  writeAtomically(join(folder, "contacts.csv"), writeParticleTable(contacts));
}

/** Writes `report.html`: slices with outlines, distributions, correlations. */
export async function writeReport(
  folder: string,
  volume: Volume,
  labels: Int32Array,
  particles: ParticleTable,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { particleReport } = await import("../report/particles/particle-report.js");
  const { shape, voxelSize } = volume;
  const pictures = chosenSlices(shape[0]).map((z) => ({
    caption: `z = ${(z * voxelSize[0]).toFixed(1)} µm`,
    png: outlinedSlice(volume, labels, z),
  }));
  const facts = `${particles.rows} particles in ${[...shape].reverse().join(" × ")} voxels of ${[...voxelSize].reverse().join(" × ")} µm`;
  const page = await particleReport({ title: basename(folder), facts, particles, pictures, settings });
  writeAtomically(join(folder, "report.html"), page);
}

/** Writes `summary.json`. */
export function writeSummary(folder: string, summary: object): void {
  writeAtomically(join(folder, "summary.json"), `${JSON.stringify(summary, null, 2)}\n`);
}
