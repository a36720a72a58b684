import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Files of a folder by their names; objects are written as JSON. */
export function folderOf(path: string, files: Readonly<Record<string, object | Uint8Array>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content instanceof Uint8Array ? content : JSON.stringify(content));
  }
  return path;
}

/** Metadata of an array of Zarr 2 with one chunk. */
export const array2 = (shape: readonly number[], change: object = {}) => ({
  ...{ zarr_format: 2, shape, chunks: shape, dtype: "|u1", compressor: null, fill_value: 0, order: "C" },
  ...{ filters: null, dimension_separator: "." },
  ...change,
});

/** Metadata of an array of Zarr 3 with one chunk. */
export const array3 = (shape: readonly number[], change: object = {}) => ({
  ...{ zarr_format: 3, node_type: "array", shape, data_type: "uint8", fill_value: 0, attributes: {} },
  chunk_grid: { name: "regular", configuration: { chunk_shape: shape } },
  chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
  codecs: [{ name: "bytes", configuration: { endian: "little" } }],
  ...change,
});

/** Attributes of a picture with one level in the folder `0`, axes in µm. */
export function multiscales(axes: string, scale: readonly number[], change: object = {}) {
  const types: Readonly<Record<string, string>> = { c: "channel", t: "time" };
  const named = [...axes].map((name) =>
    types[name] === undefined ? { name, type: "space", unit: "micrometer" } : { name, type: types[name] },
  );
  const datasets = [{ path: "0", coordinateTransformations: [{ type: "scale", scale }] }];
  return { multiscales: [{ version: "0.4", axes: named, datasets, ...change }] };
}
