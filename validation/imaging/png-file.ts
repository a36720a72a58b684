import { deflateSync } from "node:zlib";
import { crc32 } from "../../src/imaging/volume/crc32.js";

/** One way of laying out a PNG file. */
export interface PngLayout {
  readonly bits: 1 | 2 | 4 | 8 | 16;
  /** 0 grey, 2 colour, 3 palette, 4 grey with opacity, 6 colour with opacity */
  readonly colour: 0 | 2 | 3 | 4 | 6;
  /** Filter of a row of pixels. */
  readonly filter: (row: number) => number;
  readonly interlaced: boolean;
  /** Red, green, blue of each number. */
  readonly palette?: readonly number[];
}

export const plainPng: PngLayout = { bits: 8, colour: 0, filter: () => 0, interlaced: false };

const samplesOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/** A PNG file of rows `[y][x (and sample)]`. */
export function pngFile(rows: readonly (readonly number[])[], layout: PngLayout): Uint8Array {
  const { bits, colour, interlaced, palette } = layout;
  const samples = samplesOf[colour];
  const [height, width] = [rows.length, (rows[0] as readonly number[]).length / samples];
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  [bits, colour, 0, 0, Number(interlaced)].forEach((value, k) => {
    header.setUint8(8 + k, value);
  });
  const passes = interlaced ? passesOf(rows, samples) : [rows];
  const lines = passes.flatMap((pass) => filteredRows(pass, layout, samples));
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", new Uint8Array(header.buffer)),
    ...(palette === undefined ? [] : [chunk("PLTE", Uint8Array.from(palette))]),
    chunk("IDAT", deflateSync(Uint8Array.from(lines.flat()))),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** Which of the seven passes each pixel of a block of 8 × 8 belongs to. */
const passOf = ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"];

function passesOf(rows: readonly (readonly number[])[], samples: number): number[][][] {
  return [1, 2, 3, 4, 5, 6, 7].map((pass) =>
    rows
      .map((row, y) => row.filter((_, k) => passOf[y % 8]?.[Math.floor(k / samples) % 8] === String(pass)))
      .filter((row) => row.length > 0),
  );
}

function chunk(name: string, content: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode(name);
  const numbers = new DataView(new ArrayBuffer(8));
  numbers.setUint32(0, content.length);
  numbers.setUint32(4, crc32([head, content]));
  const [length, sum] = [new Uint8Array(numbers.buffer, 0, 4), new Uint8Array(numbers.buffer, 4)];
  return Buffer.concat([length, head, content, sum]);
}

function filteredRows(rows: readonly (readonly number[])[], { bits, filter }: PngLayout, samples: number): number[][] {
  const plain = rows.map((row) => bytesOf(row, bits));
  const back = Math.max(1, (samples * bits) / 8);
  return plain.map((line, y) => {
    const above = plain[y - 1] ?? line.map(() => 0);
    const kind = filter(y);
    return [
      kind,
      ...line.map((byte, k) => (byte - told(kind, line[k - back] ?? 0, above[k] ?? 0, above[k - back] ?? 0)) & 255),
    ];
  });
}

function told(kind: number, left: number, up: number, corner: number): number {
  if (kind < 3) return [0, left, up][kind] as number;
  if (kind === 3) return Math.floor((left + up) / 2);
  const estimate = left + up - corner;
  return [left, up, corner].reduce((best, value) =>
    Math.abs(estimate - value) < Math.abs(estimate - best) ? value : best,
  );
}

function bytesOf(row: readonly number[], bits: number): number[] {
  if (bits === 16) return row.flatMap((value) => [value >> 8, value & 255]);
  const bytes = new Array<number>(Math.ceil((row.length * bits) / 8)).fill(0);
  for (const [k, value] of row.entries())
    bytes[(k * bits) >> 3] = (bytes[(k * bits) >> 3] as number) | (value << (8 - bits - ((k * bits) & 7)));
  return bytes;
}
