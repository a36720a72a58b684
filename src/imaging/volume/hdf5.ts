import { statSync } from "node:fs";
import type { Dataset, Group, File as Hdf5File } from "h5wasm/node";
import {
  namesPlane,
  type PlacedAxes,
  placedByName,
  placedByPlace,
  placedStrides,
  putStrided,
  stridesOf,
} from "./axes.js";
import { checkClaim } from "./capacity.js";
import { chosenArray } from "./chosen-array.js";
import { headOf } from "./file.js";
import type { Reading, VolumeFormat } from "./format.js";
import { checkHeaps } from "./hdf5-heaps.js";
import { type Hdf5Library, hdf5Block, hdf5Library, heard } from "./hdf5-library.js";
import { checkHdf5Filters, hdf5Words } from "./hdf5-type.js";
import { edge } from "./length-unit.js";
import { guarded, Unreadable } from "./unreadable.js";
import { type Picture, type Shape, usualAxes, type VoxelSize, type Voxels, voxelCount, zeros } from "./volume.js";
import { typeFor, unpack, type Words } from "./voxel-words.js";

/**
 * HDF5: the only array with two or more axes, or the one named. Its axes count by their names (dimension labels, the
 * `axistags` of vigra and ilastik), else by place. The voxel size is read from its attribute `element_size_um`
 * (ilastik, Fiji; z, y, x), or `voxel_size` with `units`.
 */
export const hdf5: VolumeFormat = {
  name: "HDF5",
  looks: "*.h5, *.hdf5, *.nxs",
  recognises: (path, head, folder) =>
    !folder && (/\.(h5|hdf5|hdf|nxs)$/i.test(path) || (head[0] === 0x89 && head[1] === 0x48 && head[2] === 0x44)),
  read: (path, reading) => guarded(path, "its HDF5 content cannot be read", () => readHdf5(path, reading)),
};

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Groups and arrays that are looked through at most; links may lead in a circle. */
const mostEntries = 10_000;

/** Chunks of more bytes than this are no larger than the array. */
const largestChunk = 2 ** 27;

/** Longest attribute that is looked at, bytes. */
const longestAttribute = 65_536;

async function readHdf5(path: string, reading: Reading): Promise<Picture> {
  const head = headOf(path, 8);
  if (signature.some((byte, k) => head[k] !== byte))
    throw new Unreadable(path, "found no HDF5 file by its first 8 bytes.");
  await checkHeaps(path);
  const library = await hdf5Library();
  const sound = <T>(work: () => T): T => {
    const { value, complaint } = heard(library, work);
    if (complaint === null) return value;
    throw new Unreadable(path, `its HDF5 content cannot be read (${complaint}); the file is damaged or cut short.`);
  };
  const file = sound(() => new library.h5wasm.File(path, "r"));
  try {
    const found = heard(library, () => new Map(datasets(path, file))).value;
    const set = chosenDataset(path, found, reading.dataset);
    const layout = sound(() => layoutOf(path, library, set, reading));
    const data = voxelsOf(path, library, layout, reading);
    const { placed, voxelSize } = layout;
    const note = placed.note === null ? "" : `, ${placed.note}`;
    const provenance = [`read from HDF5 ${path}, ${set.path}${note}`];
    return { data, shape: placed.shape, voxelSize, axes: usualAxes, provenance };
  } finally {
    heard(library, () => file.close());
  }
}

/** Of several arrays those count that hold numbers, unless one is asked for by name. */
function chosenDataset(path: string, found: ReadonlyMap<string, Dataset>, wanted: string | undefined): Dataset {
  const numbers = [...found].flatMap(([name, { metadata }]) => ([0, 1, 8].includes(metadata.type) ? [name] : []));
  const names = wanted === undefined && numbers.length > 0 ? numbers : [...found.keys()];
  return found.get(chosenArray(path, names, wanted, "array with two or more axes")) as Dataset;
}

function* datasets(path: string, file: Hdf5File): Generator<[string, Dataset]> {
  const groups: [string, Group][] = [["", file]];
  let looked = 0;
  for (let next = groups.shift(); next !== undefined; next = groups.shift()) {
    const [prefix, group] = next;
    for (const key of group.keys()) {
      if (++looked > mostEntries) throw new Unreadable(path, `found more than ${mostEntries} groups and arrays in it.`);
      const item = group.get(key) as unknown;
      if (item === null || typeof item !== "object") continue;
      if (isGroup(item) && prefix.split("/").length <= 12) groups.push([`${prefix}${key}/`, item]);
      else if (isDataset(item) && (item.shape?.length ?? 0) >= 2) yield [`${prefix}${key}`, item];
    }
  }
}

const isGroup = (item: object): item is Group => "keys" in item && typeof item.keys === "function";
const isDataset = (item: object): item is Dataset => "dtype" in item && "shape" in item && !isGroup(item);

