import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { inflated } from "../../src/imaging/volume/inflate.js";
import { Unreadable } from "../../src/imaging/volume/unreadable.js";

const content = Uint8Array.from({ length: 1000 }, (_, k) => (k * k) % 251);
const packers = { zlib: deflateSync, gzip: gzipSync, deflate: deflateRawSync } as const;

describe("unpacking what deflate packed", () => {
  for (const packing of ["zlib", "gzip", "deflate"] as const) {
    const packed = packers[packing](content);
    const due = (bytes: Uint8Array, count: number, spare = 0) =>
      inflated("a.tif", bytes, { packing, what: "its strip 1", due: count, spare });

    it(`${packing}: gives what went in, the spare left out`, () => {
      expect(due(packed, 1000)).toEqual(content);
      expect(due(packed, 900, 100)).toEqual(content.subarray(0, 900));
    });

    it(`${packing}: refuses more, less and damaged, naming what`, () => {
      expect(() => due(packed, 999)).toThrow(/Reading a.tif: its strip 1 holds more than the 999 bytes/);
      expect(() => due(packed, 1001)).toThrow(/its strip 1 holds 1000 bytes; 1001 are due/);
      expect(() => due(packed.subarray(0, 200), 1000)).toThrow(/its strip 1 cannot be unpacked/);
      expect(() => due(Uint8Array.of(1, 2, 3), 1000)).toThrow(Unreadable);
    });

    it(`${packing}: a bomb takes no more memory than is due`, () => {
      const bomb = packers[packing](new Uint8Array(2 ** 26));
      const before = process.memoryUsage().arrayBuffers;
      expect(() => due(bomb, 1000)).toThrow(/more than the 1000 bytes/);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
    });
  }
});
