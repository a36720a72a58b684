import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readPicture } from "../../src/imaging/volume/files.js";
import type { Reading } from "../../src/imaging/volume/format.js";
import { plainLayout, type TiffLayout, tiffFile } from "../../validation/imaging/tiff-file.js";
import { lzwPacked } from "../../validation/imaging/tiff-packing.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Pages of 3 × 4 whose numbers go on from one to the next. */
const counted = (pages: number, samples = 1) =>
  Array.from({ length: pages }, (_, p) =>
    Array.from({ length: 3 }, (_, y) => Array.from({ length: 4 * samples }, (_, x) => (p * 12 + y * 4) * samples + x)),
  );

async function read(pages: number[][][], layout: Partial<TiffLayout>, reading: Partial<Reading> = {}) {
  const path = join(folder, "a.tif");
  writeFileSync(path, tiffFile(pages, { ...plainLayout, ...layout }));
  const { data, shape, voxelSize } = await readPicture(path, reading);
  return { data: [...data], shape, voxelSize };
}

/** All numbers of pages in a row. */
const pagesOf = (pages: number[][][], ...numbers: number[]) => numbers.flatMap((p) => (pages[p] as number[][]).flat());

const ome = (order: string, [z, c, t]: readonly [number, number, number], inside = "") =>
  `<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0"><Pixels DimensionOrder="${order}" SizeX="4" SizeY="3" SizeZ="${z}" SizeC="${c}" SizeT="${t}" PhysicalSizeX="400" PhysicalSizeXUnit="nm" PhysicalSizeY="0.4" PhysicalSizeZ="0.5">${inside}</Pixels></Image></OME>`;

