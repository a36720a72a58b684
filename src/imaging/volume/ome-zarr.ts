import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import FileSystemStore from "@zarrita/storage/fs";
import * as zarr from "zarrita";
import { onFile } from "../../folder/machine-failure.js";
import { namesPlane, type PlacedAxes, type PlaneChoice, placedByName, placedByPlace } from "./axes.js";
import { chosenArray } from "./chosen-array.js";
import type { Reading, VolumeFormat } from "./format.js";
import { guarded, Unreadable } from "./unreadable.js";
import { type Picture, usualAxes, type Volume, type VoxelType, voxelType } from "./volume.js";
import { readZarrArray } from "./zarr-array.js";
import { levelSize, type ZarrLevel, zarrLevels } from "./zarr-levels.js";
import { type ZarrArray, zarrNode } from "./zarr-metadata.js";

/**
 * OME-Zarr, versions 0.1 to 0.4 (Zarr 2) and 0.5 (Zarr 3), and plain arrays of Zarr: the finest level or the array
 * asked for, axes by their names, the voxel size from the scales of the level and of all levels. Writes 0.5.
 */
export const omeZarr: VolumeFormat = {
  name: "OME-Zarr",
  looks: "*.zarr (a folder)",
  recognises: (path, _, folder) =>
    folder && [".zattrs", ".zgroup", ".zarray", "zarr.json"].some((name) => existsSync(join(path, name))),
  read: (path, reading) => guarded(path, "its Zarr content cannot be read", () => readZarr(path, reading)),
  write: writeZarr,
};

async function readZarr(path: string, reading: Reading): Promise<Picture> {
  const { array, level } = chosenLevel(path, reading.dataset);
  const placed = placedAxes(path, array, level, reading);
  const data = await readZarrArray(array, placed, reading);
  const voxelSize = level === null ? null : levelSize(path, level, placed);
  const note = placed.note === null ? "" : `, ${placed.note}`;
  return { data, shape: placed.shape, voxelSize, axes: usualAxes, provenance: [`read from OME-Zarr ${path}${note}`] };
}

/** The array that is named, the finest of the multiscale levels, or the only array there is. */
function chosenLevel(path: string, dataset: string | undefined): { array: ZarrArray; level: ZarrLevel | null } {
  const node = zarrNode(path);
  if (node?.kind === "array" && dataset === undefined) return { array: node.array, level: null };
  const levels = node === null ? [] : zarrLevels(path, node.attributes);
  const firsts = [...new Set(levels.filter(({ finest }) => finest).map(({ path }) => path))];
  const names = firsts.length > 0 ? firsts : arraysBelow(path);
  const name = levels.some((level) => level.path === dataset)
    ? (dataset as string)
    : chosenArray(
        path,
        dataset === undefined ? names : [...names, ...arraysBelow(path)],
        dataset,
        "multiscales and no array",
      );
  if (name.split("/").includes("..")) throw new Unreadable(path, `found the array ${name}, which lies outside of it.`);
  const found = zarrNode(join(path, name));
  if (found?.kind !== "array") throw new Unreadable(path, `found no array ${name}, which its multiscales name.`);
  return { array: found.array, level: levels.find((level) => level.path === name) ?? null };
}

/** Names of the arrays in a group and in the groups of it, by their folders. */
function arraysBelow(path: string, prefix = "", depth = 0): string[] {
  if (depth > 4) return [];
  const own = join(path, prefix);
  const entries = onFile("Reading the folder", own, () => readdirSync(own, { withFileTypes: true }));
  const folders = entries.filter((entry) => entry.isDirectory());
  return folders.slice(0, 1000).flatMap(({ name }) => {
    const kind = zarrNode(join(path, prefix, name))?.kind;
    if (kind === "array") return [`${prefix}${name}`];
    return kind === "group" ? arraysBelow(path, `${prefix}${name}/`, depth + 1) : [];
  });
}

/** Axes by the names that the multiscales or the array give them, else by their place. */
function placedAxes(
  path: string,
  { shape, axes }: ZarrArray,
  level: ZarrLevel | null,
  choice: PlaneChoice,
): PlacedAxes {
  const names = level?.axes?.map(({ name }) => name) ?? (axes !== null && namesPlane(axes) ? axes : null);
  if (names !== null && names.length !== shape.length)
    throw new Unreadable(
      path,
      `found ${names.length} named axes (${names.join(", ")}) of an array with ${shape.length}.`,
    );
  if (names !== null)
    return placedByName(
      path,
      names.map((name, k) => ({ name: name ?? "", length: shape[k] as number })),
      choice,
    );
  // Before axes had names, OME-Zarr had five in this order (versions 0.1 and 0.2).
  const old = level !== null && shape.length === 5;
  if (old)
    return placedByName(
      path,
      [..."tczyx"].map((name, k) => ({ name, length: shape[k] as number })),
      choice,
    );
  return placedByPlace(path, shape);
}

const types: Readonly<Record<VoxelType, "uint8" | "uint16" | "uint32" | "int32" | "float32">> = {
  u8: "uint8",
  u16: "uint16",
  u32: "uint32",
  i32: "int32",
  f32: "float32",
};

async function writeZarr(path: string, { data, shape, voxelSize }: Volume): Promise<void> {
  mkdirSync(path, { recursive: true });
  const multiscale = {
    axes: usualAxes.map((name) => ({ name, type: "space", unit: "micrometer" })),
    datasets: [{ path: "0", coordinateTransformations: [{ type: "scale", scale: voxelSize }] }],
  };
  const ome = { version: "0.5", multiscales: [multiscale] };
  writeFileSync(join(path, "zarr.json"), JSON.stringify({ zarr_format: 3, node_type: "group", attributes: { ome } }));
  const array = await zarr.create(zarr.root(new FileSystemStore(path)).resolve("0"), {
    shape: [...shape],
    chunkShape: shape.map((count) => Math.min(count, 128)),
    dtype: types[voxelType(data)],
    dimensionNames: [...usualAxes],
    codecs: [
      { name: "bytes", configuration: { endian: "little" } },
      { name: "zstd", configuration: { level: 3, checksum: false } },
    ],
  });
  const [nz, ny, nx] = shape;
  for (let z = 0; z < nz; z += 128) {
    const to = Math.min(nz, z + 128);
    const part = { data: data.subarray(z * ny * nx, to * ny * nx), shape: [to - z, ny, nx], stride: [ny * nx, nx, 1] };
    await zarr.set(array, [zarr.slice(z, to), null, null], part as never);
  }
}
