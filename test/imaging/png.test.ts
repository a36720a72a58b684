import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { crc32 } from "../../src/imaging/volume/crc32.js";
import { readPicture } from "../../src/imaging/volume/files.js";
import type { Reading } from "../../src/imaging/volume/format.js";
import { type PngLayout, plainPng, pngFile } from "../../validation/imaging/png-file.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));

const rowsOf = (width: number, top: number) =>
  Array.from({ length: 13 }, (_, y) => Array.from({ length: width }, (_, x) => (y * 4001 + x * x * 7) % top));

async function read(rows: number[][], layout: Partial<PngLayout>, reading: Partial<Reading> = {}) {
  const path = join(folder, "a.png");
  writeFileSync(path, pngFile(rows, { ...plainPng, ...layout }));
  return readPicture(path, reading);
}

describe("reading PNG", () => {
  it("every depth, filter and interlacing gives the numbers", async () => {
    for (const bits of [1, 2, 4, 8, 16] as const) {
      for (const interlaced of [false, true]) {
        const rows = rowsOf(19, 2 ** bits);
        const { data, shape } = await read(rows, { bits, interlaced, filter: (y) => y % 5 });
        expect(shape).toEqual([1, 13, 19]);
        expect([...data]).toEqual(rows.flat());
      }
    }
  });

  it("of colours a channel that is chosen, of a palette the numbers", async () => {
    const rows = rowsOf(3 * 5, 256);
    await expect(read(rows, { colour: 2 })).rejects.toThrow(/--channel 1 to --channel 3/);
    const green = await read(rows, { colour: 2, filter: () => 4 }, { channel: 2 });
    expect([...green.data]).toEqual(rows.flatMap((row) => row.filter((_, k) => k % 3 === 1)));
    const labels = rowsOf(6, 3);
    const palette = [0, 0, 0, 200, 0, 0, 0, 200, 0];
    await expect(read(labels, { colour: 3, palette })).rejects.toThrow(/--levels stored/);
    expect([...(await read(labels, { colour: 3, palette }, { levels: "stored" })).data]).toEqual(labels.flat());
    const ramp = [10, 10, 10, 0, 0, 0, 5, 5, 5];
    const shown = await read(labels, { colour: 3, palette: ramp }, { levels: "shown" });
    expect([...shown.data]).toEqual(labels.flat().map((k) => ramp[3 * k]));
  });

  it("a picture that would unpack to more than it holds is refused, taking no more memory", async () => {
    const file = pngFile(rowsOf(4, 2), plainPng);
    const packed = deflateSync(new Uint8Array(2 ** 26));
    const body = Buffer.concat([new TextEncoder().encode("IDAT"), packed]);
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(packed.length);
    numbers.writeUInt32BE(crc32([body]), 4);
    const bomb = Buffer.concat([
      file.subarray(0, 33),
      numbers.subarray(0, 4),
      body,
      numbers.subarray(4),
      file.subarray(-12),
    ]);
    const path = join(folder, "bomb.png");
    writeFileSync(path, bomb);
    const before = process.memoryUsage().arrayBuffers;
    await expect(readPicture(path)).rejects.toThrow(/more than the 65 bytes/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
  });
});

describe("folders of slices", () => {
  it("pass over hidden files, such as those that macOS keeps beside others", async () => {
    const place = join(folder, "slices");
    mkdirSync(place);
    const rows = [1, 2].map((z) => rowsOf(4, 50 + z));
    for (const [z, slice] of rows.entries()) writeFileSync(join(place, `s${z}.png`), pngFile(slice, plainPng));
    writeFileSync(join(place, "._s0.png"), "Mac OS X");
    writeFileSync(join(place, ".DS_Store"), "x");
    const { data, shape } = await readPicture(place);
    expect(shape).toEqual([2, 13, 4]);
    expect([...data]).toEqual(rows.flat(2));
  });
});
