import { deflateSync } from "node:zlib";

/** One way of laying out a TIFF file. */
export interface TiffLayout {
  readonly littleEndian: boolean;
  readonly big: boolean;
  readonly compression: 1 | 5 | 8 | 32773 | 32946;
  readonly predictor: 1 | 2;
  readonly bits: 8 | 16 | 32;
  readonly float: boolean;
  readonly tile: number | null;
  readonly description?: string;
  readonly resolution?: readonly [number, number];
}

export const plainLayout: TiffLayout = {
  littleEndian: true,
  big: false,
  compression: 1,
  predictor: 1,
  bits: 8,
  float: false,
  tile: null,
};

/** A TIFF file of pages `[page][y][x]`, written apart from the product's own writer; in strips of three rows or tiles. */
export function tiffFile(pages: readonly (readonly (readonly number[])[])[], layout: TiffLayout): Uint8Array {
  const parts: number[] = [];
  const word = (value: number, bytes: number) => littleOrBig(value, bytes, layout.littleEndian);
  const place = layout.big ? 8 : 4;
  const put = (bytes: ArrayLike<number>) => {
    const at = parts.length;
    for (let k = 0; k < bytes.length; k++) parts.push(bytes[k]!);
    return at;
  };
  put(layout.littleEndian ? [0x49, 0x49] : [0x4d, 0x4d]);
  put(layout.big ? [...word(43, 2), ...word(8, 2), ...word(0, 2)] : word(42, 2));
  let link = put(word(0, place));
  for (const [page, rows] of pages.entries()) {
    const blocks = blocksOf(rows, layout);
    const offsets = blocks.map((block) => put(block));
    const tags = tagsOf(
      rows,
      layout,
      page,
      offsets,
      blocks.map((block) => block.length),
    );
    const bodies = tags.map(({ bytes }) => (bytes.length > place ? word(put(bytes), place) : bytes));
    const at = put(word(tags.length, layout.big ? 8 : 2));
    for (const [k, { tag, type, count }] of tags.entries()) {
      put([...word(tag, 2), ...word(type, 2), ...word(count, place)]);
      put([...bodies[k]!, ...new Array(place - bodies[k]!.length).fill(0)]);
    }
    word(at, place).forEach((byte, k) => {
      parts[link + k] = byte;
    });
    link = put(word(0, place));
  }
  return Uint8Array.from(parts);
}

function littleOrBig(value: number, bytes: number, little: boolean): number[] {
  const list = Array.from({ length: bytes }, (_, k) => Math.floor(value / 256 ** k) % 256);
  return little ? list : list.reverse();
}

function tagsOf(
  rows: readonly (readonly number[])[],
  layout: TiffLayout,
  page: number,
  offsets: number[],
  lengths: number[],
) {
  const place = layout.big ? 8 : 4;
  const longs = (tag: number, values: number[], bytes = 4, type = 4) => ({
    tag,
    type,
    count: values.length,
    bytes: values.flatMap((value) => littleOrBig(value, bytes, layout.littleEndian)),
  });
  const offsetType = layout.big ? 16 : 4;
  const { tile, description, resolution } = layout;
  const text = description === undefined || page > 0 ? [] : [...new TextEncoder().encode(`${description}\0`)];
  const ratio = (tag: number, value: number) => ({ ...longs(tag, [Math.round(value * 1e6), 1e6], 4, 5), count: 1 });
  return [
    longs(256, [rows[0]!.length]),
    longs(257, [rows.length]),
    longs(258, [layout.bits], 2, 3),
    longs(259, [layout.compression], 2, 3),
    longs(262, [1], 2, 3),
    ...(text.length > 0 ? [{ tag: 270, type: 2, count: text.length, bytes: text }] : []),
    ...(tile === null ? [longs(273, offsets, place, offsetType)] : []),
    longs(277, [1], 2, 3),
    ...(tile === null ? [longs(278, [3]), longs(279, lengths, place, offsetType)] : []),
    ...(resolution === undefined ? [] : [ratio(282, resolution[0]), ratio(283, resolution[1])]),
    ...(layout.predictor === 2 ? [longs(317, [2], 2, 3)] : []),
    ...(tile === null
      ? []
      : [
          longs(322, [tile]),
          longs(323, [tile]),
          longs(324, offsets, place, offsetType),
          longs(325, lengths, place, offsetType),
        ]),
    longs(339, [layout.float ? 3 : 1], 2, 3),
  ];
}

function blocksOf(rows: readonly (readonly number[])[], layout: TiffLayout): Uint8Array[] {
  const [height, width] = [rows.length, rows[0]!.length];
  const [bw, bh] = layout.tile === null ? [width, 3] : [layout.tile, layout.tile];
  const blocks: Uint8Array[] = [];
  for (let top = 0; top < height; top += bh) {
    for (let left = 0; left < width; left += bw) {
      const tall = layout.tile === null ? Math.min(bh, height - top) : bh;
      const lines = Array.from({ length: tall }, (_, y) =>
        Array.from({ length: bw }, (_, x) => rows[top + y]?.[left + x] ?? 0),
      );
      blocks.push(packed(Uint8Array.from(lines.flatMap((line) => lineBytes(line, layout))), layout));
    }
  }
  return blocks;
}

function lineBytes(line: number[], { bits, float, predictor, littleEndian }: TiffLayout): number[] {
  const values =
    predictor === 2 ? line.map((value, x) => (value - (x > 0 ? line[x - 1]! : 0)) & (2 ** bits - 1)) : line;
  if (!float) return values.flatMap((value) => littleOrBig(value, bits / 8, littleEndian));
  return values.flatMap((value) => {
    const bytes = [...new Uint8Array(Float32Array.of(value).buffer)];
    return littleEndian ? bytes : bytes.reverse();
  });
}

function packed(bytes: Uint8Array, { compression }: TiffLayout): Uint8Array {
  if (compression === 8 || compression === 32946) return deflateSync(bytes);
  if (compression === 32773) return packBits(bytes);
  return compression === 5 ? lzw(bytes) : bytes;
}

/** Runs of at least three, else literals. */
function packBits(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let k = 0; k < bytes.length; ) {
    let run = 1;
    while (run < 128 && bytes[k + run] === bytes[k] && k + run < bytes.length) run++;
    if (run >= 3) {
      out.push(257 - run, bytes[k]!);
      k += run;
    } else {
      out.push(0, bytes[k]!);
      k++;
    }
  }
  return Uint8Array.from(out);
}

/** Codes of nine bits only: the table is cleared before it grows beyond them. */
function lzw(bytes: Uint8Array): Uint8Array {
  const codes: number[] = [256];
  for (const [k, byte] of bytes.entries()) {
    if (k > 0 && k % 200 === 0) codes.push(256);
    codes.push(byte);
  }
  codes.push(257);
  const bits = codes.flatMap((code) => Array.from({ length: 9 }, (_, k) => (code >> (8 - k)) & 1));
  const out = new Uint8Array(Math.ceil(bits.length / 8));
  for (const [k, bit] of bits.entries()) out[k >> 3]! |= bit << (7 - (k & 7));
  return out;
}
