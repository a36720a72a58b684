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

/** Changes a byte of a part and makes its checksum anew, so that the change is seen. */
function otherContent(bytes: Uint8Array, draws: Draws): Uint8Array | null {
  const copy = new Uint8Array(bytes);
  const view = new DataView(copy.buffer);
  const parts: number[] = [];
  for (let at = 8; at + 12 <= copy.length; at += 12 + view.getUint32(at)) parts.push(at);
  const part = draws.of(parts);
  if (part === undefined) return null;
  const length = view.getUint32(part);
  if (length === 0 || part + 12 + length > copy.length) return null;
  copy[part + 8 + draws.below(length)] = draws.of([0, 1, 2, 3, 4, 8, 16, 127, 128, 255]);
  view.setUint32(part + 8 + length, crc32([copy.subarray(part + 4, part + 8 + length)]));
  return copy;
}
