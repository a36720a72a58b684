import type { OpenFile } from "./file.js";
import { type TiffDirectories, type TiffDirectory, widths } from "./tiff-directories.js";

/** The values of one page's tags, read when asked for. */
export interface TiffTags {
  has(tag: number): boolean;
  /** All values of a tag, none when it is absent; ratios as quotients. @throws Unreadable */
  numbers(tag: number): number[];
  /** The first value of a tag, `absent` when there is none. @throws Unreadable */
  number(tag: number, absent: number): number;
  /** A text, empty when it is absent. @throws Unreadable */
  text(tag: number): string;
  /** How many values a tag has. */
  count(tag: number): number;
}

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Byte of the first value. */
  readonly at: number;
}

type Heads = Pick<TiffDirectories, "littleEndian" | "big">;

/** The tags of a page. @throws Unreadable */
export function tiffTags(file: OpenFile, heads: Heads, directory: TiffDirectory): TiffTags {
  const entries = entriesOf(file, heads, directory);
  const numbers = (tag: number) => valuesOf(file, entries.get(tag), heads.littleEndian);
  return {
    has: (tag) => entries.has(tag),
    count: (tag) => entries.get(tag)?.count ?? 0,
    numbers,
    number: (tag, absent) => numbers(tag)[0] ?? absent,
    text: (tag) => {
      const { at, count, type } = entries.get(tag) ?? { at: 0, count: 0, type: 2 };
      if (widths[type] !== 1) return "";
      return new TextDecoder().decode(file.bytes(at, count)).replaceAll("\0", "");
    },
  };
}

function entriesOf(file: OpenFile, { littleEndian, big }: Heads, { at, entries }: TiffDirectory): Map<number, Entry> {
  const [bytes, inline] = big ? [20, 8] : [12, 4];
  const view = new DataView(file.bytes(at, entries * bytes).buffer);
  const whole = (from: number) =>
    big ? Number(view.getBigUint64(from, littleEndian)) : view.getUint32(from, littleEndian);
  const found = new Map<number, Entry>();
  for (let start = 0; start < entries * bytes; start += bytes) {
    const [tag, type] = [view.getUint16(start, littleEndian), view.getUint16(start + 2, littleEndian)];
    const count = whole(start + 4);
    const place = start + 4 + inline;
    const own = (widths[type] ?? 0) * count <= inline;
    if (!found.has(tag)) found.set(tag, { type, count, at: own ? at + place : whole(place) });
  }
  return found;
}

function valuesOf(file: OpenFile, entry: Entry | undefined, little: boolean): number[] {
  const width = widths[entry?.type ?? 0] ?? 0;
  if (entry === undefined || width === 0) return [];
  const view = new DataView(file.bytes(entry.at, entry.count * width).buffer);
  const read = readers[entry.type] as Reader;
  return Array.from({ length: entry.count }, (_, k) => read(view, k * width, little));
}

type Reader = (view: DataView, at: number, little: boolean) => number;

const u8: Reader = (view, at) => view.getUint8(at);
const u16: Reader = (view, at, little) => view.getUint16(at, little);
const u32: Reader = (view, at, little) => view.getUint32(at, little);
const u64: Reader = (view, at, little) => Number(view.getBigUint64(at, little));
const i32: Reader = (view, at, little) => view.getInt32(at, little);

/** How each type of value is read, by its number. */
const readers: Readonly<Record<number, Reader>> = {
  ...{ 1: u8, 2: u8, 3: u16, 4: u32, 7: u8, 13: u32, 16: u64, 18: u64 },
  5: (view, at, little) => u32(view, at, little) / u32(view, at + 4, little),
  6: (view, at) => view.getInt8(at),
  8: (view, at, little) => view.getInt16(at, little),
  9: i32,
  10: (view, at, little) => i32(view, at, little) / i32(view, at + 4, little),
  11: (view, at, little) => view.getFloat32(at, little),
  12: (view, at, little) => view.getFloat64(at, little),
  17: (view, at, little) => Number(view.getBigInt64(at, little)),
};
