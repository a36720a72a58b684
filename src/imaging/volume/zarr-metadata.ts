import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { fileText } from "../../folder/read-file.js";
import { Unreadable } from "./unreadable.js";
import type { Words } from "./voxel-words.js";
import { checkByteCodecs, type ZarrCodec } from "./zarr-codecs.js";

/** An array of a Zarr folder, version 2 or 3, in the words of version 3. */
export interface ZarrArray {
  readonly folder: string;
  readonly shape: readonly number[];
  readonly chunk: readonly number[];
  readonly words: Omit<Words, "littleEndian">;
  /** Value where a chunk is missing. */
  readonly fill: number;
  readonly codecs: readonly ZarrCodec[];
  /** File of a chunk within the folder. */
  readonly file: (place: readonly number[]) => string;
  /** Names of the axes where the array itself says them. */
  readonly axes: readonly (string | null)[] | null;
}

/** What lies in a folder. */
export type ZarrNode =
  | { readonly kind: "array"; readonly array: ZarrArray; readonly attributes: Attributes }
  | { readonly kind: "group"; readonly attributes: Attributes };

type Attributes = Readonly<Record<string, unknown>>;

/** Largest file of metadata, bytes; consolidated ones list all arrays. */
const longest = 2 ** 26;

const lengths = z.array(z.number().int().min(0)).min(1).max(16);
const chunkLengths = z.array(z.number().int().min(1)).min(1).max(16);
const fillValue = z.union([z.number(), z.string(), z.boolean(), z.null()]);
const version2 = z.object({
  zarr_format: z.literal(2),
  shape: lengths,
  chunks: chunkLengths,
  dtype: z.unknown(),
  compressor: z.looseObject({ id: z.string() }).nullish(),
  fill_value: fillValue.optional(),
  order: z.enum(["C", "F"]).default("C"),
  filters: z.array(z.looseObject({ id: z.string() })).nullish(),
  dimension_separator: z.enum([".", "/"]).default("."),
});

const named = z.union([
  z.string().transform((name) => ({ name, configuration: {} })),
  z.object({ name: z.string(), configuration: z.record(z.string(), z.unknown()).default({}) }),
]);
const version3 = z.looseObject({
  zarr_format: z.literal(3),
  node_type: z.literal("array"),
  shape: lengths,
  data_type: z.unknown(),
  chunk_grid: z.object({ name: z.string(), configuration: z.object({ chunk_shape: chunkLengths }) }),
  chunk_key_encoding: z.object({
    name: z.enum(["default", "v2"]),
    configuration: z.object({ separator: z.enum([".", "/"]).optional() }).default({}),
  }),
  fill_value: fillValue,
  codecs: z.array(named).min(1),
  attributes: z.record(z.string(), z.unknown()).default({}),
  dimension_names: z.array(z.string().nullable()).nullish(),
  storage_transformers: z.array(z.unknown()).max(0, "storage transformers are not read").optional(),
});
const known3 = new Set(Object.keys(version3.shape).concat("consolidated_metadata"));

/**
 * Reads the metadata in a folder.
 * @throws Unreadable
 */
export function zarrNode(folder: string): ZarrNode | null {
  const at = (name: string) => (existsSync(join(folder, name)) ? json(join(folder, name)) : null);
  const three = at("zarr.json");
  if (three !== null) return node3(folder, three);
  const array = at(".zarray");
  if (array === null && at(".zgroup") === null && at(".zattrs") === null) return null;
  const attributes = record(at(".zattrs"));
  return array === null
    ? { kind: "group", attributes }
    : { kind: "array", array: array2(folder, array, attributes), attributes };
}

const record = (value: unknown): Attributes =>
  typeof value === "object" && value !== null ? (value as Attributes) : {};

function json(path: string): unknown {
  if (statSync(path).size > longest) throw new Unreadable(path, `its metadata are longer than ${longest} bytes.`);
  const text = fileText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unreadable(path, `its Zarr metadata are no JSON (${(error as Error).message}).`);
  }
}

function parsed<T>(path: string, schema: z.ZodType<T>, value: unknown): T {
  const found = schema.safeParse(value);
  if (found.success) return found.data;
  const issue = found.error.issues[0];
  throw new Unreadable(
    path,
    `its Zarr metadata cannot be used; ${issue?.path.join(".") || "content"}: ${issue?.message}.`,
  );
}

