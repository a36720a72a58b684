import { plainLayout, type TiffLayout, tiffFile } from "../tiff-file.js";
import type { Draws } from "./draws.js";
import type { MutatedFormat, Seed } from "./format.js";

/** TIFF of many dialects: byte orders, BigTIFF, packings, predictors, tiles, widths of numbers, descriptions. */
export const mutatedTiff: MutatedFormat = { name: "TIFF", count: 10_000, seeds, own: otherEntry };

const numbers = (pages: number, height: number, width: number, top: number) =>
  Array.from({ length: pages }, (_, z) =>
    Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_, x) => (z * 401 + y * 37 + (x > 5 ? x * x : 3)) % top),
    ),
  );

const ome =
  '<OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image><Pixels DimensionOrder="XYCZT" SizeX="9" SizeY="7" SizeZ="4" SizeC="1" SizeT="1" PhysicalSizeX="0.4" PhysicalSizeY="0.4" PhysicalSizeZ="0.5"><TiffData IFD="0" PlaneCount="4"/></Pixels></Image></OME>';

type Dialect = Partial<TiffLayout> & { readonly reading?: Seed["reading"] };

/** What differs from a plain file. */
const dialects: readonly Dialect[] = [
  {},
  ...[5, 8, 32773, 32946].flatMap((compression) => [{ compression }, { compression, predictor: 2 as const }]),
  { compression: 5, bits: 16, predictor: 2, tile: 16 },
  { bits: 16 },
  { bits: 32 },
  { bits: 64, signed: true },
  { bits: 32, float: true, compression: 8, predictor: 3 },
  { bits: 64, float: true },
  { bits: 1, compression: 32773 },
  { bits: 4, fillOrder: 2 },
  { tile: 16 },
  { tile: 16, compression: 8 },
  { samples: 3, photometric: 2, reading: { channel: 1 } },
  { samples: 3, planar: 2, photometric: 1, reading: { channel: 3 } },
  { subfile: (page) => (page === 1 ? 1 : 0) },
  { photometric: 0, reading: { levels: "shown" } },
  { photometric: 3, colours: Array.from({ length: 768 }, (_, k) => (k % 256) * 257) },
  { description: "ImageJ=1.53t\nimages=4\nslices=4\nunit=nm\nspacing=500\n", resolution: [1 / 398, 1 / 398] },
  { description: "ImageJ=1.53t\nimages=4\nchannels=2\nslices=2\n", reading: { channel: 2 } },
  { description: '{"shape": [4, 7, 9], "axes": "ZYX"}' },
  { description: ome },
];

function seeds(): Seed[] {
  return dialects.flatMap(({ reading = {}, ...dialect }, k) => {
    const layout = { ...plainLayout, ...dialect };
    const top = Math.min(2 ** layout.bits, 60_000);
    const pages = numbers(4, 7, 9 * (layout.samples ?? 1), top);
    return [false, true].flatMap((big) => {
      const littleEndian = (k + Number(big)) % 2 === 0;
      return [{ reading, open: "a.tif", files: { "a.tif": tiffFile(pages, { ...layout, big, littleEndian }) } }];
    });
  });
}

const interesting = [
  0,
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  16,
  32,
  64,
  100,
  255,
  256,
  4096,
  32773,
  65_535,
  65_536,
  2 ** 31,
  2 ** 32 - 1,
];

/** Changes tag, type, count or value of one entry of the first directory; null where there is none. */
function otherEntry(bytes: Uint8Array, draws: Draws): Uint8Array | null {
  if (bytes.length < 32) return null;
  const copy = new Uint8Array(bytes);
  const view = new DataView(copy.buffer);
  const little = copy[0] === 0x49;
  const big = view.getUint16(2, little) === 43;
  const at = big ? Number(view.getBigUint64(8, little)) : view.getUint32(4, little);
  const [countBytes, entryBytes, inline] = big ? [8, 20, 8] : [2, 12, 4];
  if (at + countBytes > copy.length) return null;
  const entries = big ? Number(view.getBigUint64(at, little)) : view.getUint16(at, little);
  const entry = at + countBytes + draws.below(Math.max(1, Math.min(entries, 64))) * entryBytes;
  if (entry + entryBytes > copy.length) return null;
  const whole = (place: number, value: number) =>
    big ? view.setBigUint64(place, BigInt(value), little) : view.setUint32(place, value, little);
  const part = draws.below(8);
  if (part === 0)
    view.setUint16(
      entry,
      draws.of([254, 256, 257, 258, 259, 262, 266, 270, 273, 277, 278, 279, 284, 317, 320, 322, 323, 324, 325, 339]),
      little,
    );
  else if (part === 1) view.setUint16(entry + 2, draws.below(20), little);
  else if (part === 2) whole(entry + 4, draws.of(interesting));
  else if (part === 3) whole(entry + 4 + inline, draws.below(copy.length));
  else if (part < 6) view.setUint16(entry + 4 + inline, draws.of(interesting) & 65_535, little);
  else whole(entry + 4 + inline, draws.of(interesting));
  return copy;
}
