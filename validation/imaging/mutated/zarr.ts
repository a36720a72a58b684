import { gzipSync } from "node:zlib";
import type { MutatedFormat, Seed } from "./format.js";
import { otherWord } from "./header-number.js";

/** Zarr 2 and 3: orders, filters, multiscales, packed and plain chunks. */
export const mutatedZarr: MutatedFormat = { name: "Zarr", count: 1000, seeds, own: otherWord };

const counted = Uint8Array.from({ length: 24 }, (_, k) => k);
const json = (value: object) => Buffer.from(JSON.stringify(value));

const array2 = (change: object) =>
  json({
    ...{ zarr_format: 2, shape: [2, 3, 4], chunks: [2, 3, 4], dtype: "|u1", compressor: null, fill_value: 0 },
    ...{ order: "C", filters: null, dimension_separator: ".", ...change },
  });

const array3 = (codecs: readonly object[]) =>
  json({
    ...{ zarr_format: 3, node_type: "array", shape: [2, 3, 4], data_type: "uint8", fill_value: 0, attributes: {} },
    chunk_grid: { name: "regular", configuration: { chunk_shape: [2, 3, 4] } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    codecs,
  });

function seeds(): Seed[] {
  const bytes = { name: "bytes", configuration: { endian: "little" } };
  const transposed = { name: "transpose", configuration: { order: [2, 1, 0] } };
  const folder = (files: Seed["files"]): Seed => ({
    open: "a.zarr",
    files: Object.fromEntries(Object.entries(files).map(([name, content]) => [`a.zarr/${name}`, content])),
  });
  const axes = ["z", "y", "x"].map((name) => ({ name, type: "space", unit: "micrometer" }));
  const datasets = [{ path: "0", coordinateTransformations: [{ type: "scale", scale: [0.5, 0.4, 0.4] }] }];
  return [
    folder({ ".zarray": array2({ order: "F" }), "0.0.0": counted }),
    folder({
      ".zarray": array2({ compressor: { id: "gzip", level: 1 }, filters: [{ id: "delta", dtype: "|u1" }] }),
      "0.0.0": gzipSync(new Uint8Array(24).fill(1)),
    }),
    folder({ ".zarray": array2({ chunks: [1, 3, 4], dtype: "<u2" }), "0.0.0": counted, "1.0.0": counted }),
    folder({ "zarr.json": array3([transposed, bytes, { name: "gzip" }]), "c/0/0/0": gzipSync(counted) }),
    folder({
      ".zgroup": json({ zarr_format: 2 }),
      ".zattrs": json({ multiscales: [{ version: "0.4", axes, datasets }] }),
      "0/.zarray": array2({}),
      "0/0.0.0": counted,
    }),
  ];
}
