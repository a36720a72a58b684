import { deflateSync } from "node:zlib";
import type { Shape } from "../../src/imaging/volume/volume.js";

export interface AmiraLayout {
  readonly encoding: "ASCII" | "BINARY" | "BINARY-LITTLE-ENDIAN";
  readonly type: "byte" | "short" | "ushort" | "int32" | "float";
  readonly packing: "HxByteRLE" | "HxZip" | null;
  readonly unit: string | null;
  readonly boundingBox: string;
  readonly coordinates: string;
  readonly name: string;
  /** What a line of the header is replaced by. */
  readonly first: string;
}

export const plainAmira: AmiraLayout = {
  encoding: "BINARY-LITTLE-ENDIAN",
  type: "byte",
  packing: null,
  unit: "um",
  boundingBox: "0 1.2 0 0.8 0 0.5",
  coordinates: "uniform",
  name: "Labels",
  first: "# AmiraMesh 3D",
};

const widths = { byte: 1, short: 2, ushort: 2, int32: 4, float: 4 } as const;

/** An AmiraMesh file as Amira and Avizo write them. */
export function amiraFile(values: readonly number[], [nz, ny, nx]: Shape, layout: AmiraLayout): Uint8Array {
  const bytes = layout.encoding === "ASCII" ? textOf(values) : bytesOf(values, layout);
  const packed = layout.packing === null ? bytes : layout.packing === "HxZip" ? deflateSync(bytes) : runsOf(bytes);
  const unit = layout.unit === null ? "" : `    Units {\n        Coordinates "${layout.unit}"\n    }\n`;
  const size = layout.packing === null ? "" : `(${layout.packing},${packed.length})`;
  const header = `${layout.first} ${layout.encoding} 2.1


define Lattice ${nx} ${ny}${nz === 1 ? "" : ` ${nz}`}

Parameters {
${unit}    Materials {
        Exterior {
            Id 1
        }
        Particle {
            Color 0.8 0.16 0.16,
            Id 2
        }
    }
    Content "${nx}x${ny}x${nz} ${layout.type}, uniform coordinates",
    BoundingBox ${layout.boundingBox},
    CoordType "${layout.coordinates}"
}

Lattice { ${layout.type} ${layout.name} } @1${size}

# Data section follows
@1
`;
  return Buffer.concat([Buffer.from(header), packed, Buffer.from("\n")]);
}

const textOf = (values: readonly number[]) => Buffer.from(values.map((value) => `${value} `).join("\n"));

function bytesOf(values: readonly number[], { type, encoding }: AmiraLayout): Buffer {
  const view = new DataView(new ArrayBuffer(values.length * widths[type]));
  const little = encoding === "BINARY-LITTLE-ENDIAN";
  for (const [k, value] of values.entries()) {
    if (type === "byte") view.setUint8(k, value);
    else if (type === "short") view.setInt16(2 * k, value, little);
    else if (type === "ushort") view.setUint16(2 * k, value, little);
    else if (type === "int32") view.setInt32(4 * k, value, little);
    else view.setFloat32(4 * k, value, little);
  }
  return Buffer.from(view.buffer);
}

/** Runs of equal bytes as (count, byte), others as (128 + count, bytes …). */
export function runsOf(bytes: Uint8Array): Buffer {
  const packed: number[] = [];
  let literal: number[] = [];
  const flush = () => {
    if (literal.length > 0) packed.push(128 + literal.length, ...literal);
    literal = [];
  };
  for (let k = 0; k < bytes.length; ) {
    let count = 1;
    while (count < 127 && bytes[k + count] === bytes[k]) count++;
    if (count > 2) {
      flush();
      packed.push(count, bytes[k]);
    } else {
      for (let j = 0; j < count; j++) literal.push(bytes[k + j]);
      if (literal.length > 120) flush();
    }
    k += count;
  }
  flush();
  return Buffer.from(packed);
}
