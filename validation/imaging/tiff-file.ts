import { deflateSync } from "node:zlib";
import { lzwPacked, packBitsPacked } from "./tiff-packing.js";

/** One way of laying out a TIFF file. */
export interface TiffLayout {
  readonly littleEndian: boolean;
  readonly big: boolean;
  readonly compression: number;
  readonly predictor: 1 | 2 | 3;
  readonly bits: 1 | 2 | 4 | 8 | 16 | 32 | 64;
  readonly float: boolean;
  readonly tile: number | null;
  readonly signed?: boolean;
  /** Rows of a strip, 3 when left out. */
  readonly rows?: number;
  readonly description?: string;
  /** Pixels per unit along x and y. */
  readonly resolution?: readonly [number, number];
  /** 1 none, 2 inch, 3 cm */
  readonly resolutionUnit?: number;
  /** 1 when left out: 0 is black. */
  readonly photometric?: number;
  /** Numbers of a pixel, side by side in a row of the page: x fastest after them. */
  readonly samples?: number;
  /** 2: a plane for each sample. */
  readonly planar?: 1 | 2;
  /** 2: lowest bit first. */
  readonly fillOrder?: 1 | 2;
  readonly orientation?: number;
  /** NewSubfileType of a page. */
  readonly subfile?: (page: number) => number;
  /** Red, green, blue of each index, 3 × 2^bits numbers of 16 bits. */
  readonly colours?: readonly number[];
  /** More tags of the first page, as words of 16 bits. */
  readonly more?: Readonly<Record<number, readonly number[]>>;
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

type Page = readonly (readonly number[])[];

/** A TIFF file of pages `[page][y][x (and sample)]`, written apart from the product's own writer; in strips or tiles. */
export function tiffFile(pages: readonly Page[], layout: TiffLayout): Uint8Array {
  const parts: number[] = [];
  const word = (value: number, bytes: number) => littleOrBig(value, bytes, layout.littleEndian);
  const place = layout.big ? 8 : 4;
  const put = (bytes: ArrayLike<number>) => {
    const at = parts.length;
    for (let k = 0; k < bytes.length; k++) parts.push(bytes[k] as number);
    return at;
  };
  put(layout.littleEndian ? [0x49, 0x49] : [0x4d, 0x4d]);
  put(layout.big ? [...word(43, 2), ...word(8, 2), ...word(0, 2)] : word(42, 2));
  let link = put(word(0, place));
  for (const [page, rows] of pages.entries()) {
    const blocks = blocksOf(rows, layout);
    const offsets = blocks.map((block) => put(block));
    const lengths = blocks.map((block) => block.length);
    const tags = tagsOf(rows, layout, page, offsets, lengths);
    const bodies = tags.map(({ bytes }) => (bytes.length > place ? word(put(bytes), place) : bytes));
    const at = put(word(tags.length, layout.big ? 8 : 2));
    for (const [k, { tag, type, count }] of tags.entries()) {
      const body = bodies[k] as number[];
      put([...word(tag, 2), ...word(type, 2), ...word(count, place)]);
      put([...body, ...new Array(place - body.length).fill(0)]);
    }
    word(at, place).forEach((byte, k) => {
      parts[link + k] = byte;
    });
    link = put(word(0, place));
  }
  return Uint8Array.from(parts);
}

function littleOrBig(value: number, bytes: number, little: boolean): number[] {
  const list = Array.from({ length: bytes }, (_, k) => Number((BigInt(value) >> BigInt(8 * k)) & 255n));
  return little ? list : list.reverse();
}

interface Tag {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly bytes: number[];
}

function tagsOf(rows: Page, layout: TiffLayout, page: number, offsets: number[], lengths: number[]): Tag[] {
  const place = layout.big ? 8 : 4;
  const words = (tag: number, values: readonly number[], bytes: number, type: number): Tag => ({
    tag,
    type,
    count: values.length,
    bytes: values.flatMap((value) => littleOrBig(value, bytes, layout.littleEndian)),
  });
  const shorts = (tag: number, ...values: number[]) => words(tag, values, 2, 3);
  const longs = (tag: number, ...values: number[]) => words(tag, values, 4, 4);
  const places = (tag: number, values: number[]) => words(tag, values, place, layout.big ? 16 : 4);
  const ratio = (tag: number, value: number) => {
    const parts = value > 4000 ? 1000 : 1e6;
    return { ...words(tag, [Math.round(value * parts), parts], 4, 5), count: 1 };
  };
  const { tile, description, resolution, samples = 1, bits } = layout;
  const text = description === undefined || page > 0 ? [] : [...new TextEncoder().encode(`${description}\0`)];
  const each = (value: number) => new Array<number>(samples).fill(value);
  const given = (tag: number, value: number | undefined) => (value === undefined ? [] : [shorts(tag, value)]);
  const tags = [
    ...(layout.subfile === undefined ? [] : [longs(254, layout.subfile(page))]),
    longs(256, (rows[0] as readonly number[]).length / samples),
    longs(257, rows.length),
    shorts(258, ...each(bits)),
    shorts(259, layout.compression),
    shorts(262, layout.photometric ?? 1),
    ...given(266, layout.fillOrder),
    ...(text.length > 0 ? [{ tag: 270, type: 2, count: text.length, bytes: text }] : []),
    ...given(274, layout.orientation),
    shorts(277, samples),
    ...(tile === null
      ? [places(273, offsets), longs(278, layout.rows ?? 3), places(279, lengths)]
      : [longs(322, tile), longs(323, tile), places(324, offsets), places(325, lengths)]),
    ...(resolution === undefined ? [] : [ratio(282, resolution[0]), ratio(283, resolution[1])]),
    ...given(284, layout.planar),
    ...given(296, layout.resolutionUnit),
    ...(layout.predictor === 1 ? [] : [shorts(317, layout.predictor)]),
    ...(layout.colours === undefined ? [] : [shorts(320, ...layout.colours)]),
    shorts(339, ...each(layout.float ? 3 : layout.signed ? 2 : 1)),
    ...(page > 0 ? [] : Object.entries(layout.more ?? {}).map(([tag, values]) => shorts(Number(tag), ...values))),
  ];
  return tags.sort((a, b) => a.tag - b.tag);
}

function blocksOf(rows: Page, layout: TiffLayout): Uint8Array[] {
  const { samples = 1, planar = 1, tile } = layout;
  if (samples === 1 || planar === 1) return blocksOfPlane(rows, layout, samples);
  return Array.from({ length: samples }, (_, sample) =>
    blocksOfPlane(
      rows.map((row) => row.filter((_, k) => k % samples === sample)),
      { ...layout, tile },
      1,
    ),
  ).flat();
}

function blocksOfPlane(rows: Page, layout: TiffLayout, samples: number): Uint8Array[] {
  const [height, width] = [rows.length, (rows[0] as readonly number[]).length / samples];
  const [bw, bh] = layout.tile === null ? [width, layout.rows ?? 3] : [layout.tile, layout.tile];
  const blocks: Uint8Array[] = [];
  for (let top = 0; top < height; top += bh) {
    for (let first = 0; first < width; first += bw) {
      const tall = layout.tile === null ? Math.min(bh, height - top) : bh;
      const lines = Array.from({ length: tall }, (_, y) =>
        Array.from({ length: bw * samples }, (_, x) =>
          first * samples + x < width * samples ? (rows[top + y]?.[first * samples + x] ?? 0) : 0,
        ),
      );
      blocks.push(packed(Uint8Array.from(lines.flatMap((line) => lineBytes(line, layout, samples))), layout));
    }
  }
  return blocks;
}

function lineBytes(line: number[], layout: TiffLayout, samples: number): number[] {
  const { bits, float, predictor, littleEndian } = layout;
  if (bits < 8) return bitBytes(line, bits);
  const bytes = line.flatMap((value) => {
    const plain = float ? floatBytes(value, bits) : littleOrBig(value, bits / 8, true);
    return littleEndian ? plain : plain.reverse();
  });
  if (predictor === 2) return differences(bytes, bits / 8, samples, littleEndian);
  return predictor === 3 ? planeDifferences(bytes, bits / 8, samples, littleEndian) : bytes;
}

const floatBytes = (value: number, bits: number) => [
  ...new Uint8Array((bits === 32 ? Float32Array.of(value) : Float64Array.of(value)).buffer),
];

/** Numbers of fewer than eight bits, the highest bit first; a row ends with a byte. */
function bitBytes(line: readonly number[], bits: number): number[] {
  const bytes = new Array<number>(Math.ceil((line.length * bits) / 8)).fill(0);
  for (const [k, value] of line.entries()) {
    const at = k * bits;
    bytes[at >> 3] = (bytes[at >> 3] as number) | (value << (8 - bits - (at & 7)));
  }
  return bytes;
}

/** Each word less the one of the pixel before, as whole numbers of its width. */
function differences(bytes: readonly number[], width: number, samples: number, little: boolean): number[] {
  const word = (k: number) => {
    const own = bytes.slice(k * width, (k + 1) * width);
    return (little ? own.reverse() : own).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  };
  return Array.from({ length: bytes.length / width }, (_, k) => {
    const value = BigInt.asUintN(8 * width, k < samples ? word(k) : word(k) - word(k - samples));
    const own = Array.from({ length: width }, (_, n) => Number((value >> BigInt(8 * n)) & 255n));
    return little ? own : own.reverse();
  }).flat();
}

/** Adobe's predictor of floating-point numbers: all highest bytes, then all second ones …, and differences of these. */
function planeDifferences(bytes: readonly number[], width: number, samples: number, little: boolean): number[] {
  const count = bytes.length / width;
  const planes = Array.from({ length: bytes.length }, (_, k) => {
    const [plane, n] = [Math.floor(k / count), k % count];
    return bytes[n * width + (little ? width - 1 - plane : plane)] as number;
  });
  return planes.map((byte, k) => (k < samples ? byte : (byte - (planes[k - samples] as number)) & 255));
}

function packed(bytes: Uint8Array, { compression, fillOrder }: TiffLayout): Uint8Array {
  const done =
    compression === 8 || compression === 32946
      ? new Uint8Array(deflateSync(bytes))
      : compression === 32773
        ? packBitsPacked(bytes)
        : compression === 5
          ? lzwPacked(bytes)
          : bytes;
  return fillOrder === 2 ? done.map(mirrored) : done;
}

function mirrored(byte: number): number {
  let back = 0;
  for (let bit = 0; bit < 8; bit++) back |= ((byte >> bit) & 1) << (7 - bit);
  return back;
}
