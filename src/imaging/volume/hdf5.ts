import { statSync } from "node:fs";
import type { Dataset, Group, File as Hdf5File } from "h5wasm/node";
import { checkClaim } from "./capacity.js";
import { headOf } from "./file.js";
import type { Reading, VolumeFormat } from "./format.js";
import { edge } from "./length-unit.js";
import { guarded, Unreadable } from "./unreadable.js";
import { type Picture, type Shape, usualAxes, type VoxelSize, voxelCount, zeros } from "./volume.js";
import { typeFor, voxelsFrom } from "./voxel-words.js";

/**
 * HDF5: the only array with two or three axes, or the one named. The voxel size is read from its attribute
 * `element_size_um` (ilastik, Fiji; z, y, x), or `voxel_size` with `units`.
 */
export const hdf5: VolumeFormat = {
  name: "HDF5",
  looks: "*.h5, *.hdf5, *.nxs",
  recognises: (path, head, folder) =>
    !folder && (/\.(h5|hdf5|hdf|nxs)$/i.test(path) || (head[0] === 0x89 && head[1] === 0x48 && head[2] === 0x44)),
  read: (path, reading) => guarded(path, "its HDF5 content cannot be read", () => readHdf5(path, reading)),
};

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

async function readHdf5(path: string, reading: Reading): Promise<Picture> {
  const head = headOf(path, 8);
  if (signature.some((byte, k) => head[k] !== byte))
    throw new Unreadable(path, "found no HDF5 file by its first 8 bytes.");
  const h5wasm = (await import("h5wasm/node")).default;
  await h5wasm.ready;
  const file = new h5wasm.File(path, "r");
  try {
    return readDataset(path, dataset(path, file, reading.dataset), reading);
  } finally {
    file.close();
  }
}

function dataset(path: string, file: Hdf5File, name: string | undefined): Dataset {
  const found = new Map(datasets(file, "", 0));
  const wanted = name?.replace(/^\//, "");
  if (wanted === undefined && found.size === 1) return [...found.values()][0]!;
  const chosen = found.get(wanted ?? "");
  if (chosen) return chosen;
  const asked = name === undefined ? "" : `no ${name}, but `;
  const names = [...found.keys()].slice(0, 20).join(", ") || "no array with two or three axes";
  throw new Unreadable(path, `found ${asked}${names}; name one with the dataset option.`);
}

function* datasets(group: Group, prefix: string, depth: number): Generator<[string, Dataset]> {
  if (depth > 12) return;
  for (const key of group.keys()) {
    const item = group.get(key) as unknown;
    if (item === null || typeof item !== "object") continue;
    if (isGroup(item)) yield* datasets(item, `${prefix}${key}/`, depth + 1);
    else if (isDataset(item) && [2, 3].includes(item.shape?.length ?? 0)) yield [`${prefix}${key}`, item];
  }
}

const isGroup = (item: object): item is Group => "keys" in item && typeof item.keys === "function";
const isDataset = (item: object): item is Dataset => "dtype" in item && "shape" in item && !isGroup(item);

function readDataset(path: string, set: Dataset, reading: Reading): Picture {
  const axes = set.shape!;
  const shape: Shape = axes.length === 2 ? [1, axes[0]!, axes[1]!] : [axes[0]!, axes[1]!, axes[2]!];
  const { type: kind, size, signed } = set.metadata;
  if (kind !== 0 && kind !== 1)
    throw new Unreadable(path, `found an array of ${String(set.dtype)}; plain numbers are due.`);
  const type = typeFor(path, { kind: kind === 1 ? "float" : signed ? "signed" : "unsigned", bytes: size });
  const packed = true;
  checkClaim({ path, shape, type, bytesPerVoxel: size, stored: statSync(path).size, packed, reading });
  const data = zeros(type, voxelCount(shape));
  const step = Math.max(1, Math.floor(2 ** 24 / (axes.at(-1)! * axes.at(-2)!)));
  const plane = shape[1] * shape[2];
  for (let z = 0; z < shape[0]; z += step) {
    const to = Math.min(z + step, shape[0]);
    const ranges: [number, number][] =
      axes.length === 2
        ? [
            [0, shape[1]],
            [0, shape[2]],
          ]
        : [
            [z, to],
            [0, shape[1]],
            [0, shape[2]],
          ];
    data.set(voxelsFrom(path, set.slice(ranges) as ArrayLike<number>, type), z * plane);
  }
  return { data, shape, voxelSize: sizeOf(set), axes: usualAxes, provenance: [`read from HDF5 ${path}, ${set.path}`] };
}

function sizeOf(set: Dataset): VoxelSize | null {
  const attribute = (name: string): unknown => set.attrs[name]?.value;
  const inMicrometres = attribute("element_size_um");
  const values = inMicrometres ?? attribute("voxel_size");
  const unit = inMicrometres === undefined ? String(attribute("units") ?? "") : "um";
  if (typeof values !== "object" || values === null) return null;
  const edges = Array.from(values as ArrayLike<number>, (value) => edge(Number(value), unit));
  return edges.length === 3 && edges.every((value) => value !== null) ? [edges[0]!, edges[1]!, edges[2]!] : null;
}