describe("several channels and times", () => {
  it("of OME: refused with what to say, then the one that is chosen, in any order of axes", async () => {
    const pages = counted(12);
    const description = ome("XYZCT", [2, 3, 2], '<TiffData IFD="0" PlaneCount="12"/>');
    await expect(read(pages, { description })).rejects.toThrow(
      "found 3 channels; a volume has one. Choose it: --channel 1 to --channel 3.",
    );
    await expect(read(pages, { description }, { channel: 2 })).rejects.toThrow(/--time 1 to --time 2/);
    await expect(read(pages, { description }, { channel: 4, time: 1 })).rejects.toThrow(/--channel 4 is not among/);
    const second = await read(pages, { description }, { channel: 3, time: 2 });
    expect(second).toEqual({ data: pagesOf(pages, 10, 11), shape: [2, 3, 4], voxelSize: [0.5, 0.4, 0.4] });
    const fast = await read(pages, { description: ome("XYCTZ", [2, 3, 2]) }, { channel: 3, time: 1 });
    expect(fast.data).toEqual(pagesOf(pages, 2, 8));
  });

  it("of OME: pages by TiffData, whatever their order; missing ones, several files and pictures are refused", async () => {
    const pages = counted(2);
    const back = '<TiffData IFD="1" FirstZ="0" FirstC="0" FirstT="0"/><TiffData IFD="0" FirstZ="1"/>';
    expect((await read(pages, { description: ome("XYZCT", [2, 1, 1], back) })).data).toEqual(pagesOf(pages, 1, 0));
    await expect(read(pages, { description: ome("XYZCT", [3, 1, 1]) })).rejects.toThrow(/none for slice 3/);
    const named = ["a", "b"].map(
      (name, k) => `<TiffData FirstZ="${k}"><UUID FileName="${name}.tif">x</UUID></TiffData>`,
    );
    await expect(read(pages, { description: ome("XYZCT", [2, 1, 1], named.join("")) })).rejects.toThrow(/over 2 files/);
    const twice = ome("XYZCT", [2, 1, 1]).replace("</Image>", '</Image><Image><Pixels SizeX="4"/></Image>');
    await expect(read(pages, { description: twice })).rejects.toThrow(/2 pictures/);
    const wide = ome("XYZCT", [2, 1, 1]).replace('SizeX="4"', 'SizeX="5"');
    await expect(read(pages, { description: wide })).rejects.toThrow(/3 × 5 pixels; its pages have 3 × 4/);
  });

  it("of ImageJ: channels run fastest, then slices, then times", async () => {
    const pages = counted(12);
    const description = "ImageJ=1.53t\nimages=12\nchannels=3\nslices=2\nframes=2\nhyperstack=true\n";
    const found = await read(pages, { description }, { channel: 2, time: 2 });
    expect(found.data).toEqual(pagesOf(pages, 7, 10));
    const frames = "ImageJ=1.53t\nimages=12\nframes=12\n";
    await expect(read(pages, { description: frames })).rejects.toThrow(/Image > Properties: Slices 12/);
    expect((await read(pages, { description: frames }, { time: 5 })).data).toEqual(pagesOf(pages, 4));
    const wrong = "ImageJ=1.53t\nimages=12\nchannels=5\nslices=2\n";
    await expect(read(pages, { description: wrong })).rejects.toThrow(/do not agree/);
  });

  it("of tifffile: axes by their names, unnamed ones never merged, pages as many as the shape says", async () => {
    const pages = counted(4);
    const named = '{"shape": [2, 2, 3, 4], "axes": "ZCYX", "unit": "um", "spacing": 0.5}';
    const found = await read(pages, { description: named, resolution: [2.5, 2.5] }, { channel: 2 });
    expect(found).toEqual({ data: pagesOf(pages, 1, 3), shape: [2, 3, 4], voxelSize: [0.5, 0.4, 0.4] });
    await expect(read(pages, { description: '{"shape": [2, 2, 3, 4]}' })).rejects.toThrow(/does not name the axes/);
    await expect(read(pages, { description: '{"shape": [5, 3, 4]}' })).rejects.toThrow(/5 pages; found 4/);
    await expect(read(pages, { description: '{"shape": [4, 3, 5]}' })).rejects.toThrow(/its pages are 3 × 4/);
    await expect(read(pages, { description: '{"shape": [4, 3' })).rejects.toThrow(/no whole JSON/);
    expect((await read(pages, { description: "shape=(1, 4, 3, 4)" })).shape).toEqual([4, 3, 4]);
  });

  it("of tifffile: slices that all lie behind one page", async () => {
    const pages = counted(3);
    const bytes = [
      ...tiffFile([pages[0] as number[][]], { ...plainLayout, rows: 3, description: '{"shape": [3, 3, 4]}' }),
    ];
    const path = join(folder, "behind.tif");
    const at = new DataView(Uint8Array.from(bytes).buffer).getUint32(4, true);
    const whole = Uint8Array.from([...bytes, ...pagesOf(pages, 0, 1, 2)]);
    const view = new DataView(whole.buffer);
    for (let entry = at + 2; ; entry += 12) {
      if (view.getUint16(entry, true) !== 273) continue;
      view.setUint32(entry + 8, bytes.length, true);
      break;
    }
    writeFileSync(path, whole);
    expect([...(await readPicture(path)).data]).toEqual(pagesOf(pages, 0, 1, 2));
    writeFileSync(path, whole.slice(0, -1));
    await expect(readPicture(path)).rejects.toThrow(/ends at byte/);
  });

  it("samples of a pixel: one is chosen, side by side or apart; colours say how to make grey of them", async () => {
    const pages = counted(2, 3);
    const green = pages.flat(2).filter((_, k) => k % 3 === 1);
    for (const planar of [1, 2] as const) {
      for (const compression of [1, 5, 8]) {
        const layout = { samples: 3, planar, compression, predictor: compression === 1 ? 1 : 2 } as const;
        expect((await read(pages, layout, { channel: 2 })).data).toEqual(green);
      }
    }
    await expect(read(pages, { samples: 3, photometric: 2 })).rejects.toThrow(/Image > Type > 8-bit, or .*--channel 3/);
    await expect(read(pages, { samples: 3, photometric: 6 }, { channel: 1 })).rejects.toThrow(/Image > Type > 8-bit/);
  });
});

