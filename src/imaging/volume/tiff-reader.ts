import { checkClaim } from "./capacity.js";
import { type OpenFile, withFile } from "./file.js";
import type { Reading } from "./format.js";
import { type Pages, pagesInMemory } from "./pages.js";
import { type Showing, showing } from "./shown-levels.js";
import { readTiffPage } from "./tiff-blocks.js";
import type { TiffPlanes } from "./tiff-content.js";
import { type TiffDirectories, type TiffDirectory, tiffDirectories } from "./tiff-directories.js";
import { type TiffPage, tiffPage } from "./tiff-page.js";
import { tiffPlanes } from "./tiff-planes.js";
import { undoPredictor } from "./tiff-predictor.js";
import { type TiffDescription, tiffVoxelSize } from "./tiff-scale.js";
import { type TiffTags, tiffTags } from "./tiff-tags.js";
import { guarded, Unreadable } from "./unreadable.js";
import { type Picture, type Shape, usualAxes } from "./volume.js";
import { typeFor, unpack } from "./voxel-words.js";

/** An open file, where its pages lie, and what the first says. */
interface OpenTiff {
  readonly file: OpenFile;
  readonly directories: TiffDirectories;
  readonly first: TiffPage;
  readonly tags: TiffTags;
}

/** Reads the pages of a TIFF file as slices, of several channels or times the chosen ones. @throws Unreadable */
export function readTiff(path: string, reading: Reading): Promise<Picture> {
  return guarded(path, "it cannot be read", () =>
    withFile(path, (file) => {
      const directories = tiffDirectories(file);
      const tags = tiffTags(file, directories, directories.pages[0] as TiffDirectory);
      const first = tiffPage(path, tags);
      return readVoxels({ file, directories, first, tags }, reading);
    }),
  );
}

function readVoxels(open: OpenTiff, reading: Reading): Picture {
  const { file, directories, first, tags } = open;
  const { path, size } = file;
  const description = descriptionOf(tags);
  const planes = tiffPlanes({ path, description, pages: directories.pages.length, page: first }, reading);
  const shows = showing(path, shownBy(open), reading.levels);
  const shape: Shape = [planes.pages.length, first.height, first.width];
  const type = typeFor(path, first.words);
  const claim = { path, shape, type, bytesPerVoxel: first.bits / 8, stored: size, packed: first.compression !== 1 };
  checkClaim({ ...claim, reading });
  const pages = (reading.pages ?? pagesInMemory)(shape, type);
  if (planes.behind) readBehind(open, planes, pages, shows);
  else readPages(open, planes, pages, shows);
  const voxelSize = tiffVoxelSize(path, description, shape[0]);
  return { data: pages.all, shape, voxelSize, axes: usualAxes, provenance: provenanceOf(open, planes, reading) };
}

function provenanceOf({ file, directories, first }: OpenTiff, { note }: TiffPlanes, { levels }: Reading): string[] {
  const { passedOver } = directories;
  const turned = first.photometric === 0 && levels !== undefined ? `levels ${levels}` : null;
  const words = [note, passedOver > 0 ? `${passedOver} smaller copies passed over` : null, turned];
  const said = words.filter((word) => word !== null);
  return [`read from TIFF ${file.path}${said.length > 0 ? ` (${said.join("; ")})` : ""}`];
}

function descriptionOf(tags: TiffTags): TiffDescription {
  const resolution = [tags.number(282, Number.NaN), tags.number(283, Number.NaN)] as const;
  return { text: tags.text(270), resolution };
}

function shownBy({ first, tags, file }: OpenTiff) {
  const palette = first.photometric === 3 ? tags.numbers(320) : null;
  const { bits, words, photometric } = first;
  if (palette !== null && (bits > 16 || words.kind !== "unsigned" || palette.length !== 3 * 2 ** bits))
    throw new Unreadable(file.path, `found ${palette.length} numbers of a palette; ${3 * 2 ** bits} are due.`);
  return { whiteIsZero: photometric === 0, palette, bits, kind: words.kind };
}

function readPages({ file, directories, first }: OpenTiff, planes: TiffPlanes, pages: Pages, shows: Showing): void {
  const { littleEndian } = directories;
  for (const [z, k] of planes.pages.entries()) {
    const tags = tiffTags(file, directories, directories.pages[k] as TiffDirectory);
    const page = tiffPage(file.path, tags);
    sameAsFirst(file.path, first, page, k + 1);
    const target = pages.at(z);
    readTiffPage({ file, littleEndian, number: k + 1, page, tags, sample: planes.sample }, target);
    shows?.(target);
    pages.done(z);
  }
}

/** Planes that lie behind one another under a single directory, as ImageJ and tifffile write large ones. */
function readBehind({ file, directories, first, tags }: OpenTiff, planes: TiffPlanes, pages: Pages, shows: Showing) {
  const [start] = tags.numbers(273);
  if (start === undefined || first.samples > 1 || first.bits < 8 || first.lowBitFirst)
    throw new Unreadable(file.path, "found several planes behind one page that are no plain numbers of whole bytes.");
  const length = first.width * first.height * first.words.bytes;
  const how = { ...first.words, littleEndian: directories.littleEndian, predictor: 1, samples: 1, row: length };
  for (const [z, k] of planes.pages.entries()) {
    const bytes = undoPredictor(file.bytes(start + k * length, length), how);
    const target = pages.at(z);
    unpack(file.path, bytes, { ...first.words, littleEndian: true }, target, 0);
    shows?.(target);
    pages.done(z);
  }
}

function sameAsFirst(path: string, first: TiffPage, own: TiffPage, number: number): void {
  const text = ({ width, height, bits, words, samples, photometric }: TiffPage) =>
    `${width} × ${height} of ${bits}-bit ${words.kind}${samples > 1 ? `, ${samples} samples` : ""}${photometric === 1 ? "" : `, PhotometricInterpretation ${photometric}`}`;
  if (text(first) === text(own)) return;
  throw new Unreadable(path, `page ${number} is ${text(own)}; page 1 is ${text(first)}. All pages of a volume agree.`);
}
