import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { encode } from "fast-png";
import { zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import { readPicture, readVolume } from "../../src/imaging/volume/files.js";
import { Unreadable } from "../../src/imaging/volume/unreadable.js";
import { plainLayout, tiffFile } from "../../validation/imaging/tiff-file.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));

const text = (content: string) => new TextEncoder().encode(content);
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const pages = [0, 1].map((z) =>
  Array.from({ length: 6 }, (_, y) => Array.from({ length: 8 }, (_, x) => (x + y + z) % 7)),
);
const good = tiffFile(pages, plainLayout);
const squeezed = tiffFile(pages, { ...plainLayout, compression: 8 });
const bigTiff = tiffFile(pages, { ...plainLayout, big: true });

/** Changes the value of a tag of the first page. */
function withTag(file: Uint8Array, tag: number, value: number, width: 2 | 4 = 4): Uint8Array {
  const copy = file.slice();
  const view = new DataView(copy.buffer);
  const at = view.getUint32(4, true);
  for (let k = 0; k < view.getUint16(at, true); k++) {
    const entry = at + 2 + 12 * k;
    if (view.getUint16(entry, true) !== tag) continue;
    if (width === 2) view.setUint16(entry + 8, value, true);
    else view.setUint32(entry + 8, value, true);
  }
  return copy;
}

function withBytes(file: Uint8Array, at: number, bytes: readonly number[]): Uint8Array {
  const copy = file.slice();
  copy.set(bytes, at);
  return copy;
}

/** The first directory says that it is its own successor. */
function inCircle(): Uint8Array {
  const copy = good.slice();
  const view = new DataView(copy.buffer);
  const at = view.getUint32(4, true);
  view.setUint32(at + 2 + 12 * view.getUint16(at, true), at, true);
  return copy;
}

function npyFile(header: string, body = new Uint8Array(24)): Uint8Array {
  const padded = `${header}\n`;
  return joined(
    Uint8Array.from([0x93]),
    text("NUMPY"),
    Uint8Array.from([1, 0, padded.length & 255, padded.length >> 8]),
    text(padded),
    body,
  );
}

const npyHeader = (shape: string, descr = "|u1") =>
  `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }`;
const nrrdHeader = (sizes: string, more = "", type = "uint8", encoding = "raw") =>
  `NRRD0004\ntype: ${type}\ndimension: 3\nsizes: ${sizes}\nencoding: ${encoding}\n${more}\n`;
const png = encode({ width: 4, height: 3, data: new Uint8Array(12), channels: 1, depth: 8 });
const colour = encode({ width: 2, height: 2, data: new Uint8Array(12), channels: 3, depth: 8 });

/** Name with its ending, content, and a word of the reason that is due. */
const files: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ["empty.tif", new Uint8Array(), /empty/],
  ["short.tif", good.slice(0, 6), /8/],
  ["text.tif", text("this is no picture at all, but a text"), /no TIFF/],
  ["version.tif", withBytes(good, 2, [99, 0]), /version 99/],
  ["nowhere.tif", withBytes(good, 4, [255, 255, 255, 127]), /ends at byte/],
  ["nopage.tif", withBytes(good, 4, [0, 0, 0, 0]), /no page/],
  ["circle.tif", inCircle(), /circle/],
  ["entries.tif", withBytes(good, new DataView(good.buffer).getUint32(4, true), [255, 255]), /65535 entries/],
  ["cut10.tif", good.slice(0, Math.floor(good.length * 0.1)), /ends at|cut short/],
  ["cut50.tif", good.slice(0, Math.floor(good.length * 0.5)), /ends at|cut short/],
  ["cut90.tif", good.slice(0, Math.floor(good.length * 0.9)), /ends at|cut short/],
  ["cut99.tif", good.slice(0, good.length - 1), /ends at|cut short/],
  ["cut-big.tif", bigTiff.slice(0, Math.floor(bigTiff.length * 0.6)), /ends at|cut short/],
  ["big-head.tif", bigTiff.slice(0, 12), /16/],
  ["wide.tif", withTag(good, 256, 2_000_000_000), /only|blocks|numbered/],
  ["tall.tif", withTag(good, 257, 2_000_000_000), /only|blocks|numbered/],
  ["huge.tif", withTag(withTag(good, 256, 60_000), 257, 60_000), /only|blocks|numbered/],
  ["none-wide.tif", withTag(good, 256, 0), /at least one|blocks/],
  ["bits.tif", withTag(good, 258, 12, 2), /12 bits/],
  ["bits7.tif", withTag(good, 258, 7, 2), /7 bits/],
  ["samples.tif", withTag(good, 277, 3, 2), /3 channels/],
  ["palette.tif", withTag(good, 262, 3, 2), /palette/],
  ["compression.tif", withTag(good, 259, 77, 2), /compression|Compression/],
  ["jpeg.tif", withTag(good, 259, 6, 2), /compression|Compression/],
  ["strip.tif", withTag(good, 278, 0), /bytes|blocks|read/i],
  ["lists.tif", withTag(good, 279, 0xffffffff), /tag 279|bytes|read/i],
  ["junk.tif", squeezed.map((byte, k) => (k > 10 && k < 40 ? 255 : byte)), /block 1 of page 1 cannot be unpacked/],
  ["half-deflate.tif", withBytes(squeezed, 9, new Array(20).fill(0)), /block 1 of page 1 cannot be unpacked/],
  ["pages.tif", tiffFile([pages[0], pages[1].slice(0, 3)], plainLayout), /page 2/],
  [
    "channels.tif",
    tiffFile(pages, { ...plainLayout, description: "ImageJ=1.5\nimages=2\nchannels=2\n" }),
    /2 channels/,
  ],
  [
    "frames.tif",
    tiffFile(pages, { ...plainLayout, description: "ImageJ=1.5\nimages=2\nframes=2\n" }),
    /2 times of one slice/,
  ],
  [
    "stack.tif",
    tiffFile(pages, { ...plainLayout, description: "ImageJ=1.5\nimages=900\n" }),
    /900 images; found 2 pages/,
  ],
  ["behind.tif", tiffFile(pages.slice(1), { ...plainLayout, description: "ImageJ=1.5\nimages=900\n" }), /only/],
  ["a.npy", text("not numpy, not at all"), /NUMPY/],
  ["b.npy", npyFile(npyHeader("2, 3, 4"), new Uint8Array(20)), /only/],
  ["c.npy", npyFile(npyHeader("200000, 30000, 4")), /only|numbered/],
  ["d.npy", npyFile(npyHeader("2, 3, 4", "|O")), /plain numbers/],
  ["e.npy", npyFile(npyHeader("2, 3, 4", "<c8")), /plain numbers/],
  ["f.npy", npyFile(npyHeader("24,")), /1 axis \(24\)/],
  ["g.npy", npyFile(npyHeader("2, 1, 3, 4")), /4 axes/],
  ["h.npy", npyFile("{'shape': 3}"), /header/],
  ["i.npy", npyFile(npyHeader("0, 3, 4")), /at least one/],
  ["j.npy", joined(Uint8Array.from([0x93]), text("NUMPY"), Uint8Array.from([2, 0, 255, 255, 255, 255])), /65,536/],
  ["k.npy", npyFile(npyHeader("2, 3, 4")).slice(0, 30), /ends at/],
  ["l.npy", npyFile(npyHeader("1, 1, 3", "<u8"), new Uint8Array(24).fill(255)), /value/],
  ["m.npy", npyFile(npyHeader("1, 2, 3", "<f2")), /16 bits/],
  ["a.npz", text("PK but no zip"), /zip/],
  ["b.npz", zipSync({ "a.npy": npyFile(npyHeader("2, 3, 4")), "b.npy": npyFile(npyHeader("2, 3, 4")) }), /a, b/],
  ["c.npz", zipSync({}), /no array in it/],
  ["d.npz", zipSync({ "a.npy": npyFile(npyHeader("2, 3, 5")) }), /only/],
  ["a.nrrd", text("hello"), /NRRD000/],
  ["b.nrrd", text(nrrdHeader("4 3 2")), /only/],
  ["c.nrrd", text(nrrdHeader("4 3")), /dimension 3 and the sizes 4 3/],
  ["d.nrrd", text(nrrdHeader("4000 30000 20000")), /only|numbered/],
  ["e.nrrd", text(nrrdHeader("4 3 2", "", "block")), /type block/],
  ["f.nrrd", text(nrrdHeader("4 3 2", "", "uint16")), /byte order/],
  ["g.nrrd", text(nrrdHeader("4 3 2", "", "uint8", "bzip2")), /bzip2/],
  ["h.nrrd", joined(text(nrrdHeader("4 3 2", "", "uint8", "gzip")), text("no gzip")), /gzip/],
  ["i.nrrd", joined(text(nrrdHeader("4 3 2", "", "uint8", "gzip")), gzipSync(new Uint8Array(10))), /due/],
  ["j.nrrd", joined(text(nrrdHeader("4 3 2", "", "uint8", "gzip")), gzipSync(new Uint8Array(100_000))), /gzip/],
  ["k.nrrd", text("NRRD0004\ntype: uint8\nsizes: 4 3 2\nencoding: raw\ndata file: absent.raw\n\n"), /opened/],
  ["l.nrrd", text(nrrdHeader("a b c")), /at least one/],
  ["a.raw", new Uint8Array(24), /absent|no .*json/],
  ["a.h5", text("no HDF5 at all"), /HDF5/],
  ["b.h5", joined(Uint8Array.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]), new Uint8Array(200)), /HDF5/],
  ["picture.jpg", text("jpeg"), /known kind/],
  ["notes.txt", text("voxels"), /known kind/],
];

