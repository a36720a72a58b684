import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { readPicture } from "../../src/imaging/volume/files.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));

const counted = Uint8Array.from({ length: 24 }, (_, k) => k);
const data = [...counted];
let made = 0;

function npyBytes(
  shape: string,
  bytes: Uint8Array = counted,
  descr = "'|u1'",
  order = "False",
  version = 1,
): Uint8Array {
  const header = `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': (${shape}), }\n`;
  const length = version === 1 ? [header.length & 255, header.length >> 8] : [header.length, 0, 0, 0];
  return Buffer.concat([
    Buffer.from([0x93, ...Buffer.from("NUMPY"), version, 0, ...length]),
    Buffer.from(header),
    bytes,
  ]);
}

function placed(name: string, bytes: Uint8Array): string {
  const path = join(folder, `${made++}${name}`);
  writeFileSync(path, bytes);
  return path;
}

const npy = (...file: Parameters<typeof npyBytes>) => readPicture(placed(".npy", npyBytes(...file)));

describe("NPY", () => {
  it("reads rows × columns × 1 as one slice and says so", async () => {
    const { shape, data: voxels, provenance } = await npy("6, 4, 1");
    expect([shape, [...voxels]]).toEqual([[1, 6, 4], data]);
    expect(provenance[0]).toContain("6 × 4 × 1 read as one slice");
  });

  it("reads the order of Fortran, big-endian words, booleans and the later headers", async () => {
    const turned = Uint8Array.from(data, (_, k) => ((k % 2) * 3 + (Math.floor(k / 2) % 3)) * 4 + Math.floor(k / 6));
    expect([...(await npy("2, 3, 4", turned, "'|u1'", "True")).data]).toEqual(data);
    const slice = Uint8Array.from(data, (_, k) => (k % 6) * 4 + Math.floor(k / 6));
    expect([...(await npy("6, 4, 1", slice, "'|u1'", "True")).data]).toEqual(data);
    const big = Uint8Array.from({ length: 48 }, (_, k) => (k % 2 === 0 ? 1 : k >> 1));
    expect([...(await npy("2, 3, 4", big, "'>u2'")).data]).toEqual(data.map((k) => 256 + k));
    const bits = counted.map((k) => k % 2);
    expect([...(await npy("2, 3, 4", bits, "'|b1'", "False", 2)).data]).toEqual([...bits]);
  });

  it.each([
    ["[('a', '|u1'), ('b', '<f4')]", /found records \[\('a'/],
    ["'<c8'", /values of type <c8; plain numbers/],
    ["'|S1'", /values of type \|S1/],
    ["'<M8[ns]'", /values of type <M8/],
    ["'|u2'", /values of type \|u2/],
    ["'<f16'", /128 bits/],
  ])("refuses values of %s by name", async (descr, words) => {
    await expect(npy("2, 3, 4", counted, descr)).rejects.toThrow(words);
  });

  it("refuses what stands behind its array, other versions and other keys", async () => {
    await expect(npy("2, 3, 3")).rejects.toThrow(/6 bytes behind the 18/);
    await expect(npy("2, 3, 4", counted, "'|u1'", "False", 9)).rejects.toThrow(/version 9/);
    await expect(npy("2, 3, 4", counted, "'|u1', 'mask': 1")).rejects.toThrow(/found the header/);
  });
});

describe("NPZ", () => {
  const zipped = (level: 0 | 6) =>
    zipSync({ "a.npy": [npyBytes("2, 3, 4"), { level }], "b.npy": [npyBytes("6, 4"), { level }] } as never);

  it("reads the array that is chosen, stored or deflated, and lists the others", async () => {
    for (const level of [0, 6] as const) {
      const path = placed(".npz", zipped(level));
      expect((await readPicture(path, { dataset: "a.npy" })).shape).toEqual([2, 3, 4]);
      expect((await readPicture(path, { dataset: "b" })).shape).toEqual([1, 6, 4]);
      await expect(readPicture(path)).rejects.toThrow(/arrays a, b; choose one: --dataset a/);
    }
  });

  it("refuses what its checksum does not bear out, and more bytes than the packed ones can hold", async () => {
    const damaged = zipped(0);
    damaged[100] = 99;
    await expect(readPicture(placed(".npz", damaged), { dataset: "a" })).rejects.toThrow(/checksum of a.npy/);
    const huge = zipped(6);
    const at = Buffer.from(huge).indexOf("PK\x01\x02", 0, "latin1");
    new DataView(huge.buffer, huge.byteOffset).setUint32(at + 24, 2 ** 31, true);
    await expect(readPicture(placed(".npz", huge), { dataset: "a" })).rejects.toThrow(/says 2147483648 bytes of/);
  });
});
