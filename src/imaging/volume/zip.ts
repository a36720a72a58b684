import { crc32 } from "./crc32.js";
import type { OpenFile } from "./file.js";
import { inflated } from "./inflate.js";
import { Unreadable } from "./unreadable.js";

/** A file in a zip. */
export interface ZipEntry {
  readonly name: string;
  /** 0 for plain bytes, 8 for deflated ones. */
  readonly method: number;
  readonly flags: number;
  readonly crc: number;
  /** Bytes in the zip, and once unpacked. */
  readonly packed: number;
  readonly size: number;
  /** First byte of its local header. */
  readonly at: number;
}

const largest = 0xffffffff;

/**
 * The directory of a zip (PKWARE's APPNOTE 6.3.10, 4.3), with 64-bit sizes.
 * @throws Unreadable
 */
export function zipEntries(file: OpenFile): ZipEntry[] {
  const { at, length, count } = directoryOf(file);
  const bytes = file.bytes(at, length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: ZipEntry[] = [];
  let from = 0;
  for (let k = 0; k < count; k++) {
    if (from + 46 > length || view.getUint32(from, true) !== 0x02014b50) damaged(file, "its directory is cut short");
    const [names, extra, comment] = [28, 30, 32].map((place) => view.getUint16(from + place, true)) as [
      number,
      number,
      number,
    ];
    const next = from + 46 + names + extra + comment;
    if (next > length) damaged(file, "its directory is cut short");
    const name = new TextDecoder().decode(bytes.subarray(from + 46, from + 46 + names));
    const wide = wideNumbers(bytes.subarray(from + 46 + names, from + 46 + names + extra));
    const sizes = [24, 20, 42].map((place) => {
      const value = view.getUint32(from + place, true);
      return value === largest ? (wide.shift() ?? value) : value;
    }) as [number, number, number];
    const [flags, method, crc] = [
      view.getUint16(from + 8, true),
      view.getUint16(from + 10, true),
      view.getUint32(from + 16, true),
    ];
    entries.push({ name, flags, method, crc, size: sizes[0], packed: sizes[1], at: sizes[2] });
    from = next;
  }
  return entries;
}

/**
 * The bytes of a file in a zip, checked against their sum; no more memory is taken than the directory says and the
 * packed bytes can hold.
 * @param most bytes that are allowed
 * @throws Unreadable
 */
export function zipContent(file: OpenFile, entry: ZipEntry, most: number): Uint8Array {
  const { name, method, packed, size } = entry;
  if ((entry.flags & 1) !== 0) throw new Unreadable(file.path, `${name} in its zip is encrypted; plain ones are read.`);
  if (method !== 0 && method !== 8)
    throw new Unreadable(
      file.path,
      `${name} in its zip is packed by method ${method}; stored and deflated ones are read.`,
    );
  if (size > most)
    throw new Unreadable(file.path, `${name} in its zip takes ${size} bytes; at most ${most} are read at once.`);
  if (method === 0 ? size !== packed : size > 1100 * packed + 64)
    damaged(file, `its directory says ${size} bytes of ${packed} for ${name}`);
  const head = file.bytes(entry.at, 30);
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (view.getUint32(0, true) !== 0x04034b50) damaged(file, `there is no ${name} where its directory says`);
  const bytes = file.bytes(entry.at + 30 + view.getUint16(26, true) + view.getUint16(28, true), packed);
  const content =
    method === 0 ? bytes : inflated(file.path, bytes, { packing: "deflate", what: `${name} in its zip`, due: size });
  if (crc32([content]) !== entry.crc) damaged(file, `the checksum of ${name} does not hold`);
  return content;
}

function directoryOf(file: OpenFile): { at: number; length: number; count: number } {
  const from = Math.max(0, file.size - 65_557);
  const bytes = Buffer.from(file.bytes(from, file.size - from));
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  if (end < 0 || end + 22 > bytes.length) damaged(file, "found no directory at its end");
  const [count, length, at] = [
    bytes.readUInt16LE(end + 10),
    bytes.readUInt32LE(end + 12),
    bytes.readUInt32LE(end + 16),
  ];
  if (count < 0xffff && length < largest && at < largest) return { count, length, at };
  if (end < 20 || bytes.readUInt32LE(end - 20) !== 0x07064b50) damaged(file, "found no 64-bit directory at its end");
  const record = Buffer.from(file.bytes(Number(bytes.readBigUInt64LE(end - 12)), 56));
  if (record.readUInt32LE(0) !== 0x06064b50) damaged(file, "found no 64-bit directory at its end");
  const [wideCount, wideLength, wideAt] = [32, 40, 48].map((place) => Number(record.readBigUInt64LE(place))) as [
    number,
    number,
    number,
  ];
  return { count: wideCount, length: wideLength, at: wideAt };
}

/** 64-bit sizes of an entry, in the order of those that did not fit into 32. */
function wideNumbers(extra: Uint8Array): number[] {
  const view = new DataView(extra.buffer, extra.byteOffset, extra.length);
  for (let at = 0; at + 4 <= extra.length; ) {
    const [id, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    const numbers = Math.min(length, extra.length - at - 4) >> 3;
    if (id === 1) return Array.from({ length: numbers }, (_, k) => Number(view.getBigUint64(at + 4 + 8 * k, true)));
    at += 4 + length;
  }
  return [];
}

function damaged(file: OpenFile, found: string): never {
  throw new Unreadable(
    file.path,
    `its zip cannot be read: ${found}. The file is damaged, cut short or of another kind.`,
  );
}
