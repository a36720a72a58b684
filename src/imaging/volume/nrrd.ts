import { dirname, resolve } from "node:path";
import { inOrder, stridesOf } from "./axes.js";
import { checkClaim } from "./capacity.js";
import { type OpenFile, withFile } from "./file.js";
import type { Reading, VolumeFormat } from "./format.js";
import { refusedField } from "./header-fields.js";
import { inflated } from "./inflate.js";
import { nrrdAxes } from "./nrrd-axes.js";
import { type NrrdFields, nrrdHeader, wholeNumber } from "./nrrd-header.js";
import { numbersIn } from "./text-numbers.js";
import { Unreadable } from "./unreadable.js";
import { type Picture, type Shape, usualAxes, zeros } from "./volume.js";
import { typeFor, unpack, type Words } from "./voxel-words.js";

/**
 * NRRD (teem.sourceforge.net/nrrd/format.html), attached or with its data in a file beside it; raw, gzip or text.
 * The first size of its header is the fastest axis, x, unless its kinds or labels say otherwise. Spacings and
 * directions at right angles count when the header names their unit.
 */
export const nrrd: VolumeFormat = {
  name: "NRRD",
  looks: "*.nrrd, *.nhdr",
  recognises: (path, head, folder) =>
    !folder && (/\.(nrrd|nhdr)$/i.test(path) || new TextDecoder().decode(head.subarray(0, 7)) === "NRRD000"),
  read: (path, reading) => withFile(path, (file) => readNrrd(file, reading)),
};

const kinds: ReadonlyMap<string, Omit<Words, "littleEndian">> = new Map(
  (
    [
      ["unsigned", 1, "uchar", "unsigned char", "uint8", "uint8_t"],
      ["signed", 1, "signed char", "int8", "int8_t"],
      ["unsigned", 2, "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"],
      ["signed", 2, "short", "short int", "signed short", "signed short int", "int16", "int16_t"],
      ["unsigned", 4, "uint", "unsigned int", "uint32", "uint32_t"],
      ["signed", 4, "int", "signed int", "int32", "int32_t"],
      [
        "signed",
        8,
        "longlong",
        "long long",
        "long long int",
        "signed long long",
        "signed long long int",
        "int64",
        "int64_t",
      ],
      ["unsigned", 8, "ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"],
      ["float", 4, "float"],
      ["float", 8, "double"],
    ] as const
  ).flatMap(([kind, bytes, ...names]) => names.map((name) => [name, { kind, bytes }] as const)),
);

const encodings: ReadonlyMap<string, "raw" | "gzip" | "text"> = new Map([
  ["raw", "raw"],
  ["gzip", "gzip"],
  ["gz", "gzip"],
  ["text", "text"],
  ["txt", "text"],
  ["ascii", "text"],
]);

async function readNrrd(file: OpenFile, reading: Reading): Promise<Picture> {
  const { path } = file;
  const { fields, end } = nrrdHeader(file);
  const text = fields.get("encoding") ?? "(none)";
  const encoding = encodings.get(text.toLowerCase());
  if (encoding === undefined) return refusedField(path, "encoding", text, "raw, gzip and text");
  const words = wordsOf(path, fields, encoding === "text");
  const type = typeFor(path, words);
  const { lengths, placed, voxelSize } = nrrdAxes(path, fields, reading);
  const count = lengths.reduce((all, length) => all * length, 1);
  const take = (source: OpenFile, from: number): Picture["data"] => {
    const start = from + skippedLines(source, from, wholeNumber(path, fields, "line skip", 0, 0));
    const stored = source.size - start;
    const all: Shape = [1, 1, count];
    const inText = encoding === "text";
    const claim = { path, type, stored: inText ? stored + 1 : stored, packed: encoding === "gzip" };
    checkClaim({
      ...claim,
      shape: all,
      bytesPerVoxel: inText ? 2 : words.bytes,
      reading: { capacity: reading.capacity },
    });
    checkClaim({ ...claim, shape: placed.shape, bytesPerVoxel: inText ? 2 : words.bytes, reading });
    const data = zeros(type, count);
    const skip = wholeNumber(path, fields, "byte skip", 0, encoding === "raw" ? -1 : 0);
    const due = count * words.bytes;
    if (inText) numbersIn(source, start + skip, data, type);
    else if (encoding === "raw") unpack(path, rawBytes(source, start, skip, due), words, data, 0);
    else {
      const packed = { packing: "gzip", what: "its gzip", due: due + skip } as const;
      unpack(path, inflated(path, source.bytes(start, stored), packed).subarray(skip), words, data, 0);
    }
    return data;
  };
  const beside = fields.get("data file");
  const stored =
    beside === undefined ? take(file, end) : await withFile(resolve(dirname(path), beside), (other) => take(other, 0));
  const data = inOrder(stored, placed, stridesOf(lengths));
  const note = placed.note === null ? "" : `, ${placed.note}`;
  return { data, shape: placed.shape, voxelSize, axes: usualAxes, provenance: [`read from NRRD ${path}${note}`] };
}

/** Bytes of the lines before the data. */
function skippedLines(file: OpenFile, from: number, lines: number): number {
  if (lines === 0) return 0;
  const bytes = file.bytes(from, Math.min(file.size - from, 2 ** 24));
  let at = 0;
  for (let k = 0; k < lines; k++) {
    at = bytes.indexOf(10, at) + 1;
    if (at === 0) throw new Unreadable(file.path, `found ${k} of the ${lines} lines that its header skips.`);
  }
  return at;
}

/** Plain numbers behind the bytes that are skipped; those at the end of the file for −1. */
function rawBytes(file: OpenFile, start: number, skip: number, due: number): Uint8Array {
  const from = skip === -1 ? file.size - due : start + skip;
  const left = file.size - from - due;
  if (left === 0 && from >= start) return file.bytes(from, due);
  const found = left < 0 ? `${file.size - from} bytes of data` : `${left} bytes more than the data`;
  throw new Unreadable(
    file.path,
    `found ${found}; ${due} are due. Where bytes stand before them, say so in the header: byte skip: -1.`,
  );
}

function wordsOf(path: string, fields: NrrdFields, text: boolean): Words {
  const name = fields.get("type") ?? "(none)";
  const kind = kinds.get(name.toLowerCase());
  if (kind === undefined)
    throw new Unreadable(path, `found the type ${name}; allowed: ${[...kinds.keys()].join(", ")}.`);
  const endian = fields.get("endian")?.toLowerCase();
  if (endian !== undefined && endian !== "little" && endian !== "big")
    refusedField(path, "endian", endian, "little and big");
  if (kind.bytes > 1 && endian === undefined && !text)
    throw new Unreadable(path, `found no byte order for ${name}; endian: little or endian: big is due.`);
  return { ...kind, littleEndian: endian !== "big" };
}
