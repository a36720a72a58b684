import { join } from "node:path";
import { throwPassing } from "../../folder/machine-failure.js";
import { fileBytes } from "../../folder/read-file.js";
import { type TruthErrors, truthErrors } from "../../imaging/phantom/truth-errors.js";
import { readPicture } from "../../imaging/volume/files.js";
import type { Shape, Voxels } from "../../imaging/volume/volume.js";
import { phantomFiles } from "../../result/result-files.js";
import { type ParticleTable, readParticleTable } from "../../table/particle-table.js";
import { asInput, InputRefused } from "../input-refused.js";

/** The truth of a phantom, read from its folder. */
export interface Truth {
  /** `[z][y][x]` */
  readonly labels: Voxels;
  readonly table: ParticleTable;
}

/** @throws InputRefused when the folder holds no phantom, or one of other voxels */
export async function truthOf(folder: string, shape: Shape): Promise<Truth> {
  const file = join(folder, phantomFiles.truth);
  const refuse = (found: string) =>
    new InputRefused(`--truth: ${found}; allowed: a folder that synchrode phantom has written, of the same voxels.`);
  let bytes: Uint8Array;
  try {
    bytes = fileBytes(file);
  } catch (error) {
    throwPassing("Reading", file, error);
    throw refuse(`found no ${file}`);
  }
  const labels = await asInput(() => readPicture(join(folder, phantomFiles.labels)));
  if (labels.shape.some((count, axis) => count !== shape[axis]))
    throw refuse(`found ${labels.shape.join(" × ")} voxels`);
  return { labels: labels.data, table: readParticleTable(bytes) };
}

/** How far measured particles are from it. */
export function phantomErrors(truth: Truth, labels: Int32Array, table: ParticleTable): TruthErrors {
  return truthErrors(truth, { labels, table });
}
