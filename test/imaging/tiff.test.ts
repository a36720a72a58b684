import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readPicture } from "../../src/imaging/volume/files.js";
import { writeTiff } from "../../src/imaging/volume/tiff-writer.js";
import { volume } from "../../src/imaging/volume/volume.js";
import { plainLayout, type TiffLayout, tiffFile } from "../../validation/imaging/tiff-file.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));

const pages = (count: number, top: number) =>
  Array.from({ length: count }, (_, z) =>
    Array.from({ length: 7 }, (_, y) =>
      Array.from({ length: 11 }, (_, x) => (z * 401 + y * 37 + (x > 5 ? x * x : 3)) % top),
    ),
  );

async function readBack(stack: number[][][], layout: TiffLayout) {
  const path = join(folder, "stack.tif");
  writeFileSync(path, tiffFile(stack, layout));
  return readPicture(path);
}

describe("reading TIFF", () => {
  for (const littleEndian of [true, false]) {
    for (const big of [true, false]) {
      for (const compression of [1, 5, 8, 32773, 32946] as const) {
        for (const predictor of [1, 2] as const) {
          for (const bits of [8, 16] as const) {
            const name = `${littleEndian ? "little" : "big"}-endian${big ? " BigTIFF" : ""}, packed by ${compression}, predictor ${predictor}, ${bits} bits`;
            it(name, async () => {
              const stack = pages(3, 2 ** bits);
              const { data, shape } = await readBack(stack, {
                ...plainLayout,
                littleEndian,
                big,
                compression,
                predictor,
                bits,
              });
              expect(shape).toEqual([3, 7, 11]);
              expect([...data]).toEqual(stack.flat(2));
            });
          }
        }
      }
    }
  }

  it("takes floating-point numbers, tiles and 32-bit labels in both byte orders", async () => {
    for (const littleEndian of [true, false]) {
      const stack = pages(2, 1000);
      const float = await readBack(stack, { ...plainLayout, littleEndian, bits: 32, float: true });
      expect(float.data).toBeInstanceOf(Float32Array);
      expect([...float.data]).toEqual(stack.flat(2));
      const tiled = await readBack(stack, { ...plainLayout, littleEndian, bits: 16, tile: 16, compression: 8 });
      expect([...tiled.data]).toEqual(stack.flat(2));
      const wide = await readBack(stack, { ...plainLayout, littleEndian, bits: 32 });
      expect([...wide.data]).toEqual(stack.flat(2));
    }
  });

  it("reads the scale of ImageJ and of OME, and takes no meaning from resolution alone", async () => {
    const description = "ImageJ=1.53t\nimages=3\nslices=3\nunit=nm\nspacing=500\n";
    const scaled = await readBack(pages(3, 200), { ...plainLayout, description, resolution: [1 / 398, 1 / 398] });
    expect(scaled.voxelSize![0]).toBe(0.5);
    expect(Math.abs(scaled.voxelSize![1] / 0.398 - 1)).toBeLessThan(1e-3);
    const ome = `<OME xmlns="x"><Image><Pixels Type="uint8" PhysicalSizeX="250" PhysicalSizeXUnit="nm" PhysicalSizeY="0.25" PhysicalSizeZ="1" PhysicalSizeZUnit="&#181;m"/></Image></OME>`;
    expect((await readBack(pages(3, 200), { ...plainLayout, description: ome })).voxelSize).toEqual([1, 0.25, 0.25]);
    expect((await readBack(pages(3, 200), { ...plainLayout, resolution: [72, 72] })).voxelSize).toBeNull();
  });

  it("reads slices that ImageJ put behind one another under one directory", async () => {
    const stack = pages(5, 200);
    const description = "ImageJ=1.53t\nimages=5\nslices=5\n";
    const tall = [stack.flat()];
    const bytes = tiffFile(tall, { ...plainLayout, description });
    const view = new DataView(bytes.buffer);
    const path = join(folder, "contiguous.tif");
    // The directory then says seven rows; the others lie behind them.
    for (let at = view.getUint32(4, true) + 2; ; at += 12) {
      if (view.getUint16(at, true) !== 257) continue;
      view.setUint32(at + 8, 7, true);
      break;
    }
    writeFileSync(path, bytes);
    const { data, shape } = await readPicture(path);
    expect(shape).toEqual([5, 7, 11]);
    expect([...data]).toEqual(stack.flat(2));
  });
});

describe("writing TIFF", () => {
  it("gives back every type to the bit, with the voxel size", async () => {
    for (const data of [
      Uint8Array.from({ length: 60 }, (_, k) => (k * 37) % 256),
      Uint16Array.from({ length: 60 }, (_, k) => (k * 9973) % 65536),
      Int32Array.from({ length: 60 }, (_, k) => (k - 30) * 70_000_000),
      Float32Array.from({ length: 60 }, (_, k) => Math.sin(k) * 1e6),
    ]) {
      for (const deflate of [true, false]) {
        const path = join(folder, "written.tif");
        writeTiff(path, volume(data, [3, 4, 5], [0.5, 0.398, 0.1177]), { deflate });
        const back = await readPicture(path);
        expect(back.data).toEqual(data);
        expect(back.shape).toEqual([3, 4, 5]);
        expect(back.voxelSize).toEqual([0.5, 0.398, 0.1177]);
      }
    }
  });
});
