import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { checkClaim } from "./capacity.js";
import { type OpenFile, withFile } from "./file.js";
import type { Reading, VolumeFormat } from "./format.js";
import { edge } from "./length-unit.js";
import { Unreadable } from "./unreadable.js";
import { type Picture, type Shape, usualAxes, type VoxelSize, voxelCount, zeros } from "./volume.js";
import { typeFor, unpack, type Words } from "./voxel-words.js";

/**
 * NRRD (teem.sourceforge.net/nrrd/format.html), attached or with its data in a file beside it; raw or gzip.
 * The first size of its header is the fastest axis, x. Spacings count when the header names their unit.
 */
export const nrrd: VolumeFormat = {
  name: "NRRD",
  looks: "*.nrrd, *.nhdr",
  recognises: (path, head, folder) =>
    !folder && (/\.(nrrd|nhdr)$/i.test(path) || new TextDecoder().decode(head.subarray(0, 7)) === "NRRD000"),
  read: (path, reading) => withFile(path, (file) => readNrrd(file, reading)),
};

const kinds: Readonly<Record<string, Omit<Words, "littleEndian">>> = Object.fromEntries(
  (
    [
      ["unsigned", 1, "uchar", "unsigned char", "uint8", "uint8_t"],
      ["signed", 1, "signed char", "int8", "int8_t"],
      ["unsigned", 2, "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"],
      ["signed", 2, "short", "short int", "signed short", "int16", "int16_t"],
      ["unsigned", 4, "uint", "unsigned int", "uint32", "uint32_t"],
      ["signed", 4, "int", "signed int", "int32", "int32_t"],
      ["float", 4, "float"],
      ["float", 8, "double"],
    ] as const
  ).flatMap(([kind, bytes, ...names]) => names.map((name) => [name, { kind, bytes }])),
);

async function readNrrd(file: OpenFile, reading: Reading): Promise<Picture> {
  const { path } = file;
  const { fields, end } = header(file);
  const words = wordsOf(path, fields);
  const shape = shapeOf(path, fields);
  const type = typeFor(path, words);
  const encoding = (fields.get("encoding") ?? "").toLowerCase();
  const packed = encoding === "gzip" || encoding === "gz";
  if (!packed && encoding !== "raw")
    throw new Unreadable(path, `found the encoding ${encoding}; raw and gzip are allowed.`);
  const needed = voxelCount(shape) * words.bytes;
  const take = (data: OpenFile, from: number): Uint8Array => {
    const stored = data.size - from;
    checkClaim({ path, shape, type, bytesPerVoxel: words.bytes, stored, packed, reading });
    return packed ? inflated(path, data.bytes(from, stored), needed) : data.bytes(from, needed);
  };
  const beside = fields.get("data file") ?? fields.get("datafile");
  const bytes =
    beside === undefined ? take(file, end) : await withFile(join(dirname(path), beside), (other) => take(other, 0));
  const data = zeros(type, voxelCount(shape));
  unpack(path, bytes, words, data, 0);
  return { data, shape, voxelSize: sizeOf(fields), axes: usualAxes, provenance: [`read from NRRD ${path}`] };
}

function header(file: OpenFile): { fields: ReadonlyMap<string, string>; end: number } {
  const bytes = file.bytes(0, Math.min(file.size, 65_536));
  const text = new TextDecoder("latin1").decode(bytes);
  if (!text.startsWith("NRRD000")) throw new Unreadable(file.path, "found no NRRD header; it begins with NRRD000.");
  const blank = /\r?\n\r?\n/.exec(text);
  const detached = /^data ?file\s*:/im.test(text);
  if (!blank && !detached) throw new Unreadable(file.path, "its header has no end within 65,536 bytes.");
  const lines = text
    .slice(0, blank?.index ?? text.length)
    .split(/\r?\n/)
    .slice(1);
  const fields = new Map<string, string>();
  for (const line of lines) {
    const match = /^([^#:]+):=?\s*(.*)$/.exec(line);
    if (match) fields.set(match[1]!.trim().toLowerCase(), match[2]!.trim());
  }
  return { fields, end: blank ? blank.index + blank[0].length : text.length };
}

function wordsOf(path: string, fields: ReadonlyMap<string, string>): Words {
  const name = fields.get("type") ?? "";
  const kind = kinds[name];
  if (!kind)
    throw new Unreadable(path, `found the type ${name || "(none)"}; allowed: ${Object.keys(kinds).join(", ")}.`);
  const endian = fields.get("endian");
  if (kind.bytes > 1 && endian !== "little" && endian !== "big") {
    throw new Unreadable(path, `found no byte order for ${name}; endian: little or endian: big is due.`);
  }
  return { ...kind, littleEndian: endian !== "big" };
}

function shapeOf(path: string, fields: ReadonlyMap<string, string>): Shape {
  const sizes = (fields.get("sizes") ?? "").split(/\s+/).map(Number);
  if (sizes.length === 2) return [1, sizes[1]!, sizes[0]!];
  if (sizes.length === 3) return [sizes[2]!, sizes[1]!, sizes[0]!];
  throw new Unreadable(
    path,
    `found the sizes ${fields.get("sizes") ?? "(none)"}; three numbers are due, or two for a slice.`,
  );
}

function sizeOf(fields: ReadonlyMap<string, string>): VoxelSize | null {
  const spacings = spacingsOf(fields);
  const units = [...(fields.get("space units") ?? fields.get("units") ?? "").matchAll(/"([^"]*)"/g)].map((m) => m[1]!);
  const sizes = spacings.map((spacing, axis) => edge(spacing, units[axis] ?? ""));
  if (sizes.length < 2 || sizes.some((size) => size === null)) return null;
  return [sizes[2] ?? sizes[0]!, sizes[1]!, sizes[0]!];
}

function spacingsOf(fields: ReadonlyMap<string, string>): number[] {
  const plain = fields.get("spacings");
  if (plain !== undefined) return plain.split(/\s+/).map(Number);
  const directions = fields.get("space directions") ?? "";
  return [...directions.matchAll(/\(([^)]*)\)/g)].map((match) => Math.hypot(...match[1]!.split(",").map(Number)));
}

function inflated(path: string, bytes: Uint8Array, needed: number): Uint8Array {
  let all: Uint8Array;
  try {
    all = gunzipSync(bytes, { maxOutputLength: needed + 1024 });
  } catch (error) {
    throw new Unreadable(path, `its gzip cannot be read (${(error as Error).message}).`);
  }
  if (all.length < needed) throw new Unreadable(path, `its data hold ${all.length} bytes; ${needed} are due.`);
  return all.slice(0, needed);
}
