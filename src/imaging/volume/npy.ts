import { writeAtomically } from "../../folder/atomic-file.js";
import { inOrder, placedByPlace, stridesOf } from "./axes.js";
import { checkClaim } from "./capacity.js";
import { chosenArray } from "./chosen-array.js";
import { withFile } from "./file.js";
import type { Reading, VolumeFormat } from "./format.js";
import { pagesInMemory } from "./pages.js";
import { Unreadable } from "./unreadable.js";
import { type Picture, type Shape, usualAxes, type VoxelType, voxelCount, voxelType } from "./volume.js";
import { bytesOf, typeFor, unpack, type Words } from "./voxel-words.js";
import { type ZipEntry, zipContent, zipEntries } from "./zip.js";

/**
 * One array of NumPy (numpy.lib.format, versions 1 to 3): a header in Python's notation before plain numbers.
 * Two axes make a single slice, and (rows, columns, 1) too. The file does not say how large a voxel is.
 */
export const npy: VolumeFormat = {
  name: "NPY",
  looks: "*.npy",
  recognises: (path, head, folder) => !folder && (/\.npy$/i.test(path) || isNpy(head)),
  read: (path, reading) =>
    withFile(path, (file) => readArray(path, (offset, length) => file.bytes(offset, length), file.size, reading)),
  write: async (path, { data, shape }) => writeAtomically(path, npyBytes(data, shape)),
};

/** Arrays of NumPy in a zip; the only one, or the one that is asked for. */
export const npz: VolumeFormat = {
  name: "NPZ",
  looks: "*.npz",
  recognises: (path, _, folder) => !folder && /\.npz$/i.test(path),
  read: (path, reading) =>
    withFile(path, (file) => {
      const entries = new Map(zipEntries(file).map((entry) => [entry.name.replace(/\.npy$/, ""), entry]));
      const name = chosenArray(path, [...entries.keys()], reading.dataset?.replace(/\.npy$/, ""), "array");
      const content = zipContent(file, entries.get(name) as ZipEntry, reading.capacity);
      return readArray(path, (offset, length) => slice(path, content, offset, length), content.length, reading);
    }),
};

function isNpy(head: Uint8Array): boolean {
  return head[0] === 0x93 && String.fromCharCode(...head.subarray(1, 6)) === "NUMPY";
}

function slice(path: string, bytes: Uint8Array, offset: number, length: number): Uint8Array {
  if (offset + length <= bytes.length) return bytes.slice(offset, offset + length);
  throw new Unreadable(path, `the array ends at byte ${bytes.length}; data are due up to ${offset + length}.`);
}

function readArray(
  path: string,
  bytes: (offset: number, length: number) => Uint8Array,
  size: number,
  reading: Reading,
): Picture {
  const head = bytes(0, Math.min(12, size));
  if (!isNpy(head) || head.length < 12) throw new Unreadable(path, "found no NPY header; it begins with \\x93NUMPY.");
  if (![1, 2, 3].includes(head[6] as number))
    throw new Unreadable(path, `found version ${head[6]} of its NPY header; 1 to 3 are read.`);
  const view = new DataView(head.buffer, head.byteOffset);
  const [start, length] = head[6] === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  if (length > 65_536) throw new Unreadable(path, `its header says ${length} bytes for itself; 65,536 are allowed.`);
  const { words, fortran, lengths } = parseHeader(path, new TextDecoder("latin1").decode(bytes(start, length)));
  const placed = placedByPlace(path, lengths);
  const { shape } = placed;
  const type = typeFor(path, words);
  const stored = size - start - length;
  checkClaim({ path, shape, type, bytesPerVoxel: words.bytes, stored, packed: false, reading });
  const due = voxelCount(shape) * words.bytes;
  if (stored > due)
    throw new Unreadable(path, `found ${stored - due} bytes behind the ${due} of its array; one array a file is read.`);
  const pages = (fortran ? pagesInMemory : (reading.pages ?? pagesInMemory))(shape, type);
  const step = shape[1] * shape[2] * words.bytes;
  for (let z = 0; z < shape[0]; z++) {
    unpack(path, bytes(start + length + z * step, step), words, pages.at(z), 0);
    pages.done(z);
  }
  return {
    data: fortran ? inOrder(pages.all, placed, stridesOf(lengths, "F")) : pages.all,
    shape,
    voxelSize: null,
    axes: usualAxes,
    provenance: [`read from NPY ${path}${placed.note === null ? "" : `, ${placed.note}`}`],
  };
}

const kinds: Readonly<Record<string, Words["kind"]>> = { u: "unsigned", b: "unsigned", i: "signed", f: "float" };

function parseHeader(path: string, text: string): { words: Words; fortran: boolean; lengths: number[] } {
  const descr = /'descr'\s*:\s*(?:'([^']*)'|(\[.*\]))/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const sizes = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text);
  const rest = [descr, order, sizes].reduce((left, match) => left.replace(match?.[0] ?? "", ""), text);
  if (!descr || !order || !sizes || !/^[\s{},]*$/.test(rest)) {
    throw new Unreadable(
      path,
      `found the header ${text.trim().slice(0, 120)}; descr, fortran_order and shape are due.`,
    );
  }
  const lengths = (sizes[1] as string)
    .split(",")
    .flatMap((word) => (word.trim() === "" ? [] : [Number.parseInt(word, 10)]));
  return { words: wordsOf(path, descr[1], descr[2]), fortran: order[1] === "True", lengths };
}

function wordsOf(path: string, name: string | undefined, record: string | undefined): Words {
  if (name?.startsWith("|O")) throw new Unreadable(path, pickled);
  const [, order, letter, digits] = /^([<>|=])([uifb])(\d+)$/.exec(name ?? "") ?? [];
  const [kind, bytes] = [kinds[letter ?? ""], Number(digits)];
  if (kind !== undefined && (letter !== "b" || bytes === 1) && (order !== "|" || bytes === 1))
    return { kind, bytes, littleEndian: order !== ">" };
  const found = name === undefined ? `records ${record?.slice(0, 80)}` : `values of type ${name.slice(0, 40)}`;
  throw new Unreadable(path, `found ${found}; plain numbers of 8 to 64 bits are allowed.`);
}

const pickled =
  "found Python objects, as in Cellpose's _seg.npy, where plain numbers are due; reading such objects can run code. " +
  "Save the labels alone: in Cellpose as TIFF (_cp_masks.tif), or in Python " +
  "numpy.save('masks.npy', numpy.load('name_seg.npy', allow_pickle=True).item()['masks']).";

const descriptions: Readonly<Record<VoxelType, string>> = { u8: "|u1", u16: "<u2", u32: "<u4", i32: "<i4", f32: "<f4" };

function npyBytes(data: Picture["data"], shape: Shape): Uint8Array {
  const text = `{'descr': '${descriptions[voxelType(data)]}', 'fortran_order': False, 'shape': (${shape.join(", ")}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const bytes = new Uint8Array(10 + header.length + data.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(bytesOf(data), 10 + header.length);
  return bytes;
}
