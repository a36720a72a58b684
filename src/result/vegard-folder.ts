import { join } from "node:path";
import { clearFolder } from "../folder/clear-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { writeJson } from "../folder/json-file.js";
import { readPicture } from "../imaging/volume/files.js";
import { writeTiff } from "../imaging/volume/tiff-writer.js";
import { type Volume, volume } from "../imaging/volume/volume.js";
import type { ParticleMaps } from "../inference/vegard/particle-maps.js";
import { mapsFile, type VegardRecord } from "../inference/vegard/record.js";
import { vegardFile } from "./result-files.js";
import { resultJson } from "./result-text.js";

/** Where the pages of `maps-N.tif` begin: composition; xx, yy, xy of measured, modelled and residual strain. */
export const mapPages = { composition: 0, measured: 1, model: 4, residual: 7 } as const;

const pageCount = 10;

/** `maps-N.tif`, read: `[page][pixel]`. */
export interface ParticlePages {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
  /** µm */
  readonly pixelSize: number | null;
}

/**
 * In place of an earlier law.
 * @param folder claimed
 * @param maps of each particle
 * @param models of each particle, `[xx, yy, xy][pixel]`
 * @throws MachineFailure
 */
export function writeLaw(
  folder: string,
  record: VegardRecord,
  maps: readonly ParticleMaps[],
  models: readonly Float64Array[],
): void {
  clearFolder(folder, folderKinds.vegard, vegardFile);
  for (const [k, own] of maps.entries())
    writeTiff(join(folder, mapsFile(k)), resultMaps(own, models[k], record.pixelSize));
  writeJson(join(folder, vegardFile), record);
}

function resultMaps(
  { grid, composition, strain, mask }: ParticleMaps,
  model: Float64Array,
  pixelSize: number | null,
): Volume {
  const pixels = composition.length;
  const inside = (k: number) => mask[k % pixels] >= 0.5;
  const data = new Float32Array(pageCount * pixels).fill(Number.NaN);
  for (let k = 0; k < pixels; k++) if (inside(k)) data[mapPages.composition * pixels + k] = composition[k];
  for (let k = 0; k < 3 * pixels; k++) {
    if (!inside(k)) continue;
    data[mapPages.measured * pixels + k] = strain[k];
    data[mapPages.model * pixels + k] = model[k];
    data[mapPages.residual * pixels + k] = strain[k] - model[k];
  }
  const [y, x] = pixelSize === null ? [1, 1] : [(pixelSize * grid.pixel[0]) / grid.pixel[1], pixelSize];
  return volume(data, [pageCount, grid.height, grid.width], [x, y, x]);
}

/** @throws Error, Unreadable when the record or a map is missing or broken; MachineFailure for what passes */
export async function readLaw(folder: string): Promise<{ record: VegardRecord; maps: readonly ParticlePages[] }> {
  const record = resultJson<VegardRecord>(join(folder, vegardFile));
  const maps: ParticlePages[] = [];
  for (const { maps: file, name } of record.particles) {
    const { data, shape } = await readPicture(join(folder, file), { gaps: true });
    maps.push({ name, width: shape[2], height: shape[1], data, pixelSize: record.pixelSize });
  }
  return { record, maps };
}