describe("files that cannot be used", () => {
  for (const [name, content, reason] of files) {
    it(`${name}: one clear error`, async () => {
      const path = join(folder, name);
      writeFileSync(path, content);
      const before = process.memoryUsage.rss();
      const failure: unknown = await readPicture(path).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Unreadable);
      expect((failure as Error).message).toMatch(reason);
      expect((failure as Error).message.split("\n")).toHaveLength(1);
      expect(process.memoryUsage.rss() - before).toBeLessThan(3e8);
    });
  }

  const sidecars = [
    ["shape", '{"type": "u8"}', /shape/],
    ["type", '{"shape": [2, 3, 4], "type": "u9"}', /type/],
    ["short", '{"shape": [2, 3, 5], "type": "u8"}', /only/],
    ["skip", '{"shape": [2, 3, 4], "type": "u8", "skip": 5}', /only/],
    ["json", "shape = 3", /JSON/],
    ["unit", '{"shape": [2, 3, 4], "type": "u8", "voxelSize": 1, "unit": "pixel"}', /pixel/],
    ["length", '{"shape": [2, 3, 3], "type": "u8"}', /6 bytes more than the 2 × 3 × 3 voxels of u8/],
    ["unit's key", '{"shape": [2, 3, 4], "type": "u8", "offset": 2}', /offset/],
    ["key", '{"shape": [2, 3, 4], "type": "u8", "voxels": 1}', /voxels/],
  ] as const;
  for (const [name, json, reason] of sidecars) {
    it(`a raw file whose sidecar has a wrong ${name}`, async () => {
      const path = join(folder, `${name}.raw`);
      writeFileSync(path, new Uint8Array(24));
      writeFileSync(`${path}.json`, json);
      await expect(readPicture(path)).rejects.toThrow(reason);
    });
  }

  const folders = [
    ["mixed", { "a1.png": png, "a2.tif": good }, /several kinds/],
    ["sizes", { "a1.png": png, "a2.png": encode({ width: 5, height: 3, data: new Uint8Array(15), channels: 1 }) }, /5/],
    ["colours", { "a1.png": colour }, /colour type/],
    ["broken", { "a1.png": png.slice(0, 45) }, /a1.png: it ends at byte 45/],
    ["stacks", { "a1.tif": good }, /2 pages/],
    ["nothing", { "a.txt": text("x") }, /known kind/],
    ["group.zarr", { "zarr.json": text('{"zarr_format": 3, "node_type": "group", "attributes": {}}') }, /multiscales/],
    ["json.zarr", { "zarr.json": text("{") }, /Zarr/],
  ] as const;
  for (const [name, content, reason] of folders) {
    it(`a folder with ${name}`, async () => {
      const path = join(folder, name);
      mkdirSync(path);
      for (const [file, bytes] of Object.entries(content)) writeFileSync(join(path, file), bytes);
      await expect(readPicture(path)).rejects.toThrow(reason);
    });
  }

  it("says how to give a voxel size that is nowhere", async () => {
    const path = join(folder, "good.tif");
    writeFileSync(path, good);
    await expect(readVolume(path)).rejects.toThrow(/--voxel-size "398 nm"/);
    expect((await readVolume(path, [1, 0.5, 0.5])).voxelSize).toEqual([1, 0.5, 0.5]);
    await expect(readVolume(path, [1, 0, 1])).rejects.toThrow(/above 0/);
  });

  it("reads no more than memory is given", async () => {
    const path = join(folder, "good.tif");
    writeFileSync(path, good);
    await expect(readPicture(path, { capacity: 50 })).rejects.toThrow(/at most/);
  });
});
