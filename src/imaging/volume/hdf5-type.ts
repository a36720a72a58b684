import type { Metadata } from "h5wasm/node";
import { Unreadable } from "./unreadable.js";
import type { Words } from "./voxel-words.js";

/** Classes of types as HDF5 counts them. */
const classes = [
  ...["whole numbers", "floating-point numbers", "times", "strings", "bit fields", "opaque bytes", "compounds"],
  ...["references", "an enumeration", "lists of varying length", "small arrays"],
] as const;

/**
 * How the numbers of an array lie in memory once the library has read them; booleans as h5py writes them are 0 and 1.
 * @throws Unreadable which names the type
 */
export function hdf5Words(path: string, name: string, { type, size, signed, enum_type }: Metadata): Words {
  const names = Object.keys(enum_type?.members ?? {}).join(", ");
  if (type === 8 && names === "FALSE, TRUE") return { kind: "unsigned", bytes: size, littleEndian: true };
  if (type === 0) return { kind: signed ? "signed" : "unsigned", bytes: size, littleEndian: true };
  if (type === 1) return { kind: "float", bytes: size, littleEndian: true };
  const found = `${classes[type] ?? "values of an unknown type"}${type === 8 ? ` (${names.slice(0, 80)})` : ""}`;
  throw new Unreadable(path, `found ${found} in ${name}; numbers and booleans are allowed. Save plain numbers.`);
}

/** Filters that are read, by their number. */
const filters: ReadonlyMap<number, string> = new Map([
  [1, "deflate (gzip)"],
  [2, "shuffle"],
  [3, "fletcher32"],
  [5, "n-bit"],
  [6, "scale-offset"],
]);

/** A filter that is not there leaves the numbers unread. @throws Unreadable which names it */
export function checkHdf5Filters(path: string, name: string, used: readonly { id: number; name: string }[]): void {
  const missing = used.find(({ id }) => !filters.has(id));
  if (missing === undefined) return;
  const known = [...filters.values()].join(", ");
  const found = missing.id === 4 ? "szip" : missing.name || "without a name";
  throw new Unreadable(
    path,
    `found the filter ${found} (number ${missing.id}) on ${name}; read are ${known}. Save it with gzip: h5repack -f GZIP=4 in.h5 out.h5, or compression="gzip" in h5py.`,
  );
}
