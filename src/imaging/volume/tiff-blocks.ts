import type { OpenFile } from "./file.js";
import { unpackedBlock } from "./tiff-packing.js";
import type { TiffPage } from "./tiff-page.js";
import { undoPredictor } from "./tiff-predictor.js";
import type { TiffTags } from "./tiff-tags.js";
import { Unreadable } from "./unreadable.js";
import { type Voxels, zeros } from "./volume.js";
import { typeFor, unpack } from "./voxel-words.js";

/** What is read of a page. */
export interface PageRead {
  readonly file: OpenFile;
  readonly littleEndian: boolean;
  /** From 1, for people. */
  readonly number: number;
  readonly page: TiffPage;
  readonly tags: TiffTags;
  /** Which sample of each pixel. */
  readonly sample: number;
}

/** Unpacks the strips or tiles of a page into `[y][x]`. @throws Unreadable */
export function readTiffPage(read: PageRead, target: Voxels): void {
  const { file, page, tags, sample, number } = read;
  const { across, down, tiled } = page.blocks;
  const each = across * down;
  const planes = page.apart ? page.samples : 1;
  const [offsets, lengths] = [tags.numbers(tiled ? 324 : 273), blockLengths(read)];
  if (offsets.length < planes * each || lengths.length < planes * each)
    throw new Unreadable(
      file.path,
      `page ${number} says where ${Math.min(offsets.length, lengths.length)} of its ${planes * each} blocks lie.`,
    );
  const first = page.apart ? sample * each : 0;
  for (let k = 0; k < each; k++) {
    const bytes = blockBytes(read, k, offsets[first + k] as number, lengths[first + k] as number);
    place(read, k, bytes, target);
  }
}

/** Lengths of blocks; where nothing is packed, what they have to hold. */
function blockLengths({ page, tags }: PageRead): number[] {
  const { tiled, across, down } = page.blocks;
  const found = tags.numbers(tiled ? 325 : 279);
  if (page.compression !== 1 || found.length > 0) return found;
  const planes = page.apart ? page.samples : 1;
  return Array.from({ length: planes * across * down }, (_, k) => rowsOf(page, k % (across * down)) * rowBytes(page));
}

/** Rows of a block that lie in the page. */
function rowsOf({ blocks, height }: TiffPage, k: number): number {
  return Math.min(blocks.height, height - Math.floor(k / blocks.across) * blocks.height);
}

/** Numbers in a row of a block. */
const rowNumbers = ({ blocks, samples, apart }: TiffPage) => blocks.width * (apart ? 1 : samples);

const rowBytes = (page: TiffPage) => Math.ceil((rowNumbers(page) * page.bits) / 8);

function blockBytes({ file, page, number, littleEndian }: PageRead, k: number, at: number, length: number): Uint8Array {
  const what = `block ${k + 1} of page ${number}`;
  if (length === 0 || at === 0)
    throw new Unreadable(file.path, `${what} is missing (sparse); every block of a volume has its voxels.`);
  const due = rowsOf(page, k) * rowBytes(page);
  const spare = page.blocks.height * rowBytes(page) - due;
  const stored = file.bytes(at, page.compression === 1 ? Math.min(length, due + spare) : length);
  if (page.lowBitFirst) mirrorBits(stored);
  const bytes = unpackedBlock(page.compression, { path: file.path, what, bytes: stored, due, spare }).subarray(0, due);
  const samples = page.apart ? 1 : page.samples;
  return undoPredictor(bytes, { ...page.words, littleEndian, predictor: page.predictor, samples, row: rowBytes(page) });
}

function mirrorBits(bytes: Uint8Array): void {
  for (let k = 0; k < bytes.length; k++) bytes[k] = mirrored[bytes[k] as number] as number;
}

const mirrored = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number.parseInt(byte.toString(2).padStart(8, "0").split("").reverse().join(""), 2),
);

function place({ file, page, sample }: PageRead, k: number, bytes: Uint8Array, target: Voxels): void {
  const { blocks, width, words } = page;
  const [rows, top, left] = [
    rowsOf(page, k),
    Math.floor(k / blocks.across) * blocks.height,
    (k % blocks.across) * blocks.width,
  ];
  const [numbers, step] = [rowNumbers(page), page.apart ? 1 : page.samples];
  const own = { ...words, littleEndian: true };
  if (page.bits >= 8 && step === 1 && blocks.width === width) {
    unpack(file.path, bytes, own, target, top * width);
    return;
  }
  const row = zeros(typeFor(file.path, words), numbers);
  const columns = Math.min(blocks.width, width - left);
  for (let y = 0; y < rows; y++) {
    const line = bytes.subarray(y * rowBytes(page), (y + 1) * rowBytes(page));
    if (page.bits < 8) unpackBits(line, page.bits, row);
    else unpack(file.path, line, own, row, 0);
    const to = (top + y) * width + left;
    if (step === 1) target.set(row.subarray(0, columns), to);
    else for (let x = 0; x < columns; x++) target[to + x] = row[x * step + sample] as number;
  }
}

/** Numbers of 1, 2 or 4 bits, the highest bits first. */
export function unpackBits(bytes: Uint8Array, bits: number, target: Voxels): void {
  const mask = 2 ** bits - 1;
  for (let k = 0; k < target.length; k++) {
    const at = k * bits;
    target[k] = ((bytes[at >> 3] as number) >> (8 - bits - (at & 7))) & mask;
  }
}
