import { deflateSync, inflateSync } from "node:zlib";
import { crc32 } from "../../../src/imaging/volume/crc32.js";
import { type PngLayout, plainPng, pngFile } from "../png-file.js";
import type { Draws } from "./draws.js";
import type { MutatedFormat, Seed } from "./format.js";

/** PNG of all kinds of colour, depths, filters and interlacing. */
export const mutatedPng: MutatedFormat = { name: "PNG", count: 1000, seeds, own: otherContent };

const dialects: readonly (Partial<PngLayout> & { readonly reading?: Seed["reading"] })[] = [
  ...([1, 2, 4, 8, 16] as const).flatMap((bits) => [{ bits }, { bits, interlaced: true, filter: () => 4 }]),
  { filter: (y) => y % 5 },
  { colour: 2, filter: (y) => y % 5, reading: { channel: 2 } },
  { colour: 4, bits: 16, reading: { channel: 1 } },
  { colour: 6, interlaced: true, reading: { channel: 4 } },
  { colour: 3, palette: [0, 0, 0, 255, 0, 0, 0, 255, 0], reading: { levels: "stored" } },
];

const samples = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

function seeds(): Seed[] {
  return dialects.map(({ reading = {}, ...dialect }) => {
    const layout = { ...plainPng, ...dialect };
    const rows = Array.from({ length: 11 }, (_, y) =>
      Array.from({ length: 9 * samples[layout.colour] }, (_, x) => (y * 37 + x * x) % 2 ** layout.bits),
    );
    return { reading, open: "a.png", files: { "a.png": pngFile(rows, layout) } };
  });
}

/** Changes bytes of a part and makes its checksum anew, so that the change is seen; those of the picture unpacked. */
function otherContent(bytes: Uint8Array, draws: Draws): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const parts: number[] = [];
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) parts.push(at);
  const part = draws.of(parts);
  if (part === undefined) return null;
  const length = view.getUint32(part);
  if (length === 0 || part + 12 + length > bytes.length) return null;
  const name = bytes.subarray(part + 4, part + 8);
  const content = new Uint8Array(bytes.subarray(part + 8, part + 8 + length));
  const made = String.fromCharCode(...name) === "IDAT" ? repacked(content, draws) : otherByte(content, draws);
  const numbers = new DataView(new ArrayBuffer(8));
  numbers.setUint32(0, made.length);
  numbers.setUint32(4, crc32([name, made]));
  const [head, sum] = [new Uint8Array(numbers.buffer, 0, 4), new Uint8Array(numbers.buffer, 4)];
  const [before, after] = [bytes.subarray(0, part), bytes.subarray(part + 12 + length)];
  return new Uint8Array(Buffer.concat([before, head, name, made, sum, after]));
}

function repacked(content: Uint8Array, draws: Draws): Uint8Array {
  try {
    return deflateSync(otherByte(new Uint8Array(inflateSync(content)), draws));
  } catch {
    return otherByte(content, draws);
  }
}

function otherByte(bytes: Uint8Array, draws: Draws): Uint8Array {
  bytes[draws.below(bytes.length)] = draws.of([0, 1, 2, 3, 4, 8, 16, 127, 128, 255]);
  return bytes;
}
