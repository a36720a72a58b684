import { fromFile, type GeoTIFFImage, getDecoder } from "geotiff";
import { checkClaim } from "./capacity.js";
import { type OpenFile, withFile } from "./file.js";
import type { Reading } from "./format.js";
import { type Pages, pagesInMemory } from "./pages.js";
import { tiffDirectories } from "./tiff-directories.js";
import { imageJ, type TiffDescription, tiffVoxelSize } from "./tiff-scale.js";
import { guarded, Unreadable } from "./unreadable.js";
import { type Picture, type Shape, usualAxes, type Voxels, zeros } from "./volume.js";
import { typeFor, unpack, type Words } from "./voxel-words.js";

/** One page: its size, how its numbers lie, and how they are packed. */
interface Page {
  readonly width: number;
  readonly height: number;
  readonly words: Words;
  readonly compression: number;
  readonly predictor: number;
}

/** Reads every page of a TIFF file as one slice. @throws Unreadable */
export function readTiff(path: string, reading: Reading): Promise<Picture> {
  return withFile(path, async (file) => {
    const { offsets, littleEndian } = tiffDirectories(file);
    const tiff = await guarded(path, "its header cannot be read", () => fromFile(path));
    try {
      // Lists that geotiff 3.0.5 loads late, it reads in the order of small machines whatever the file says.
      tiff.parser.eager = true;
      const first = await guarded(path, "page 1 cannot be read", () => tiff.getImage(0));
      const page = await guarded(path, "page 1 cannot be read", () => describe(path, first, littleEndian));
      const description = await guarded(path, "its description cannot be read", () => descriptionOf(first));
      const behind = contiguousSlices(path, description, offsets.length, page);
      const slices = behind ?? offsets.length;
      const shape: Shape = [slices, page.height, page.width];
      const type = typeFor(path, page.words);
      const packed = page.compression !== 1;
      checkClaim({ path, shape, type, bytesPerVoxel: page.words.bytes, stored: file.size, packed, reading });
      const pages = (reading.pages ?? pagesInMemory)(shape, type);
      if (behind !== null) await readContiguous(file, first, page, pages, slices);
      else {
        for (let k = 0; k < slices; k++) {
          const image = k === 0 ? first : await guarded(path, `page ${k + 1} cannot be read`, () => tiff.getImage(k));
          await guarded(path, `page ${k + 1} cannot be read`, async () => {
            const own = await describe(path, image, littleEndian);
            sameAsFirst(path, page, own, k + 1);
            await readPage(file, image, own, pages.at(k), 0);
            pages.done(k);
          });
        }
      }
      const voxelSize = tiffVoxelSize(description, slices);
      return { data: pages.all, shape, voxelSize, axes: usualAxes, provenance: [`read from TIFF ${path}`] };
    } finally {
      await tiff.close();
    }
  });
}

type TagName = "Compression" | "Predictor" | "PlanarConfiguration" | "SampleFormat" | "PhotometricInterpretation";

async function tag(image: GeoTIFFImage, name: TagName, absent: number): Promise<number> {
  const value: unknown = image.fileDirectory.hasTag(name) ? await image.fileDirectory.loadValue(name) : absent;
  return Number(typeof value === "object" && value !== null ? (value as ArrayLike<number>)[0] : value);
}

async function describe(path: string, image: GeoTIFFImage, littleEndian: boolean): Promise<Page> {
  const samples = image.getSamplesPerPixel();
  if (samples !== 1) {
    throw new Unreadable(path, `found ${samples} channels (a colour picture); one grey or label channel is allowed.`);
  }
  if ((await tag(image, "PhotometricInterpretation", 1)) === 3) {
    throw new Unreadable(path, "found colours from a palette; one grey or label channel is allowed.");
  }
  const bits = image.getBitsPerSample(0);
  const format = image.getSampleFormat(0);
  if (bits % 8 !== 0) throw new Unreadable(path, `found ${bits} bits a voxel; 8, 16, 32 and 64 are allowed.`);
  const kind = format === 3 ? "float" : format === 2 ? "signed" : "unsigned";
  return {
    width: image.getWidth(),
    height: image.getHeight(),
    words: { kind, bytes: bits / 8, littleEndian },
    compression: await tag(image, "Compression", 1),
    predictor: await tag(image, "Predictor", 1),
  };
}

async function descriptionOf(image: GeoTIFFImage): Promise<TiffDescription> {
  const load = async (name: "XResolution" | "YResolution") => {
    if (!image.fileDirectory.hasTag(name)) return Number.NaN;
    const value = Array.from((await image.fileDirectory.loadValue(name)) as unknown as ArrayLike<number>);
    return value.length === 2 ? value[0]! / value[1]! : Number(value[0]);
  };
  const has = image.fileDirectory.hasTag("ImageDescription");
  const text: unknown = has ? await image.fileDirectory.loadValue("ImageDescription") : "";
  return {
    text: String(text ?? "").replaceAll("\0", ""),
    resolution: [await load("XResolution"), await load("YResolution")],
  };
}

