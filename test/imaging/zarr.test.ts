import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { readPicture } from "../../src/imaging/volume/files.js";
import { crc32c } from "../../src/imaging/volume/zarr-checksum.js";
import { array2, array3, folderOf, multiscales } from "./zarr-folder.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));

const shape = [2, 3, 4] as const;
const counted = Uint8Array.from({ length: 24 }, (_, k) => k);
let made = 0;
const at = (files: Parameters<typeof folderOf>[1]) => folderOf(join(folder, `${made++}.zarr`), files);

/** The numbers of `[z][y][x]` with their axes turned round: x slowest. */
const turned = Uint8Array.from(
  { length: 24 },
  (_, k) => ((k % 2) * 3 + (Math.floor(k / 2) % 3)) * 4 + Math.floor(k / 6),
);

const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const words32 = (...values: readonly number[]) => new Uint8Array(Uint32Array.from(values).buffer);
const words64 = (...values: readonly number[]) => new Uint8Array(BigUint64Array.from(values.map(BigInt)).buffer);
const sharded = (change: object) =>
  array3(shape, {
    codecs: [
      {
        name: "sharding_indexed",
        configuration: {
          chunk_shape: [2, 3, 2],
          codecs: [
            { name: "transpose", configuration: { order: [2, 1, 0] } },
            { name: "bytes", configuration: { endian: "little" } },
          ],
          index_codecs: [{ name: "bytes", configuration: { endian: "little" } }, { name: "crc32c" }],
          ...change,
        },
      },
    ],
  });
const index = words64(0, 12, 12, 12);
const shard = joined(turned, index, words32(crc32c(index)));

describe("Zarr", () => {
  it("reads chunks in the order of Fortran, and transposed ones, alone and inside shards", async () => {
    const fortran = at({ ".zarray": array2(shape, { order: "F" }), "0.0.0": turned });
    expect([...(await readPicture(fortran)).data]).toEqual([...counted]);
    const codecs = [{ name: "transpose", configuration: { order: [2, 1, 0] } }, { name: "bytes" }];
    const transposed = at({ "zarr.json": array3(shape, { codecs }), "c/0/0/0": turned });
    expect([...(await readPicture(transposed)).data]).toEqual([...counted]);
    const inShard = at({ "zarr.json": sharded({}), "c/0/0/0": shard });
    expect([...(await readPicture(inShard)).data]).toEqual([...counted]);
  });

  it("sums the differences of packed chunks", async () => {
    const steps = Uint8Array.from(counted, (k) => (k === 0 ? 0 : 1));
    const filters = [{ id: "delta", dtype: "|u1" }];
    const path = at({ ".zarray": array2(shape, { filters, compressor: { id: "gzip" } }), "0.0.0": gzipSync(steps) });
    expect([...(await readPicture(path)).data]).toEqual([...counted]);
  });

  it("reads booleans", async () => {
    const bits = counted.map((k) => k % 2);
    const two = at({ ".zarray": array2(shape, { dtype: "|b1", fill_value: false }), "0.0.0": bits });
    expect([...(await readPicture(two)).data]).toEqual([...bits]);
    const three = at({ "zarr.json": array3(shape, { data_type: "bool", fill_value: false }), "c/0/0/0": bits });
    expect([...(await readPicture(three)).data]).toEqual([...bits]);
  });

  it("multiplies the scales of a level with those of all levels", async () => {
    const all = [
      { type: "scale", scale: [0.5, 0.25, 0.4] },
      { type: "translation", translation: [1, 2, 3] },
    ];
    const attributes = multiscales("zyx", [2, 4, 1], { coordinateTransformations: all });
    const path = at({
      ".zgroup": { zarr_format: 2 },
      ".zattrs": attributes,
      "0/.zarray": array2(shape),
      "0/0.0.0": counted,
    });
    expect((await readPicture(path)).voxelSize).toEqual([1, 1, 0.4]);
  });

  it("takes the scale of the level that is asked for", async () => {
    const level = (path: string, factor: number) => ({
      path,
      coordinateTransformations: [{ type: "scale", scale: [factor, factor, factor] }],
    });
    const attributes = multiscales("zyx", [], { datasets: [level("0", 0.5), level("1", 1)] });
    const path = at({
      ".zgroup": { zarr_format: 2 },
      ".zattrs": attributes,
      "1/.zarray": array2(shape),
      "1/0.0.0": counted,
    });
    expect((await readPicture(path, { dataset: "1" })).voxelSize).toEqual([1, 1, 1]);
  });

  it("puts axes in their place by their names", async () => {
    const attributes = multiscales("xyz", [0.1, 0.2, 0.3]);
    const path = at({ ".zgroup": {}, ".zattrs": attributes, "0/.zarray": array2([4, 3, 2]), "0/0.0.0": turned });
    const picture = await readPicture(path);
    expect(picture.shape).toEqual(shape);
    expect(picture.voxelSize).toEqual([0.3, 0.2, 0.1]);
    expect([...picture.data]).toEqual([...counted]);
    const named = at({ "zarr.json": array3([4, 3, 2], { dimension_names: ["x", "y", "z"] }), "c/0/0/0": turned });
    expect([...(await readPicture(named)).data]).toEqual([...counted]);
  });

  it("asks which of several channels, and reads it", async () => {
    const attributes = multiscales("czyx", [1, 0.3, 0.2, 0.1]);
    const array = array2([2, 1, 3, 4], { chunks: [1, 1, 3, 4] });
    const path = at({ ".zgroup": {}, ".zattrs": attributes, "0/.zarray": array, "0/1.0.0.0": counted.subarray(0, 12) });
    await expect(readPicture(path)).rejects.toThrow(/2 channels.*--channel 1 to --channel 2/);
    const picture = await readPicture(path, { channel: 2 });
    expect([...picture.data]).toEqual([...counted.subarray(0, 12)]);
    expect(picture.voxelSize).toEqual([0.3, 0.2, 0.1]);
    expect(picture.provenance[0]).toContain("channel 2 of 2");
  });

  it("fills missing chunks with the fill value, whatever way it is written", async () => {
    const float = { dtype: "<f4", fill_value: "NaN" };
    // it is filled with what no picture may hold, and said so
    await expect(readPicture(at({ ".zarray": array2([1, 1, 2], float) }))).rejects.toThrow(
      /found NaN at voxel 0, 0, 0/,
    );
    const bits = { data_type: "float32", fill_value: "0x40490fdb" };
    expect((await readPicture(at({ "zarr.json": array3([1, 1, 1], bits) }))).data[0]).toBe(Math.fround(Math.PI));
    const wrong = at({ ".zarray": array2([1, 1, 1], { fill_value: 300 }) });
    await expect(readPicture(wrong)).rejects.toThrow(/voxel value 300/);
  });

  it("lists the arrays of a group without multiscales", async () => {
    const path = at({ ".zgroup": {}, "a/.zarray": array2(shape), "b/.zgroup": {}, "b/c/.zarray": array2(shape) });
    await expect(readPicture(path)).rejects.toThrow(/a, b\/c.*--dataset a/);
    expect((await readPicture(path, { dataset: "b/c" })).shape).toEqual(shape);
    await expect(readPicture(path, { dataset: "../x" })).rejects.toThrow(/no \.\.\/x/);
  });
});