describe("numbers that are shown as others", () => {
  it("0 as white: turned over or as stored, as the user says", async () => {
    const pages = counted(2);
    await expect(read(pages, { photometric: 0 })).rejects.toThrow(/--levels shown .* --levels stored/);
    expect((await read(pages, { photometric: 0 }, { levels: "stored" })).data).toEqual(pages.flat(2));
    const shown = await read(pages, { photometric: 0, bits: 16 }, { levels: "shown" });
    expect(shown.data).toEqual(pages.flat(2).map((value) => 65_535 - value));
    await expect(read(pages, { photometric: 0, bits: 32 }, { levels: "shown" })).rejects.toThrow(/up to 16 bits/);
  });

  it("palettes: colours are labels by their number, a plain grey one is no palette", async () => {
    const pages = counted(2);
    const colours = Array.from({ length: 768 }, (_, k) => (k * 7919) % 65_536);
    await expect(read(pages, { photometric: 3, colours })).rejects.toThrow(/--levels stored/);
    expect((await read(pages, { photometric: 3, colours }, { levels: "stored" })).data).toEqual(pages.flat(2));
    const grey = Array.from({ length: 768 }, (_, k) => (k % 256) * 257);
    expect((await read(pages, { photometric: 3, colours: grey })).data).toEqual(pages.flat(2));
    const turned = grey.map((value) => 65_535 - value);
    const shown = await read(pages, { photometric: 3, colours: turned }, { levels: "shown" });
    expect(shown.data).toEqual(pages.flat(2).map((value) => 255 - value));
  });
});