/** Slices that ImageJ put behind one another under a single directory, or null when each has its own. */
function contiguousSlices(path: string, description: TiffDescription, pages: number, page: Page): number | null {
  const lines = imageJ(description);
  if (lines === null) return null;
  for (const kind of ["channels", "frames"]) {
    const count = Number(lines.get(kind) ?? 1);
    if (count > 1) throw new Unreadable(path, `found ${count} ${kind}; a volume has one. Save them apart.`);
  }
  const images = Number(lines.get("images") ?? 1);
  if (images === pages) return null;
  if (pages === 1 && images > 1 && page.compression === 1) return images;
  throw new Unreadable(path, `its description says ${images} slices; found ${pages} pages.`);
}

async function readContiguous(
  file: OpenFile,
  image: GeoTIFFImage,
  page: Page,
  pages: Pages,
  slices: number,
): Promise<void> {
  const start = Number(await image.fileDirectory.loadValueIndexed("StripOffsets", 0));
  const size = page.width * page.height;
  const length = size * page.words.bytes;
  for (let z = 0; z < slices; z++) {
    unpack(file.path, file.bytes(start + z * length, length), page.words, pages.at(z), 0);
    pages.done(z);
  }
}

function sameAsFirst(path: string, first: Page, own: Page, number: number): void {
  const text = ({ width, height, words }: Page) => `${width} × ${height} of ${8 * words.bytes}-bit ${words.kind}`;
  if (text(first) === text(own)) return;
  throw new Unreadable(path, `page ${number} is ${text(own)}; page 1 is ${text(first)}. All pages of a volume agree.`);
}

/** Unpacks the blocks (strips or tiles) of a page. */
async function readPage(file: OpenFile, image: GeoTIFFImage, page: Page, data: Voxels, at: number): Promise<void> {
  const [blockWidth, blockHeight] = [image.getTileWidth(), image.getTileHeight()];
  const { bytes } = page.words;
  checkBlock(file.path, page, blockWidth, blockHeight, image.isTiled);
  const decoder = await getDecoder(page.compression, {
    tileWidth: blockWidth,
    tileHeight: blockHeight,
    // Differences between neighbours are undone below: the library takes words for those of this machine.
    predictor: page.predictor === 2 ? 1 : page.predictor,
    bitsPerSample: 8 * bytes,
    planarConfiguration: 1,
  });
  const names = image.isTiled
    ? (["TileOffsets", "TileByteCounts"] as const)
    : (["StripOffsets", "StripByteCounts"] as const);
  const across = Math.ceil(page.width / blockWidth);
  const down = Math.ceil(page.height / blockHeight);
  for (let k = 0; k < across * down; k++) {
    const offset = Number(await image.fileDirectory.loadValueIndexed(names[0], k));
    const length = Number(await image.fileDirectory.loadValueIndexed(names[1], k));
    const decoded = new Uint8Array(await decoder.decode(file.bytes(offset, length).buffer as ArrayBuffer));
    const top = Math.floor(k / across) * blockHeight;
    const rows = Math.min(blockHeight, page.height - top);
    if (decoded.length < rows * blockWidth * bytes) {
      throw new Unreadable(file.path, `a block holds ${decoded.length} bytes; ${rows * blockWidth * bytes} are due.`);
    }
    place(file.path, decoded, page, { blockWidth, rows, top, left: (k % across) * blockWidth }, data, at);
  }
}

function checkBlock(path: string, page: Page, width: number, height: number, tiled: boolean): void {
  const inside = tiled
    ? width <= page.width + 65_536 && height <= page.height + 65_536
    : width === page.width && height >= 1;
  if (inside && width >= 1 && height >= 1) return;
  throw new Unreadable(path, `found blocks of ${width} × ${height} in a page of ${page.width} × ${page.height}.`);
}

interface Block {
  readonly blockWidth: number;
  readonly rows: number;
  readonly top: number;
  readonly left: number;
}

function place(path: string, decoded: Uint8Array, page: Page, block: Block, data: Voxels, at: number): void {
  const { blockWidth, rows, top, left } = block;
  // The floating-point predictor leaves words in the order of small machines whatever the file's order.
  const words = page.predictor === 3 ? { ...page.words, littleEndian: true } : page.words;
  const columns = Math.min(blockWidth, page.width - left);
  const row = zeros(typeFor(path, words), blockWidth);
  for (let y = 0; y < rows; y++) {
    const from = y * blockWidth * words.bytes;
    unpack(path, decoded.subarray(from, from + blockWidth * words.bytes), words, row, 0);
    if (page.predictor === 2) for (let x = 1; x < blockWidth; x++) row[x] = row[x]! + row[x - 1]!;
    data.set(row.subarray(0, columns), at + (top + y) * page.width + left);
  }
}