function array2(folder: string, value: unknown, attributes: Attributes): ZarrArray {
  const path = join(folder, ".zarray");
  const found = parsed(path, version2, value);
  const { words, littleEndian } = type2(path, found.dtype);
  const codec = ({ id, ...configuration }: { readonly id: string }): ZarrCodec => ({ name: id, configuration });
  const onBytes = [...(found.filters ?? []), ...(found.compressor ? [found.compressor] : [])].map(codec);
  checkByteCodecs(path, onBytes);
  const backwards = found.shape.map((_, axis) => found.shape.length - 1 - axis);
  const names = attributes._ARRAY_DIMENSIONS;
  return checkedAxes(path, {
    folder,
    shape: found.shape,
    chunk: found.chunks,
    words,
    fill: fillOf(path, found.fill_value ?? null, words),
    codecs: [
      ...(found.order === "F" ? [{ name: "transpose", configuration: { order: backwards } }] : []),
      { name: "bytes", configuration: { endian: littleEndian ? "little" : "big" } },
      ...onBytes,
    ],
    file: (place) => place.join(found.dimension_separator),
    axes: Array.isArray(names) ? names.map((name) => (typeof name === "string" ? name : null)) : null,
  });
}

function node3(folder: string, value: unknown): ZarrNode {
  const path = join(folder, "zarr.json");
  if (record(value).node_type === "group") return { kind: "group", attributes: record(record(value).attributes) };
  const found = parsed(path, version3, value);
  for (const [key, extra] of Object.entries(found)) {
    if (known3.has(key) || record(extra).must_understand === false) continue;
    throw new Unreadable(path, `found ${key} in its Zarr metadata, which must be understood and is not read.`);
  }
  if (found.chunk_grid.name !== "regular")
    throw new Unreadable(path, `found a chunk grid named ${found.chunk_grid.name}; regular ones are read.`);
  const words = type3(path, found.data_type);
  const { name, configuration } = found.chunk_key_encoding;
  const separator = configuration.separator ?? (name === "default" ? "/" : ".");
  const array = checkedAxes(path, {
    folder,
    shape: found.shape,
    chunk: found.chunk_grid.configuration.chunk_shape,
    words,
    fill: fillOf(path, found.fill_value, words),
    codecs: found.codecs,
    file: (place) => (name === "default" ? ["c", ...place] : place).join(separator),
    axes: found.dimension_names ?? null,
  });
  return { kind: "array", array, attributes: found.attributes };
}

function checkedAxes(path: string, array: ZarrArray): ZarrArray {
  const { shape, chunk, axes } = array;
  if (shape.length !== chunk.length)
    throw new Unreadable(path, `found ${shape.length} axes in chunks with ${chunk.length}.`);
  if (axes !== null && axes.length !== shape.length)
    throw new Unreadable(path, `found ${axes.length} names for ${shape.length} axes.`);
  return array;
}

const letters: Readonly<Record<string, Words["kind"]>> = { b: "unsigned", u: "unsigned", i: "signed", f: "float" };

function type2(path: string, dtype: unknown): { words: ZarrArray["words"]; littleEndian: boolean } {
  const match = typeof dtype === "string" ? /^([<>|])([buif])([1248])$/.exec(dtype) : null;
  const kind = letters[match?.[2] ?? ""];
  if (match && kind !== undefined && (match[2] !== "b" || match[3] === "1"))
    return { words: { kind, bytes: Number(match[3]) }, littleEndian: match[1] !== ">" };
  const allowed = "booleans, whole numbers of 8 to 64 bits and floating-point ones of 32 and 64";
  throw new Unreadable(path, `found numbers of type ${JSON.stringify(dtype)?.slice(0, 80)}; allowed: ${allowed}.`);
}

const types3: Readonly<Record<string, ZarrArray["words"]>> = {
  bool: { kind: "unsigned", bytes: 1 },
  ...Object.fromEntries([8, 16, 32, 64].map((bits) => [`uint${bits}`, { kind: "unsigned", bytes: bits / 8 } as const])),
  ...Object.fromEntries([8, 16, 32, 64].map((bits) => [`int${bits}`, { kind: "signed", bytes: bits / 8 } as const])),
  float32: { kind: "float", bytes: 4 },
  float64: { kind: "float", bytes: 8 },
};

function type3(path: string, type: unknown): ZarrArray["words"] {
  const words = typeof type === "string" && Object.hasOwn(types3, type) ? types3[type] : undefined;
  if (words !== undefined) return words;
  const found = JSON.stringify(type)?.slice(0, 80);
  throw new Unreadable(path, `found numbers of type ${found}; allowed: ${Object.keys(types3).join(", ")}.`);
}

/** The fill value as a number: NaN and infinities by name, and in version 3 by the bits of the word. */
function fillOf(path: string, value: z.infer<typeof fillValue>, { kind, bytes }: ZarrArray["words"]): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean" || value === null) return Number(value ?? 0);
  if (value === "NaN") return Number.NaN;
  if (value === "Infinity" || value === "-Infinity") return value === "Infinity" ? Infinity : -Infinity;
  if (kind === "float" && /^0x[0-9a-f]+$/i.test(value) && value.length === 2 + 2 * bytes) {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, BigInt(value) << BigInt(64 - 8 * bytes));
    return bytes === 4 ? view.getFloat32(0) : view.getFloat64(0);
  }
  throw new Unreadable(path, `found the fill value "${value.slice(0, 40)}"; a number is due.`);
}