describe("ways of lying in a file", () => {
  it("1, 2 and 4 bits, the lowest bit first as well", async () => {
    for (const bits of [1, 2, 4] as const) {
      for (const fillOrder of [1, 2] as const) {
        for (const layout of [{}, { tile: 16 }, { compression: 32773 }, { compression: 5 }]) {
          const pages = counted(2).map((page) => page.map((row) => row.map((value) => value % 2 ** bits)));
          expect((await read(pages, { bits, fillOrder, ...layout })).data).toEqual(pages.flat(2));
        }
      }
    }
  });

  it("signed and wide numbers, both orders, differences of all widths and of floating-point numbers", async () => {
    const pages = counted(2);
    for (const littleEndian of [true, false]) {
      for (const predictor of [1, 2] as const) {
        for (const bits of [16, 32, 64] as const)
          expect((await read(pages, { bits, signed: true, littleEndian, predictor, compression: 8 })).data).toEqual(
            pages.flat(2),
          );
      }
      const halves = pages.map((page) => page.map((row) => row.map((value) => value / 2 - 3)));
      for (const bits of [32, 64] as const) {
        for (const predictor of [1, 2, 3] as const) {
          const layout = { bits, float: true, littleEndian, predictor, compression: 8 };
          expect((await read(halves, layout)).data).toEqual(halves.flat(2));
        }
      }
    }
  });

  it("thumbnails and masks among pages are passed over", async () => {
    const pages = counted(4);
    expect((await read(pages, { subfile: (page) => page % 2 })).data).toEqual(pagesOf(pages, 0, 2));
    expect((await read(pages, { littleEndian: false, subfile: (page) => (page === 3 ? 4 : 2) })).data).toEqual(
      pagesOf(pages, 0, 1, 2),
    );
    await expect(read(pages, { subfile: () => 1 })).rejects.toThrow(/thumbnails/);
  });

  it("LZW of long codes and of nothing but one level", async () => {
    const wide = [
      Array.from({ length: 60 }, (_, y) => Array.from({ length: 300 }, (_, x) => (y * y * 31 + x * x * 7) % 256)),
    ];
    expect((await read(wide, { compression: 5, rows: 60 })).data).toEqual(wide.flat(2));
    const flat = [wide[0]?.map((row) => row.map(() => 0)) as number[][]];
    expect((await read(flat, { compression: 5, rows: 60 })).data).toEqual(flat.flat(2));
  });

  it("packings that are not read are named, turned pages and missing blocks refused", async () => {
    const pages = counted(1);
    for (const [compression, name] of [
      [2, "CCITT"],
      [4, "CCITT Group 4"],
      [6, "JPEG \\(old"],
      [7, "JPEG compression"],
      [34712, "JPEG 2000"],
      [34887, "LERC"],
      [50000, "Zstandard"],
      [50001, "WebP"],
    ] as const)
      await expect(read(pages, { compression })).rejects.toThrow(new RegExp(`found ${name}.*Save the file again`));
    await expect(read(pages, { orientation: 6 })).rejects.toThrow(/orientation 6/);
    expect((await read(pages, { orientation: 1 })).data).toEqual(pages.flat(2));
    await expect(read(pages, { more: { 33629: [1] } })).rejects.toThrow(/STK/);
    await expect(read(pages, { predictor: 3 })).rejects.toThrow(/predictor 3/);
  });

  it("a strip never gives more than it may hold, nor a damaged one anything", async () => {
    const packed = lzwPacked(new Uint8Array(5000));
    for (const [compression, strip, reason] of [
      [5, packed, /holds more than the 12 bytes/],
      [5, Uint8Array.of(0x80, 0x2a, 0x7f, 0xff, 0xff), /LZW code/],
      [32773, Uint8Array.of(129, 7, 129, 7), /holds more than the 12 bytes/],
      [32773, Uint8Array.of(0, 7), /holds 1 bytes; 12 are due/],
    ] as const) {
      const pages = counted(1);
      const bytes = [...tiffFile(pages, { ...plainLayout, compression, rows: 3 })];
      const file = Uint8Array.from([...bytes, ...strip]);
      const view = new DataView(file.buffer);
      const directory = view.getUint32(4, true);
      for (let k = 0, at = directory + 2; k < view.getUint16(directory, true); k++, at += 12) {
        if (view.getUint16(at, true) === 273) view.setUint32(at + 8, bytes.length, true);
        if (view.getUint16(at, true) === 279) view.setUint32(at + 8, strip.length, true);
      }
      const path = join(folder, "strip.tif");
      writeFileSync(path, file);
      await expect(readPicture(path)).rejects.toThrow(reason);
    }
  });

  it("places without a number are refused, saying where", async () => {
    const pages = counted(2);
    (pages[1]?.[2] as number[])[3] = Number.NaN;
    const layout = { bits: 32, float: true } as const;
    await expect(read(pages, layout)).rejects.toThrow(/found NaN at voxel 1, 2, 3/);
    (pages[1]?.[2] as number[])[3] = Number.POSITIVE_INFINITY;
    await expect(read(pages, layout)).rejects.toThrow(/found Infinity at voxel 1, 2, 3/);
  });
});

describe("the scale", () => {
  it("of ImageJ in cm, inch and µm; without a unit none", async () => {
    const said = (unit: string, perUnit: number) =>
      read(counted(2), {
        description: `ImageJ=1.53t\nimages=2\nslices=2\n${unit}spacing=${(2 / perUnit).toPrecision(13)}\n`,
        resolution: [perUnit, perUnit],
      }).then(({ voxelSize }) => voxelSize);
    expect(await said("unit=cm\n", 25_000)).toEqual([0.8, 0.4, 0.4]);
    expect(await said("unit=inch\n", 63_500)).toEqual([0.8, 0.4, 0.4]);
    expect(await said("unit=\\u00B5m\n", 2.5)).toEqual([0.8, 0.4, 0.4]);
    expect(await said("", 2.5)).toBeNull();
    expect(await said("unit=pixel\n", 1)).toBeNull();
  });
});