interface Hdf5Layout {
  readonly set: Dataset;
  readonly lengths: readonly number[];
  readonly words: Words;
  readonly placed: PlacedAxes;
  readonly voxelSize: VoxelSize | null;
}

function layoutOf(path: string, { module }: Hdf5Library, set: Dataset, reading: Reading): Hdf5Layout {
  const { metadata } = set;
  const words = hdf5Words(path, set.path, metadata);
  checkHdf5Filters(path, set.path, set.filters);
  if ((metadata.virtual_sources ?? []).length > 0)
    throw new Unreadable(
      path,
      `${set.path} is a view of arrays in other files; open these, or copy it into one array.`,
    );
  const lengths = metadata.shape as number[];
  const bytes = (all: readonly number[]) => all.reduce((product, length) => product * length, metadata.size);
  if (bytes(metadata.chunks ?? []) > Math.max(largestChunk, bytes(lengths)))
    throw new Unreadable(
      path,
      `found chunks of ${metadata.chunks?.join(" × ")} in an array of ${lengths.join(" × ")}.`,
    );
  const names = axisTags(set) ?? module.get_dimension_labels(set.file_id, set.path);
  const placed = namesPlane(names)
    ? placedByName(
        path,
        lengths.map((length, k) => ({ name: names[k] ?? "without a name", length })),
        reading,
      )
    : placedByPlace(path, lengths);
  return { set, lengths, words, placed, voxelSize: sizeOf(set) };
}

/** Names of the axes as vigra and ilastik write them, slowest first; null where there are none. */
function axisTags(set: Dataset): (string | null)[] | null {
  const text = attributeOf(set, "axistags");
  if (typeof text !== "string") return null;
  try {
    const { axes } = JSON.parse(text) as { axes: readonly { key: string }[] };
    return axes.map(({ key }) => String(key));
  } catch {
    return null;
  }
}

/** Reads slabs along the slowest axis of the picture, whole chunks at a time. */
function voxelsOf(path: string, library: Hdf5Library, layout: Hdf5Layout, reading: Reading): Voxels {
  const { set, lengths, words, placed } = layout;
  const type = typeFor(path, words);
  const { size: stored } = statSync(path);
  checkClaim({ path, shape: placed.shape, type, bytesPerVoxel: words.bytes, stored, packed: true, reading });
  const data = zeros(type, voxelCount(placed.shape));
  const slowest = Math.min(...placed.places.filter((place) => place !== null));
  const along = placed.places.indexOf(slowest);
  const whole = placed.shape[along] as number;
  const step = slabOf(voxelCount(placed.shape) / whole, set.metadata.chunks?.[slowest] ?? 1);
  for (let from = 0; from < whole; from += step) {
    const to = Math.min(whole, from + step);
    const ranges = lengths.map((length, axis): [number, number] => {
      if (axis === slowest) return [from, to];
      const index = placed.at[axis] as number;
      return placed.places.includes(axis) ? [0, length] : [index, index + 1];
    });
    const bytes = hdf5Block(path, library, set, ranges);
    const part = zeros(type, bytes.length / words.bytes);
    unpack(path, bytes, words, part, 0);
    const strides = placedStrides(placed, stridesOf(ranges.map(([first, end]) => end - first)));
    const box = placed.shape.map((length, axis) => (axis === along ? to - from : length)) as unknown as Shape;
    const origin = placed.shape.map((_, axis) => (axis === along ? from : 0)) as unknown as Shape;
    putStrided({ data: part, start: 0, strides, from: origin, shape: box }, data, placed.shape);
  }
  return data;
}

/** Layers read at once: some 16 million voxels, of whole chunks where these are not larger. */
function slabOf(layer: number, chunk: number): number {
  const usual = Math.max(1, Math.floor(2 ** 24 / layer));
  return usual > chunk ? usual - (usual % chunk) : layer * chunk <= 2 ** 25 ? chunk : usual;
}

/** An attribute of a few numbers or of text; longer ones are not looked at. */
function attributeOf(set: Dataset, name: string): unknown {
  const attribute = set.attrs[name];
  if (attribute === undefined) return undefined;
  const bytes = (attribute.shape ?? []).reduce((all, length) => all * length, attribute.metadata.size);
  return bytes > longestAttribute ? undefined : attribute.value;
}

function sizeOf(set: Dataset): VoxelSize | null {
  const inMicrometres = attributeOf(set, "element_size_um");
  const values = inMicrometres ?? attributeOf(set, "voxel_size");
  const unit = inMicrometres === undefined ? String(attributeOf(set, "units") ?? "") : "um";
  if (typeof values !== "object" || values === null) return null;
  const [dz, dy, dx, ...more] = Array.from(values as ArrayLike<number>, (value) => edge(Number(value), unit));
  if (dz == null || dy == null || dx == null || more.length > 0) return null;
  return [dz, dy, dx];
}
