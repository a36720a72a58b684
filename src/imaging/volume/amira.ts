import { type AmiraArray, amiraHeader } from "./amira-header.js";
import { checkClaim } from "./capacity.js";
import { chosenArray } from "./chosen-array.js";
import { type OpenFile, withFile } from "./file.js";
import type { Reading, VolumeFormat } from "./format.js";
import { inflated } from "./inflate.js";
import { numbersIn } from "./text-numbers.js";
import { guarded, Unreadable } from "./unreadable.js";
import { type Picture, usualAxes, voxelCount, zeros } from "./volume.js";
import { typeFor, unpack } from "./voxel-words.js";

/**
 * AmiraMesh of Amira and Avizo: one array on a uniform lattice, in text or binary, plain, run-length encoded (label
 * fields) or deflated. The voxel size follows from the bounding box, which joins the middles of the outermost voxels,
 * when the header names its unit.
 */
export const amira: VolumeFormat = {
  name: "AmiraMesh",
  looks: "*.am",
  recognises: (path, head, folder) =>
    !folder && (/\.am$/i.test(path) || /^# (AmiraMesh|Avizo)/.test(new TextDecoder("latin1").decode(head))),
  read: (path, reading) =>
    guarded(path, "its AmiraMesh content cannot be read", () => withFile(path, (file) => readAmira(file, reading))),
};

function readAmira(file: OpenFile, reading: Reading): Picture {
  const { path } = file;
  const { shape, voxelSize, encoding, arrays, end } = amiraHeader(file);
  const chosen = chosenOf(path, arrays, reading.dataset);
  const type = typeFor(path, chosen.words);
  const { packing, words } = chosen;
  const text = encoding === "text";
  const stored = packing === null ? file.size - end : Math.min(packing.bytes, file.size - end);
  const bytesPerVoxel = text ? 2 : words.bytes;
  checkClaim({ path, shape, type, bytesPerVoxel, stored, packed: packing !== null, reading });
  const data = zeros(type, voxelCount(shape));
  const start = sectionStart(file, arrays, chosen, end, text, data.length);
  if (text) numbersIn(file, start, data, type, "@");
  else if (packing === null) unpack(path, file.bytes(start, data.length * words.bytes), words, data, 0);
  else unpack(path, unpacked(file, start, packing, data.length * words.bytes), words, data, 0);
  return { data, shape, voxelSize, axes: usualAxes, provenance: [`read from AmiraMesh ${path}, ${chosen.name}`] };
}

function chosenOf(path: string, arrays: readonly AmiraArray[], wanted: string | undefined): AmiraArray {
  const names = arrays.map((array) => array.name);
  const name = chosenArray(path, names, wanted, "array on its lattice");
  return arrays[names.indexOf(name)] as AmiraArray;
}

/** Place of an array's first byte: arrays follow one another, each behind a line with its mark. */
function sectionStart(
  file: OpenFile,
  arrays: readonly AmiraArray[],
  chosen: AmiraArray,
  end: number,
  text: boolean,
  count: number,
): number {
  let at = end;
  for (const array of arrays) {
    const start = behindMark(file, at, array.mark, text && array !== arrays[0]);
    if (array === chosen) return start;
    at = text ? start : start + (array.packing?.bytes ?? count * array.words.bytes);
  }
  return at;
}

/** Numbers in text may fill any number of bytes before the next mark; binary arrays end where they must. */
function behindMark(file: OpenFile, from: number, mark: string, anywhere: boolean): number {
  const room = anywhere ? file.size - from : Math.min(file.size - from, 256);
  const found = new TextDecoder("latin1").decode(file.bytes(from, Math.max(0, room)));
  const match = new RegExp(`(?:^|\\n)${mark}[ \\t]*\\r?\\n`).exec(found);
  if (match) return from + match.index + match[0].length;
  throw new Unreadable(file.path, `found no data behind the mark ${mark}; the file is cut short or damaged.`);
}

function unpacked(file: OpenFile, start: number, packing: NonNullable<AmiraArray["packing"]>, due: number): Uint8Array {
  const bytes = file.bytes(start, packing.bytes);
  return packing.name === "HxByteRLE"
    ? runs(file.path, bytes, due)
    : inflated(file.path, bytes, { packing: "zlib", what: "its HxZip data", due });
}

/** A count below 128 repeats the next byte so often; above, that less 128 bytes follow as they are. */
function runs(path: string, bytes: Uint8Array, due: number): Uint8Array {
  const all = new Uint8Array(due);
  let to = 0;
  for (let at = 0; at < bytes.length && to < due; ) {
    const count = bytes[at] & 127;
    const literal = bytes[at] > 127;
    const taken = literal ? count : 1;
    if (to + count > due || at + taken >= bytes.length)
      throw new Unreadable(path, `its run of ${count} voxels at byte ${at} does not fit; the file is damaged.`);
    if (literal) all.set(bytes.subarray(at + 1, at + 1 + count), to);
    else all.fill(bytes[at + 1], to, to + count);
    to += count;
    at += 1 + taken;
  }
  if (to < due) throw new Unreadable(path, `its runs hold ${to} bytes; ${due} are due.`);
  return all;
}
