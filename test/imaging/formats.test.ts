import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { encode } from "fast-png";
import { zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { readPicture, readVolume } from "../../src/imaging/volume/files.js";
import { npy } from "../../src/imaging/volume/npy.js";
import { omeZarr } from "../../src/imaging/volume/ome-zarr.js";
import { naturalOrder } from "../../src/imaging/volume/slices.js";
import { perMicrometre, writeTiff } from "../../src/imaging/volume/tiff-writer.js";
import { crop, rescaled, type Voxels, volume } from "../../src/imaging/volume/volume.js";
import { bytesOf } from "../../src/imaging/volume/voxel-words.js";
import { measuredFile } from "../../validation/measured-data.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));

const pictures: readonly Voxels[] = [
  Uint8Array.from({ length: 60 }, (_, k) => (k * 37) % 256),
  Uint16Array.from({ length: 60 }, (_, k) => (k * 9973) % 65536),
  Int32Array.from({ length: 60 }, (_, k) => (k - 30) * 70_000_000),
  Float32Array.from({ length: 60 }, (_, k) => Math.sin(k) * 1e6),
];
const size = [0.5, 0.398, 0.1177] as const;
const shape = [3, 4, 5] as const;

describe("round trips to the bit", () => {
  for (const data of pictures) {
    const type = data.constructor.name;

    it(`NPY and NPZ of ${type}`, async () => {
      const path = join(folder, "a.npy");
      await npy.write!(path, volume(data, shape, size));
      const back = await readPicture(path);
      expect(back.data).toEqual(data);
      expect(back.shape).toEqual(shape);
      expect((await readVolume(path, size)).voxelSize).toEqual(size);
      const { readFileSync } = await import("node:fs");
      writeFileSync(
        join(folder, "a.npz"),
        zipSync({ "labels.npy": readFileSync(path), "other.npy": new Uint8Array(3) }),
      );
      expect((await readPicture(join(folder, "a.npz"), { dataset: "labels" })).data).toEqual(data);
    });

    it(`OME-Zarr of ${type}, with the voxel size`, async () => {
      const path = join(folder, `${type}.zarr`);
      await omeZarr.write!(path, volume(data, shape, size));
      const back = await readPicture(path);
      expect(back.data).toEqual(data);
      expect(back.shape).toEqual(shape);
      expect(back.voxelSize).toEqual(size);
    });

    it(`NRRD of ${type}, raw and gzip, in both byte orders`, async () => {
      const name = { Uint8Array: "uint8", Uint16Array: "uint16", Int32Array: "int32", Float32Array: "float" }[type]!;
      for (const encoding of ["raw", "gzip"]) {
        for (const endian of ["little", "big"]) {
          const bytes = bytesOf(data).slice();
          const width = data.BYTES_PER_ELEMENT;
          if (endian === "big") for (let k = 0; k < bytes.length; k += width) bytes.subarray(k, k + width).reverse();
          const head = `NRRD0005\n# made here\ntype: ${name}\ndimension: 3\nsizes: 5 4 3\nendian: ${endian}\nencoding: ${encoding}\nspacings: 0.1177 0.398 0.5\nunits: "um" "um" "um"\n\n`;
          const body = encoding === "gzip" ? gzipSync(bytes) : bytes;
          const path = join(folder, "a.nrrd");
          writeFileSync(path, Buffer.concat([Buffer.from(head), body]));
          const back = await readPicture(path);
          expect(back.data).toEqual(data);
          expect(back.voxelSize).toEqual(size);
        }
      }
    });

    it(`raw with a sidecar of ${type}`, async () => {
      const path = join(folder, "a.raw");
      const name = { Uint8Array: "u8", Uint16Array: "u16", Int32Array: "i32", Float32Array: "f32" }[type]!;
      writeFileSync(path, Buffer.concat([Buffer.from([1, 2, 3]), bytesOf(data)]));
      const sidecar = { shape, type: name, skip: 3, voxelSize: [500, 398, 117.7], unit: "nm" };
      writeFileSync(`${path}.json`, JSON.stringify(sidecar));
      const back = await readPicture(path);
      expect(back.data).toEqual(data);
      expect(back.voxelSize).toEqual(size);
    });

    it(`HDF5 of ${type}, with the voxel size`, async () => {
      const h5wasm = (await import("h5wasm/node")).default;
      await h5wasm.ready;
      const path = join(folder, `${type}.h5`);
      const file = new h5wasm.File(path, "w");
      const group = file.create_group("entry");
      const kind = { Uint8Array: "<B", Uint16Array: "<H", Int32Array: "<i", Float32Array: "<f" }[type]!;
      const set = (
        group as never as { create_dataset(options: object): { create_attribute(name: string, value: number[]): void } }
      ).create_dataset({ name: "data", data, shape: [...shape], dtype: kind });
      set.create_attribute("element_size_um", [...size]);
      file.close();
      const back = await readPicture(path);
      expect(back.data).toEqual(data);
      expect(back.shape).toEqual(shape);
      expect(back.voxelSize).toEqual(size);
    });
  }

  it("folders of slices, counted as people count", async () => {
    expect(naturalOrder(["s10.png", "s2.png", "s1.png"])).toEqual(["s1.png", "s2.png", "s10.png"]);
    const path = join(folder, "slices");
    mkdirSync(path);
    for (let z = 0; z < 12; z++) {
      writeFileSync(
        join(path, `s${z}.png`),
        encode({ width: 3, height: 2, data: new Uint16Array(6).fill(300 * z), channels: 1, depth: 16 }),
      );
    }
    const back = await readPicture(path);
    expect(back.shape).toEqual([12, 2, 3]);
    expect([...back.data]).toEqual(Array.from({ length: 72 }, (_, k) => 300 * Math.floor(k / 6)));
  });
});

describe("volumes", () => {
  it("keeps a person's voxel size through ImageJ's ratio", () => {
    for (const edge of [0.398, 0.1, 0.07, 1, 25, 0.0123456789]) {
      const [a, b] = perMicrometre(edge);
      expect(Math.abs(b / a / edge - 1)).toBeLessThan(1e-15);
    }
  });

  it("is rescaled without computing again, and remembers it", () => {
    const once = volume(pictures[0], shape, size, ["made"]);
    const twice = rescaled(once, [1, 1, 1]);
    expect(twice.data).toBe(once.data);
    expect(twice.provenance).toHaveLength(2);
    expect(() => volume(pictures[0], [3, 4, 4], size)).toThrow("holds 48");
  });

  it("is cut to a box", () => {
    const box = crop(volume(pictures[0], shape, size), [1, 1, 2], [2, 2, 3]);
    expect([...box.data.subarray(0, 3)]).toEqual([...pictures[0].subarray(27, 30)]);
    expect(() => crop(volume(pictures[0], shape, size), [2, 0, 0], [2, 1, 1])).toThrow("not inside");
  });
});

const real = measuredFile("nrel_nmc1cal", "nmc-1-cal_generatedCBD_bridge.tif");

describe.skipIf(real === null)("measured files", () => {
  it("has the phases that another program counted, and survives every writer", async () => {
    const picture = await readPicture(real!);
    const counts = [0, 0, 0];
    for (const value of picture.data) counts[value] += 1;
    expect(counts).toEqual([9_108_821, 11_357_945, 2_274_085]);
    const part = crop(rescaled(picture, [0.398, 0.398, 0.398]), [100, 100, 100], [20, 60, 60]);
    writeTiff(join(folder, "part.tif"), part);
    expect((await readPicture(join(folder, "part.tif"))).data).toEqual(part.data);
    await omeZarr.write!(join(folder, "part.zarr"), part);
    expect((await readPicture(join(folder, "part.zarr"))).data).toEqual(part.data);
  });

  it("reads the other kinds of TIFF there are", async () => {
    const shapes = await Promise.all(
      [
        ["esrf_nmc_slice_xy", "example_xy.tif"],
        ["esrf_nmc_slice_gt", "gt_labels_812x812_u16.tif"],
        ["stardist_3d_toy", "mask3d.tif"],
      ].map(async (parts) => (await readPicture(measuredFile(...parts)!)).shape),
    );
    expect(shapes).toEqual([
      [1, 655, 2048],
      [1, 812, 812],
      [31, 61, 57],
    ]);
  });
});
