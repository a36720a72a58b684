import { checkCompression } from "./tiff-packing.js";
import type { TiffTags } from "./tiff-tags.js";
import { Unreadable } from "./unreadable.js";
import { typeFor, type Words } from "./voxel-words.js";

/** One page: its size, how its numbers lie, and how they are packed. */
export interface TiffPage {
  readonly width: number;
  readonly height: number;
  /** Numbers of a pixel. */
  readonly samples: number;
  /** Whether each sample has a plane of its own. */
  readonly apart: boolean;
  /** Bits of a number; fewer than eight lie in rows that end with a byte. */
  readonly bits: number;
  readonly words: Omit<Words, "littleEndian">;
  readonly compression: number;
  readonly predictor: number;
  /** Whether the lowest bit of each byte comes first. */
  readonly lowBitFirst: boolean;
  readonly photometric: number;
  readonly blocks: TiffBlocks;
}

/** Strips or tiles that a page is cut into. */
export interface TiffBlocks {
  readonly tiled: boolean;
  readonly width: number;
  readonly height: number;
  readonly across: number;
  readonly down: number;
}

/** Kinds of numbers by the tag SampleFormat; without meaning (4) they are taken for plain ones. */
const formats: Readonly<Record<number, Words["kind"]>> = { 1: "unsigned", 2: "signed", 3: "float", 4: "unsigned" };

/** What a page says of itself. @throws Unreadable for what is not read, by its name */
export function tiffPage(path: string, tags: TiffTags): TiffPage {
  const [width, height, samples] = [tags.number(256, 0), tags.number(257, 0), tags.number(277, 1)];
  if (!(width >= 1 && height >= 1 && Number.isSafeInteger(width * height)))
    throw new Unreadable(path, `found a page of ${width} × ${height} pixels; at least one is due each way.`);
  const bits = sameOf(path, tags.numbers(258), "bits a sample", 1);
  const format = sameOf(path, tags.numbers(339), "sample formats", 1);
  const kind = formats[format];
  if (kind === undefined)
    throw new Unreadable(
      path,
      `found ${format === 5 || format === 6 ? "complex numbers" : `the sample format ${format}`}; whole and floating-point numbers are allowed.`,
    );
  const few = kind === "unsigned" && [1, 2, 4].includes(bits);
  if (bits % 8 !== 0 && !few)
    throw new Unreadable(path, `found ${bits} bits a voxel; 1, 2, 4, 8, 16, 32 and 64 are allowed.`);
  const words = { kind, bytes: few ? 1 : bits / 8 };
  typeFor(path, words);
  const page = {
    ...{ width, height, samples, bits, words },
    apart: samples > 1 && tags.number(284, 1) === 2,
    compression: tags.number(259, 1),
    predictor: tags.number(317, 1),
    lowBitFirst: tags.number(266, 1) === 2,
    photometric: tags.number(262, 1),
  };
  checkWays(path, page, tags);
  return { ...page, blocks: blocksOf(path, page, tags) };
}

function sameOf(path: string, values: readonly number[], what: string, absent: number): number {
  const [first = absent] = values;
  if (values.every((value) => value === first)) return first;
  throw new Unreadable(path, `found samples of several ${what} (${values.slice(0, 8).join(", ")}); one is allowed.`);
}

type Ways = Omit<TiffPage, "blocks">;

function checkWays(path: string, { compression, predictor, words, bits, samples }: Ways, tags: TiffTags): void {
  checkCompression(path, compression);
  if (!(Number.isInteger(samples) && samples >= 1 && samples <= 65_535))
    throw new Unreadable(path, `found ${samples} samples a pixel; at least one is due.`);
  if (![1, 2, 3].includes(predictor) || (predictor === 3 && words.kind !== "float") || (predictor > 1 && bits < 8))
    throw new Unreadable(
      path,
      `found the predictor ${predictor} on ${bits}-bit ${words.kind} numbers; allowed: none (1), differences (2) of 8 to 64 bits, and those of floating-point numbers (3).`,
    );
  const orientation = tags.number(274, 1);
  if (orientation > 1)
    throw new Unreadable(
      path,
      `found the orientation ${orientation}: rows or columns are to be shown turned or mirrored, which some programs do and others do not. Save it again as it is to lie (orientation 1): in ImageJ File > Save As > Tiff.`,
    );
  if (tags.number(32_997, 1) > 1)
    throw new Unreadable(
      path,
      `found ${tags.number(32_997, 1)} slices in one page (ImageDepth); one a page is allowed.`,
    );
  if (tags.has(33_629))
    throw new Unreadable(path, "found a MetaMorph stack (STK); in ImageJ File > Save As > Tiff makes slices of it.");
}

function blocksOf(path: string, { width, height, samples, apart, words, bits }: Ways, tags: TiffTags): TiffBlocks {
  const tiled = tags.has(322) || tags.has(324);
  const own = tiled
    ? { width: tags.number(322, 0), height: tags.number(323, 0) }
    : { width, height: Math.min(height, tags.number(278, height)) };
  const bytes = apart ? words.bytes : words.bytes * samples;
  const most = Math.max(2 ** 26, 4 * width * height * bytes);
  if (!(own.width >= 1 && own.height >= 1 && own.width * own.height * bytes <= most))
    throw new Unreadable(
      path,
      `found blocks of ${own.width} × ${own.height} pixels of ${bits} bits in a page of ${width} × ${height}; the file is damaged.`,
    );
  return { tiled, ...own, across: Math.ceil(width / own.width), down: Math.ceil(height / own.height) };
}
