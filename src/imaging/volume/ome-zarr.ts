import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import FileSystemStore from "@zarrita/storage/fs";
import * as zarr from "zarrita";
import { checkClaim } from "./capacity.js";
import type { Reading, VolumeFormat } from "./format.js";
import { edge } from "./length-unit.js";
import { guarded, Unreadable } from "./unreadable.js";
import {
  type Picture,
  type Shape,
  usualAxes,
  type Volume,
  type VoxelSize,
  type VoxelType,
  voxelType,
} from "./volume.js";
import { typeFor, voxelsFrom, type Words } from "./voxel-words.js";

/** OME-Zarr, versions 0.4 (Zarr 2) and 0.5 (Zarr 3): the finest level; axes named z, y, x with their unit. Writes 0.5. */
export const omeZarr: VolumeFormat = {
  name: "OME-Zarr",
  looks: "*.zarr (a folder)",
  recognises: (path, _, folder) =>
    folder && [".zattrs", ".zgroup", ".zarray", "zarr.json"].some((name) => existsSync(join(path, name))),
  read: (path, reading) => guarded(path, "its Zarr content cannot be read", () => readZarr(path, reading)),
  write: writeZarr,
};

interface Axis {
  readonly name: string;
  readonly unit?: string;
}

interface Multiscale {
  readonly axes?: readonly (Axis | string)[];
  readonly datasets?: readonly {
    readonly path: string;
    readonly coordinateTransformations?: readonly { readonly type: string; readonly scale?: readonly number[] }[];
  }[];
}

const words: Readonly<Record<string, Omit<Words, "littleEndian">>> = {
  bool: { kind: "unsigned", bytes: 1 },
  ...Object.fromEntries([8, 16, 32, 64].map((bits) => [`uint${bits}`, { kind: "unsigned", bytes: bits / 8 } as const])),
  ...Object.fromEntries([8, 16, 32, 64].map((bits) => [`int${bits}`, { kind: "signed", bytes: bits / 8 } as const])),
  float32: { kind: "float", bytes: 4 },
  float64: { kind: "float", bytes: 8 },
};

async function readZarr(path: string, { dataset, ...reading }: Reading): Promise<Picture> {
  const root = zarr.root(new FileSystemStore(path));
  const node = await zarr.open(root);
  const { multiscales } = (node.attrs.ome ?? node.attrs) as { multiscales?: readonly Multiscale[] };
  const level = multiscales?.[0]?.datasets?.[0];
  const name = dataset ?? level?.path;
  if (node.kind === "group" && name === undefined)
    throw new Unreadable(path, "found no multiscales in its attributes.");
  const array = node.kind === "array" ? node : await zarr.open(root.resolve(name!), { kind: "array" });
  const kind = words[array.dtype];
  if (!kind)
    throw new Unreadable(path, `found numbers of type ${array.dtype}; allowed: ${Object.keys(words).join(", ")}.`);
  const type = typeFor(path, kind);
  const { shape, lead } = spatial(path, array.shape);
  // Chunks that are missing read as one value, so what is stored says nothing about what is due.
  checkClaim({ path, shape, type, stored: Infinity, packed: false, reading });
  const { capacity } = reading;
  checkClaim({ path, shape: chunk(array.chunks), type, stored: Infinity, packed: false, reading: { capacity } });
  const read = await zarr.get(array, [
    ...lead.map(() => 0),
    ...shape.slice(3 - (array.shape.length - lead.length)).map(() => null),
  ]);
  const data = voxelsFrom(path, read.data as ArrayLike<number>, type);
  const voxelSize = level === undefined ? null : sizeOf(multiscales![0]!, level.coordinateTransformations, shape[0]);
  return { data, shape, voxelSize, axes: usualAxes, provenance: [`read from OME-Zarr ${path}`] };
}

function chunk(chunks: readonly number[]): Shape {
  const [x = 1, y = 1, ...rest] = [...chunks].reverse();
  return [rest.reduce((product, count) => product * count, 1), y, x];
}

/** The last three axes; those before (time, channel) hold one picture. */
function spatial(path: string, axes: readonly number[]): { shape: Shape; lead: readonly number[] } {
  if (axes.length < 2) throw new Unreadable(path, `found ${axes.length} axes; three are due, or two for a slice.`);
  const lead = axes.slice(0, -3);
  if (lead.some((count) => count !== 1)) {
    throw new Unreadable(path, `found an array of ${axes.join(" × ")}; one channel and one time are allowed.`);
  }
  const [x, y, z = 1] = [...axes].reverse();
  return { shape: [z, y!, x!], lead };
}

function sizeOf(
  { axes = [] }: Multiscale,
  transformations: readonly { readonly type: string; readonly scale?: readonly number[] }[] | undefined,
  slices: number,
): VoxelSize | null {
  const scale = transformations?.find(({ type }) => type === "scale")?.scale;
  if (scale === undefined) return null;
  const along = (name: string) => {
    const at = axes.findIndex((axis) => (typeof axis === "string" ? axis : axis.name) === name);
    const axis = axes[at];
    return at < 0 || typeof axis === "string" ? null : edge(scale[at]!, axis?.unit ?? "");
  };
  const [z, y, x] = [along("z"), along("y"), along("x")];
  if (x === null || y === null) return null;
  return z === null ? (slices === 1 ? [x, y, x] : null) : [z, y, x];
}

const types: Readonly<Record<VoxelType, "uint8" | "uint16" | "int32" | "float32">> = {
  u8: "uint8",
  u16: "uint16",
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