const zeros = (bytes: number) => gzipSync(new Uint8Array(bytes));

/** A name, the files, and a word of the reason that is due. */
const refused: readonly (readonly [string, Parameters<typeof folderOf>[1], RegExp])[] = [
  ["a compressor that is not read", { ".zarray": array2(shape, { compressor: { id: "lzma" } }) }, /codec lzma/],
  ["a filter that is not read", { ".zarray": array2(shape, { filters: [{ id: "categorize" }] }) }, /codec categorize/],
  [
    "a codec that is not read",
    { "zarr.json": array3(shape, { codecs: [{ name: "bytes" }, { name: "pcodec" }] }) },
    /codec pcodec/,
  ],
  [
    "a codec inside shards that is not read",
    { "zarr.json": sharded({ codecs: [{ name: "bytes" }, { name: "zfpy" }] }) },
    /codec zfpy/,
  ],
  ["fields in a voxel", { ".zarray": array2(shape, { dtype: [["a", "<u2"]] }) }, /type \[\["a","<u2"\]\]/],
  [
    "a chunk that is cut short",
    { ".zarray": array2(shape), "0.0.0": counted.subarray(1) },
    /0\.0\.0.* 23 bytes; 24 are due/,
  ],
  [
    "a chunk that unpacks to far more",
    { ".zarray": array2(shape, { compressor: { id: "gzip" } }), "0.0.0": zeros(1e7) },
    /chunk cannot be read/,
  ],
  [
    "a Blosc chunk that says more",
    {
      ".zarray": array2(shape, { compressor: { id: "blosc" } }),
      "0.0.0": joined(words32(0x01012102, 2e9, 65_536, 32), words32(0, 0, 0, 0)),
    },
    /2000000000 bytes/,
  ],
  ["chunks without number", { ".zarray": array2([2000, 1000, 1000], { chunks: [1, 1, 1] }) }, /2000000000 chunks/],
  ["chunks far larger than the array", { ".zarray": array2(shape, { chunks: [2000, 1000, 1000] }) }, /chunks of 2000/],
  [
    "a shard with a wrong checksum",
    { "zarr.json": sharded({}), "c/0/0/0": Uint8Array.from(shard, (byte, k) => (k === 30 ? 1 : byte)) },
    /checksum/,
  ],
  [
    "a shard whose index points outside",
    { "zarr.json": sharded({ index_codecs: [{ name: "bytes" }] }), "c/0/0/0": joined(turned, words64(0, 12, 12, 900)) },
    /ends at byte 912/,
  ],
  [
    "an order that is none",
    {
      "zarr.json": array3(shape, {
        codecs: [{ name: "transpose", configuration: { order: [0, 0, 1] } }, { name: "bytes" }],
      }),
    },
    /order \[0,0,1\]/,
  ],
  ["what must be understood", { "zarr.json": array3(shape, { wavelets: { must_understand: true } }) }, /wavelets/],
  [
    "axes of another number",
    { ".zgroup": {}, ".zattrs": multiscales("yx", [1, 1]), "0/.zarray": array2(shape) },
    /2 named axes/,
  ],
  [
    "a rotation",
    {
      ".zgroup": {},
      ".zattrs": multiscales("zyx", [1, 1, 1], { coordinateTransformations: [{ type: "rotation" }] }),
      "0/.zarray": array2(shape),
    },
    /transformation rotation/,
  ],
];

describe("Zarr that cannot be used", () => {
  for (const [name, files, reason] of refused) {
    it(`${name}: one clear error`, async () => {
      const failure: unknown = await readPicture(at(files)).catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: "Unreadable" });
      expect((failure as Error).message).toMatch(reason);
    });
  }
});
