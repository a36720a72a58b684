import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Dataset } from "h5wasm/node";
import { afterAll, describe, expect, it, vi } from "vitest";
import { readPicture } from "../../src/imaging/volume/files.js";
import { hdf5Library } from "../../src/imaging/volume/hdf5-library.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));

const counted = Uint8Array.from({ length: 24 }, (_, k) => k);
/** The same numbers, x slowest and z fastest. */
const turned = Uint8Array.from(
  { length: 24 },
  (_, k) => ((k % 2) * 3 + (Math.floor(k / 2) % 3)) * 4 + Math.floor(k / 6),
);
let made = 0;

interface Made {
  readonly name?: string;
  readonly shape?: readonly number[];
  readonly dtype?: unknown;
  readonly data?: unknown;
  readonly chunks?: readonly number[];
  readonly maxshape?: readonly null[];
  readonly compression?: "gzip";
  readonly labels?: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** A file of arrays, 24 counted bytes each unless said otherwise. */
async function hdf5File(...arrays: readonly Made[]): Promise<string> {
  const { h5wasm, module } = await hdf5Library();
  const path = join(folder, `${made++}.h5`);
  const file = new h5wasm.File(path, "w", { libver: ["earliest", "v110"] });
  for (const { name = "labels", labels = [], attributes = {}, ...options } of arrays) {
    const usual = { data: counted, shape: [2, 3, 4], dtype: "<B" };
    const set = file.create_dataset({ name, ...usual, ...options } as never) as Dataset;
    for (const [k, label] of labels.entries()) module.set_dimension_label(file.file_id, set.path, k, label);
    for (const [key, value] of Object.entries(attributes)) set.create_attribute(key, value as never);
  }
  file.close();
  return path;
}

/** Bytes of a file changed in place. */
function patched(path: string, from: Uint8Array, to: Uint8Array): string {
  const bytes = readFileSync(path);
  const at = bytes.indexOf(from);
  expect(at).toBeGreaterThan(0);
  bytes.set(to, at);
  writeFileSync(path, bytes);
  return path;
}

const packed = { chunks: [1, 3, 4], compression: "gzip", data: new Uint8Array(24).fill(7) } as const;
const latin = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));

describe("HDF5", () => {
  it("refuses a filter that is not there by its name, and prints nothing", async () => {
    const errors = vi.spyOn(process.stderr, "write");
    const path = patched(
      await hdf5File(packed),
      latin("\x01\0\x08\0\0\0\x01\0deflate\0"),
      latin("\0\x7d\x08\0\0\0\x01\0lzf\0\0\0\0\0"),
    );
    await expect(readPicture(path)).rejects.toThrow(/filter lzf \(number 32000\) on \/labels.*gzip/);
    expect(errors).not.toHaveBeenCalled();
  });

  it("takes no memory for voxels where packed bytes cannot be unpacked", async () => {
    const path = await hdf5File(packed);
    expect(new Set((await readPicture(path)).data)).toEqual(new Set([7]));
    const bytes = readFileSync(path);
    const at = bytes.lastIndexOf(latin("\x78"));
    bytes.fill(255, at, at + 8);
    writeFileSync(path, bytes);
    await expect(readPicture(path)).rejects.toThrow(/labels cannot be read \(.*\)/);
  });

  it.each([
    ["compounds", { dtype: [["a", "<B"]], data: new Map([["a", new Uint8Array(4)]]), shape: [2, 2] }],
    ["strings", { dtype: "S2", data: ["a", "b", "c", "d"], shape: [2, 2] }],
  ])("refuses %s by name", async (name, options) => {
    const path = await hdf5File(options);
    await expect(readPicture(path)).rejects.toThrow(new RegExp(`found ${name} in /labels; numbers`));
    const both = await hdf5File({ name: "other", ...options }, {});
    expect([...(await readPicture(both)).data]).toEqual([...counted]);
  });

  it("refuses chunks that are much larger than their array", async () => {
    const path = await hdf5File({ chunks: [2 ** 10, 2 ** 10, 2 ** 8], maxshape: [null, null, null] });
    await expect(readPicture(path)).rejects.toThrow(/chunks of 1024 × 1024 × 256 in an array of 2 × 3 × 4/);
  });

  it("reads one of several arrays by its name alone", async () => {
    const path = await hdf5File({ name: "a" }, { name: "b", data: turned });
    await expect(readPicture(path)).rejects.toThrow(/arrays a, b; choose one: --dataset a/);
    expect([...(await readPicture(path, { dataset: "/b" })).data]).toEqual([...turned]);
    await expect(readPicture(path, { dataset: "c" })).rejects.toThrow(/no c, but the arrays a, b/);
  });

  it("places axes by their labels or axistags, and takes one of several channels", async () => {
    const labelled = await hdf5File({ data: turned, shape: [4, 3, 2], labels: ["x", "y", "z"] });
    const back = await readPicture(labelled);
    expect([back.shape, [...back.data]]).toEqual([[2, 3, 4], [...counted]]);
    const axistags = JSON.stringify({ axes: ["z", "y", "x", "c"].map((key) => ({ key, typeFlags: 2 })) });
    const data = Uint8Array.from({ length: 48 }, (_, k) => 2 * Math.floor(k / 2) + (k % 2) * 100);
    const channels = await hdf5File({ data, shape: [2, 3, 4, 2], attributes: { axistags } });
    await expect(readPicture(channels)).rejects.toThrow(/2 channels; .*--channel 1/);
    const second = await readPicture(channels, { channel: 2 });
    expect([...second.data]).toEqual([...counted].map((k) => 2 * k + 100));
    expect(second.provenance[0]).toContain("channel 2 of 2");
    await expect(readPicture(await hdf5File({ data, shape: [2, 3, 4, 2] }))).rejects.toThrow(
      /4 axes \(2 × 3 × 4 × 2\)/,
    );
  });
});

describe("a damaged heap of texts in an HDF5 file", () => {
  it("is refused instead of followed for ever", async () => {
    const path = await hdf5File({ labels: ["z", "y", "x"] });
    expect((await readPicture(path)).shape).toEqual([2, 3, 4]);
    const bytes = readFileSync(path);
    const heap = bytes.indexOf("GCOL");
    expect(heap).toBeGreaterThan(0);
    const damaged = (at: number, value: number) => {
      const copy = Buffer.from(bytes);
      copy.writeBigUInt64LE(BigInt(value), heap + at);
      const other = join(folder, `${made++}.h5`);
      writeFileSync(other, copy);
      return readPicture(other);
    };
    // the size of the heap, and that of its first object
    await expect(damaged(8, 3)).rejects.toThrow(/a heap of texts at byte \d+ whose entries do not fill it/);
    await expect(damaged(24, 1e9)).rejects.toThrow(/a heap of texts/);
    // what is left free without a size: the library went round in it without end
    const objects = bytes.readUInt16LE(heap + 16);
    expect(objects).toBeGreaterThan(0);
    const copy = Buffer.from(bytes);
    copy.writeUInt16LE(0, heap + 16);
    copy.writeBigUInt64LE(1n, heap + 24);
    const endless = join(folder, `${made++}.h5`);
    writeFileSync(endless, copy);
    await expect(readPicture(endless)).rejects.toThrow(/a heap of texts/);
  });
});
