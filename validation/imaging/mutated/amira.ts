import { deflateSync } from "node:zlib";
import type { MutatedFormat, Seed } from "./format.js";
import { otherWord } from "./header-number.js";

/** AmiraMesh in text and binary, plain, in runs and deflated. */
export const mutatedAmira: MutatedFormat = { name: "AmiraMesh", count: 1000, seeds, own: otherWord };

function seeds(): Seed[] {
  const counted = Uint8Array.from({ length: 24 }, (_, k) => k);
  const file = (encoding: string, type: string, bytes: Uint8Array, packing = ""): Seed => {
    const size = packing === "" ? "" : `(${packing},${bytes.length})`;
    const header = `# AmiraMesh ${encoding} 2.1\n\ndefine Lattice 4 3 2\n\nParameters {\n  Units { Coordinates "um" }\n  BoundingBox 0 1.2 0 0.8 0 0.5,\n  CoordType "uniform"\n}\n\nLattice { ${type} Labels } @1${size}\n\n@1\n`;
    return { open: "a.am", files: { "a.am": Buffer.concat([Buffer.from(header), bytes, Buffer.from("\n")]) } };
  };
  const runs = Uint8Array.from([20, 7, 132, 1, 2, 3, 4]);
  return [
    file("ASCII", "byte", Buffer.from(counted.join(" "))),
    file("BINARY", "short", new Uint8Array(48)),
    file("BINARY-LITTLE-ENDIAN", "float", new Uint8Array(new Float32Array(24).fill(0.5).buffer)),
    file("BINARY-LITTLE-ENDIAN", "byte", runs, "HxByteRLE"),
    file("BINARY-LITTLE-ENDIAN", "byte", deflateSync(counted), "HxZip"),
  ];
}
