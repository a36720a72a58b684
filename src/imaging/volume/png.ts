import { chosenPlane } from "./axes.js";
import { checkClaim } from "./capacity.js";
import { crc32 } from "./crc32.js";
import { type OpenFile, withFile } from "./file.js";
import type { Reading, VolumeFormat } from "./format.js";
import { inflated } from "./inflate.js";
import { pagesInMemory } from "./pages.js";
import { showing } from "./shown-levels.js";
import { unpackBits } from "./tiff-blocks.js";
import { Unreadable } from "./unreadable.js";
import { type Picture, type Shape, usualAxes, type Voxels, zeros } from "./volume.js";

/** A single PNG picture: one slice. The file does not say how large a voxel is. */
export const png: VolumeFormat = {
  name: "PNG",
  looks: "*.png",
  recognises: (path, head, folder) => !folder && (/\.png$/i.test(path) || isPng(head)),
  read: readPng,
};

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const isPng = (head: Uint8Array) => signature.every((byte, k) => head[k] === byte);

/** What the first chunk says. */
interface Header {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colour: number;
  readonly interlaced: boolean;
  /** Numbers of a pixel. */
  readonly samples: number;
}

/** Samples of a pixel by the kind of colour, with its name and the bits that it may have. */
const colours: Readonly<Record<number, readonly [samples: number, name: string, bits: readonly number[]]>> = {
  0: [1, "grey", [1, 2, 4, 8, 16]],
  2: [3, "colour (red, green, blue)", [8, 16]],
  3: [1, "palette", [1, 2, 4, 8]],
  4: [2, "grey with opacity", [8, 16]],
  6: [4, "colour with opacity", [8, 16]],
};

/** Reads a picture of grey levels, or of numbers with a palette (PNG, third edition, 2025). @throws Unreadable */
export function readPng(path: string, reading: Reading): Promise<Picture> {
  return withFile(path, (file) => {
    if (!isPng(file.bytes(0, Math.min(8, file.size)))) throw new Unreadable(path, "found no PNG picture.");
    const chunks = chunksOf(file);
    const header = headerOf(path, chunks.header);
    const shape: Shape = [1, header.height, header.width];
    const type = header.bits === 16 ? "u16" : "u8";
    const bytesPerVoxel = (header.bits * header.samples) / 8;
    checkClaim({ path, shape, type, bytesPerVoxel, stored: file.size, packed: true, reading });
    const sample = sampleOf(path, header, reading.channel);
    const palette = header.colour === 3 ? paletteOf(path, chunks.palette, header.bits) : null;
    const shows = showing(path, { whiteIsZero: false, palette, bits: header.bits, kind: "unsigned" }, reading.levels);
    const pages = (reading.pages ?? pagesInMemory)(shape, type);
    const target = pages.at(0);
    put(path, header, chunks.data, sample, target);
    shows?.(target);
    pages.done(0);
    return { data: pages.all, shape, voxelSize: null, axes: usualAxes, provenance: [`read from PNG ${path}`] };
  });
}

function chunksOf(file: OpenFile) {
  const data: Uint8Array[] = [];
  let [header, palette]: [Uint8Array?, Uint8Array?] = [];
  for (let at = 8, name = ""; name !== "IEND"; ) {
    const head = file.bytes(at, 8);
    const length = new DataView(head.buffer).getUint32(0);
    name = String.fromCharCode(...head.subarray(4));
    const [content, sum] = [file.bytes(at + 8, length), new DataView(file.bytes(at + 8 + length, 4).buffer)];
    if (crc32([head.subarray(4), content]) !== sum.getUint32(0))
      throw new Unreadable(file.path, `its part ${name} at byte ${at} is damaged (checksum).`);
    if (name === "IHDR") header ??= content;
    if (name === "PLTE") palette = content;
    if (name === "IDAT") data.push(content);
    at += 12 + length;
  }
  return { header, palette, data: Buffer.concat(data) };
}

