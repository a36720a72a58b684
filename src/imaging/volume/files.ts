import { statSync } from "node:fs";
import { throwPassing } from "../../folder/machine-failure.js";
import { amira } from "./amira.js";
import { usualCapacity } from "./capacity.js";
import { headOf } from "./file.js";
import type { Reading, VolumeFormat } from "./format.js";
import { hdf5 } from "./hdf5.js";
import { npy, npz } from "./npy.js";
import { nrrd } from "./nrrd.js";
import { omeZarr } from "./ome-zarr.js";
import { type PageMaker, type Pages, pagesInMemory } from "./pages.js";
import { png } from "./png.js";
import { raw } from "./raw.js";
import { slices } from "./slices.js";
import { tiff } from "./tiff.js";
import { Unreadable } from "./unreadable.js";
import { type Picture, rescaled, type Shape, type Volume, type VoxelSize, type Voxels } from "./volume.js";

/** All kinds of files, in the order in which they are tried. */
const volumeFormats: readonly VolumeFormat[] = [tiff, npy, npz, nrrd, amira, raw, hdf5, omeZarr, png, slices];

/**
 * Reads a file or folder of any known kind.
 * @throws Unreadable with one clear reason.
 */
export async function readPicture(path: string, reading: Partial<Reading> = {}): Promise<Picture> {
  const folder = isFolder(path);
  const head = folder ? new Uint8Array() : headOf(path);
  if (!folder && head.length === 0) throw new Unreadable(path, "it is empty.");
  const format = volumeFormats.find((each) => each.recognises(path, head, folder));
  if (!format) {
    const known = volumeFormats.map(({ name, looks }) => `${name} (${looks})`).join(", ");
    throw new Unreadable(path, `found no volume of a known kind; allowed: ${known}.`);
  }
  let looked = false;
  const pages: PageMaker = (shape, type) => {
    looked = true;
    const made = (reading.pages ?? pagesInMemory)(shape, type);
    return reading.gaps ? made : finitePages(path, made, shape);
  };
  const picture = await format.read(path, { capacity: usualCapacity, ...reading, pages });
  if (!looked && !reading.gaps) checkFinite(path, picture.data, 0, picture.shape);
  return picture;
}

/** Slices whose numbers are looked at as they come: a place without a number would pass every threshold in silence. */
function finitePages(path: string, pages: Pages, shape: Shape): Pages {
  const done = (z: number) => {
    checkFinite(path, pages.at(z), z, shape);
    pages.done(z);
  };
  return { at: pages.at, done, all: pages.all };
}

/** @throws Unreadable for NaN and infinite numbers; `from` is the slice at which the voxels begin. */
function checkFinite(path: string, data: Voxels, from: number, [, ny, nx]: Shape): void {
  if (!(data instanceof Float32Array)) return;
  const first = data.findIndex((value) => !Number.isFinite(value));
  if (first < 0) return;
  const count = data.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  const place = `${from + Math.floor(first / (ny * nx))}, ${Math.floor(first / nx) % ny}, ${first % nx}`;
  throw new Unreadable(
    path,
    `found ${data[first]} at voxel ${place} (z, y, x from 0)${count > 1 ? ` and ${count - 1} more such voxels` : ""}; finite numbers are allowed. Give them a value: in ImageJ Process > Math > NaN…, in Python numpy.nan_to_num.`,
  );
}

/**
 * Reads a volume. A voxel size that is given counts before the one in the file.
 * @param voxelSize µm, `[z, y, x]`
 * @throws Unreadable also when neither the file nor the caller says how large a voxel is.
 */
export async function readVolume(path: string, voxelSize?: VoxelSize, reading: Partial<Reading> = {}): Promise<Volume> {
  const picture = await readPicture(path, reading);
  if (voxelSize !== undefined) return rescaled(picture, voxelSize);
  if (picture.voxelSize !== null) return { ...picture, voxelSize: picture.voxelSize };
  throw new Unreadable(
    path,
    'found no voxel size in it. Say how large a voxel is: --voxel-size "398 nm", or "400 nm, 398 nm, 398 nm" for z, y, x.',
  );
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throwPassing("Reading", path, error);
    throw new Unreadable(path, `it cannot be opened (${(error as NodeJS.ErrnoException).code ?? "unknown reason"}).`);
  }
}
