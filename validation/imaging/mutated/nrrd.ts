import { gzipSync } from "node:zlib";
import type { MutatedFormat, Seed } from "./format.js";
import { otherWord } from "./header-number.js";

/** NRRD: encodings, byte orders, skips, data beside the header, axes by kinds. */
export const mutatedNrrd: MutatedFormat = { name: "NRRD", count: 1000, seeds, own: otherWord };

const counted = Uint8Array.from({ length: 24 }, (_, k) => k);

function file(lines: readonly string[], bytes: Uint8Array, reading: Seed["reading"] = {}): Seed {
  const header = `NRRD0005\ntype: uint8\n${lines.join("\n")}\nspacings: 0.4 0.4 0.5\nunits: "um" "um" "um"\n\n`;
  return { open: "a.nrrd", files: { "a.nrrd": Buffer.concat([Buffer.from(header), bytes]) }, reading };
}

function seeds(): Seed[] {
  const usual = ["dimension: 3", "sizes: 4 3 2"];
  const beside =
    "NRRD0004\ntype: ushort\ndimension: 3\nsizes: 3 2 2\nendian: big\nencoding: raw\nbyte skip: -1\ndata file: a.raw\n";
  const channels =
    'NRRD0004\ntype: float\ndimension: 4\nsizes: 2 3 1 1\nendian: little\nencoding: raw\nkinds: list domain domain domain\nspace directions: none (1,0,0) (0,1,0) (0,0,1)\nspace units: "um" "um" "um"\n\n';
  return [
    file([...usual, "encoding: raw"], counted),
    file([...usual, "encoding: gzip"], gzipSync(counted)),
    file([...usual, "encoding: gzip", "byte skip: 4"], gzipSync(Buffer.concat([new Uint8Array(4), counted]))),
    file([...usual, "encoding: text", "line skip: 1"], Buffer.from(`numbers\n${counted.join(" ")}`)),
    { open: "a.nhdr", files: { "a.nhdr": Buffer.from(beside), "a.raw": counted } },
    {
      open: "a.nrrd",
      files: { "a.nrrd": Buffer.concat([Buffer.from(channels), new Uint8Array(new Float32Array(6).fill(2.5).buffer)]) },
      reading: { channel: 2 },
    },
  ];
}