function headerOf(path: string, bytes: Uint8Array | undefined): Header {
  if (bytes?.length !== 13) throw new Unreadable(path, "found no header (IHDR) in it; the file is damaged.");
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const [bits, colour, packing, filters, interlace] = [...bytes.subarray(8)] as [
    number,
    number,
    number,
    number,
    number,
  ];
  const [samples, name, allowed] = colours[colour] ?? [0, `colour type ${colour}`, []];
  if (!allowed.includes(bits) || packing !== 0 || filters !== 0 || interlace > 1)
    throw new Unreadable(path, `found ${bits}-bit PNG of ${name}; grey of 1, 2, 4, 8 or 16 bits is allowed.`);
  return { width: view.getUint32(0), height: view.getUint32(4), bits, colour, interlaced: interlace === 1, samples };
}

function sampleOf(path: string, { samples, colour }: Header, channel: number | undefined): number {
  if (samples > 1 && channel === undefined)
    throw new Unreadable(
      path,
      `found ${colours[colour]?.[1]} in it (PNG colour type ${colour}); one grey or label channel is allowed. Convert it, in ImageJ by Image > Type > 8-bit, or take one of its ${samples} channels: --channel 1 to --channel ${samples}.`,
    );
  return chosenPlane(path, "channel", samples, channel);
}

/** All reds, then all greens, then all blues; numbers that the palette lacks are black. */
function paletteOf(path: string, bytes: Uint8Array | undefined, bits: number): number[] {
  if (bytes === undefined || bytes.length % 3 !== 0 || bytes.length > 3 * 2 ** bits)
    throw new Unreadable(path, "found no palette (PLTE) that fits; the file is damaged.");
  return [0, 1, 2].flatMap((part) => Array.from({ length: 2 ** bits }, (_, k) => bytes[3 * k + part] ?? 0));
}

/** Pictures that come one after the other: first column and row, and steps between columns and rows. */
const wholePass = [[0, 0, 1, 1]] as const;
const interlacedPasses = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function put(path: string, header: Header, packed: Uint8Array, sample: number, target: Voxels): void {
  const { width, height, bits, samples } = header;
  const passes = (header.interlaced ? interlacedPasses : wholePass)
    .map(([x, y, dx, dy]) => ({ x, y, dx, dy, nx: Math.ceil((width - x) / dx), ny: Math.ceil((height - y) / dy) }))
    .filter(({ nx, ny }) => nx > 0 && ny > 0);
  const rowBytes = (nx: number) => Math.ceil((nx * samples * bits) / 8);
  const due = passes.reduce((sum, { nx, ny }) => sum + ny * (1 + rowBytes(nx)), 0);
  const bytes = inflated(path, packed, { packing: "zlib", what: "its picture", due });
  const back = Math.max(1, (samples * bits) / 8);
  let at = 0;
  for (const { x, y, dx, dy, nx, ny } of passes) {
    const numbers = zeros(bits === 16 ? "u16" : "u8", nx * samples);
    let above: Uint8Array = new Uint8Array(rowBytes(nx));
    for (let row = 0; row < ny; row++) {
      const line = bytes.subarray(at + 1, at + 1 + rowBytes(nx));
      unfilter(path, bytes[at] as number, line, above, back);
      if (bits === 16) for (let k = 0; k < numbers.length; k++) numbers[k] = wordAt(line, 2 * k);
      else unpackBits(line, bits, numbers);
      const start = (y + row * dy) * width + x;
      for (let k = 0; k < nx; k++) target[start + k * dx] = numbers[k * samples + sample] as number;
      above = line;
      at += 1 + line.length;
    }
  }
}

const wordAt = (bytes: Uint8Array, at: number) => ((bytes[at] as number) << 8) | (bytes[at + 1] as number);

/** Adds what a row was told by its neighbours: left, above, their mean, or Paeth's choice. */
function unfilter(path: string, filter: number, line: Uint8Array, above: Uint8Array, back: number): void {
  if (filter > 4) throw new Unreadable(path, `found the filter ${filter} of a row; 0 to 4 are allowed.`);
  for (let k = 0; k < line.length && filter > 0; k++) {
    const left = k < back ? 0 : (line[k - back] as number);
    const up = above[k] as number;
    const corner = k < back ? 0 : (above[k - back] as number);
    const told = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
    line[k] = (line[k] as number) + told;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
