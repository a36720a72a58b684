import { readFileSync } from "node:fs";
import { type UnzipFileInfo, unzipSync } from "fflate";
import { writeAtomically } from "../../result/atomic-file.js";
import { checkClaim } from "./capacity.js";
import { withFile } from "./file.js";
import type { Reading, VolumeFormat } from "./format.js";
import { pagesInMemory } from "./pages.js";
import { Unreadable } from "./unreadable.js";
import { type Picture, type Shape, usualAxes, type VoxelType, voxelType, zeros } from "./volume.js";
import { bytesOf, typeFor, unpack, type Words } from "./voxel-words.js";

/**
 * One array of NumPy (numpy.lib.format, versions 1 to 3): a header in Python's notation before plain numbers.
 * Two axes make a single slice. The file does not say how large a voxel is.
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
  read: async (path, reading) => {
    const bytes = readFileSync(path);
    const content = unzipped(path, bytes, reading);
    return readArray(path, (offset, length) => slice(path, content, offset, length), content.length, reading);
  },
};

function isNpy(head: Uint8Array): boolean {
  return head[0] === 0x93 && String.fromCharCode(...head.subarray(1, 6)) === "NUMPY";
}

function slice(path: string, bytes: Uint8Array, offset: number, length: number): Uint8Array {
  if (offset + length <= bytes.length) return bytes.slice(offset, offset + length);
  throw new Unreadable(path, `the array ends at byte ${bytes.length}; data are due up to ${offset + length}.`);
}

function unzipped(path: string, bytes: Uint8Array, { dataset, capacity }: Reading): Uint8Array {
  const names: string[] = [];
  const wanted = (file: UnzipFileInfo) => {
    names.push(file.name.replace(/\.npy$/, ""));
    if (file.originalSize > capacity)
      throw new Unreadable(path, `the array ${file.name} says ${file.originalSize} bytes.`);
    return dataset === undefined ? names.length === 1 : file.name === dataset || file.name === `${dataset}.npy`;
  };
  let found: Record<string, Uint8Array>;
  try {
    found = unzipSync(bytes, { filter: wanted });
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(path, `its zip cannot be read (${(error as Error).message}).`);
  }
  const content = Object.values(found)[0];
  if (content === undefined || (dataset === undefined && names.length > 1)) {
    throw new Unreadable(path, `found the arrays ${names.join(", ") || "(none)"}; name one with the dataset option.`);
  }
  return content;
}

function readArray(
  path: string,
  bytes: (offset: number, length: number) => Uint8Array,
  size: number,
  reading: Reading,
): Picture {
  const head = bytes(0, Math.min(12, size));
  if (!isNpy(head) || head.length < 12) throw new Unreadable(path, "found no NPY header; it begins with \\x93NUMPY.");
  const view = new DataView(head.buffer, head.byteOffset);
  const [start, length] = head[6] === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  if (length > 65_536) throw new Unreadable(path, `its header says ${length} bytes for itself; 65,536 are allowed.`);
  const { words, fortran, shape } = parseHeader(path, new TextDecoder("latin1").decode(bytes(start, length)));
  const type = typeFor(path, words);
  const stored = size - start - length;
  checkClaim({ path, shape, type, bytesPerVoxel: words.bytes, stored, packed: false, reading });
  const pages = (fortran ? pagesInMemory : (reading.pages ?? pagesInMemory))(shape, type);
  const step = shape[1] * shape[2] * words.bytes;
  for (let z = 0; z < shape[0]; z++) {
    unpack(path, bytes(start + length + z * step, step), words, pages.at(z), 0);
    pages.done(z);
  }
  return {
    data: fortran ? reversedAxes(pages.all, shape) : pages.all,
    shape,
    voxelSize: null,
    axes: usualAxes,
    provenance: [`read from NPY ${path}`],
  };
}

function parseHeader(path: string, text: string): { words: Words; fortran: boolean; shape: Shape } {
  const descr = /'descr'\s*:\s*'([<>|=])([uifb])(\d)'/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text);
  const sizes = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text);
  if (/'descr'\s*:\s*'\|O'/.test(text)) throw new Unreadable(path, pickled);
  if (!descr || !order || !sizes) {
    throw new Unreadable(
      path,
      `found the header ${text.trim().slice(0, 120)}; plain numbers of 8 to 64 bits are allowed.`,
    );
  }
  const kind = descr[2] === "f" ? "float" : descr[2] === "i" ? "signed" : "unsigned";
  const axes = sizes[1]!.split(",").flatMap((word) => (word.trim() === "" ? [] : [Number.parseInt(word, 10)]));
  if (axes.length < 2 || axes.length > 3) {
    throw new Unreadable(path, `found an array with ${axes.length} axes; 3 are allowed, or 2 for a single slice.`);
  }
  const shape: Shape = axes.length === 2 ? [1, axes[0]!, axes[1]!] : [axes[0]!, axes[1]!, axes[2]!];
  return {
    words: { kind, bytes: Number(descr[3]), littleEndian: descr[1] !== ">" },
    fortran: order[1] === "True",
    shape,
  };
}

const pickled =
  "found Python objects, as in Cellpose's _seg.npy, where plain numbers are due; reading such objects can run code. " +
  "Save the labels alone: in Cellpose as TIFF (_cp_masks.tif), or in Python " +
  "numpy.save('masks.npy', numpy.load('name_seg.npy', allow_pickle=True).item()['masks']).";

/** From the first axis running fastest to the last running fastest. */
function reversedAxes(data: ReturnType<typeof zeros>, [nz, ny, nx]: Shape) {
  const to = zeros(voxelType(data), data.length);
  for (let x = 0, from = 0; x < nx; x++) {
    for (let y = 0; y < ny; y++) for (let z = 0; z < nz; z++, from++) to[(z * ny + y) * nx + x] = data[from]!;
  }
  return to;
}

const descriptions: Readonly<Record<VoxelType, string>> = { u8: "|u1", u16: "<u2", i32: "<i4", f32: "<f4" };

function npyBytes(data: Picture["data"], shape: Shape): Uint8Array {
  const text = `{'descr': '${descriptions[voxelType(data)]}', 'fortran_order': False, 'shape': (${shape.join(", ")}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const bytes = new Uint8Array(10 + header.length + data.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(bytesOf(data), 10 + header.length);
  return bytes;
}
