import { gunzipSync, inflateSync } from "node:zlib";
import { registry } from "zarrita";
import { Unreadable } from "./unreadable.js";
import { crc32c } from "./zarr-checksum.js";
import { zstdMost } from "./zarr-zstd.js";

/** One step in which a chunk was packed, as the metadata name it. */
export interface ZarrCodec {
  readonly name: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** Undoes one step on the bytes of a chunk; never gives more than `most` bytes. */
type Unpack = (bytes: Uint8Array, most: number, codec: ZarrCodec) => Promise<Uint8Array> | Uint8Array;

const unpackers: Readonly<Record<string, Unpack>> = {
  gzip: (bytes, most) => gunzipSync(bytes, { maxOutputLength: most }),
  zlib: (bytes, most) => inflateSync(bytes, { maxOutputLength: most }),
  zstd: (bytes, most) => byLibrary("zstd", bytes, zstdMost(bytes, most), most),
  lz4: (bytes, most) => byLibrary("lz4", bytes, bytes.length < 4 ? 0 : view(bytes).getUint32(0, true), most),
  blosc: (bytes, most) => byLibrary("blosc", bytes, bloscSize(bytes), most),
  crc32c: (bytes) => checked(bytes),
  shuffle: (bytes, _, { configuration }) => unshuffled(bytes, Number(configuration.elementsize ?? 4)),
  delta: (bytes, _, { configuration }) => summed(bytes, configuration),
  bitround: (bytes) => bytes,
  quantize: (bytes, _, { configuration }) => sameType("quantize", bytes, configuration),
};

/** Names of all codecs on bytes that are read; those of numcodecs may have its name before them. */
export const byteCodecs: readonly string[] = Object.keys(unpackers);

/** A codec's own name, without its library's. */
export const bareName = (name: string): string => name.replace(/^numcodecs\./, "");

/** @throws Unreadable for codecs that are not read, by name */
export function checkByteCodecs(path: string, codecs: readonly ZarrCodec[]): void {
  for (const { name } of codecs) {
    if (byteCodecs.includes(bareName(name))) continue;
    throw new Unreadable(path, `found the codec ${name}; allowed: ${byteCodecs.join(", ")}. Save with one of them.`);
  }
}

/**
 * Bytes of a chunk before its codecs on bytes.
 * @param codecs in the order in which they packed
 * @param due bytes
 * @throws Error from what a codec finds damaged, or a RangeError when it would give much more than is due
 */
export async function unpackedChunk(bytes: Uint8Array, codecs: readonly ZarrCodec[], due: number): Promise<Uint8Array> {
  let now = bytes;
  // What is packed twice is between the two a little longer than plain.
  const most = due + Math.ceil(due / 64) + 4096;
  for (const codec of [...codecs].reverse()) {
    const unpack = unpackers[bareName(codec.name)];
    if (unpack === undefined) throw new Error(`the codec ${codec.name} is not read`);
    now = await unpack(now, most, codec);
  }
  return now;
}

const view = ({ buffer, byteOffset, byteLength }: Uint8Array) => new DataView(buffer, byteOffset, byteLength);

/** Packed by a library that trusts the size in the chunk's head: asked only when that size is one to be expected. */
async function byLibrary(name: string, bytes: Uint8Array, says: number, most: number): Promise<Uint8Array> {
  if (says > most) throw new RangeError(`${name}: the chunk says ${says} bytes; at most ${most} are due`);
  const codec = await registry.get(name)?.();
  if (codec === undefined) throw new Error(`the codec ${name} is missing`);
  const { decode } = codec.fromConfig({}, {} as never) as unknown as {
    decode(bytes: Uint8Array): Promise<Uint8Array>;
  };
  const found = await decode(bytes);
  if (found.length > most) throw new RangeError(`${name}: found ${found.length} bytes; at most ${most} are due`);
  return found;
}

/** Size that the head of a Blosc 1 chunk says, after its other numbers have been found possible. */
function bloscSize(bytes: Uint8Array): number {
  if (bytes.length < 16) throw new RangeError("blosc: the chunk has no head of 16 bytes");
  const [size, block, packed] = [4, 8, 12].map((at) => view(bytes).getUint32(at, true)) as [number, number, number];
  if (packed !== bytes.length)
    throw new RangeError(`blosc: the chunk says ${packed} bytes of itself, not ${bytes.length}`);
  if (bytes[3] === 0 || (size > 0 && (block === 0 || block > size)))
    throw new RangeError(`blosc: the chunk says words of ${bytes[3]} bytes in blocks of ${block}`);
  return size;
}

function checked(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 4) throw new RangeError("crc32c: the chunk has no checksum");
  const content = bytes.subarray(0, bytes.length - 4);
  if (crc32c(content) !== view(bytes).getUint32(content.length, true))
    throw new RangeError("crc32c: the checksum is not that of the chunk");
  return content;
}

function unshuffled(bytes: Uint8Array, width: number): Uint8Array {
  if (!Number.isInteger(width) || width < 1 || width > 8 || bytes.length % width !== 0)
    throw new RangeError(`shuffle: found elements of ${width} bytes in ${bytes.length}`);
  const count = bytes.length / width;
  const to = new Uint8Array(bytes.length);
  for (let byte = 0; byte < width; byte++) {
    for (let k = 0; k < count; k++) to[k * width + byte] = bytes[byte * count + k] as number;
  }
  return to;
}

type Steps = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

const stepTypes: Readonly<Record<string, new (buffer: ArrayBuffer) => Steps>> = {
  ...{ i1: Int8Array, u1: Uint8Array, i2: Int16Array, u2: Uint16Array, i4: Int32Array, u4: Uint32Array },
  ...{ f4: Float32Array, f8: Float64Array },
};

/** Running sums of differences, in the type of the array. */
function summed(bytes: Uint8Array, configuration: ZarrCodec["configuration"]): Uint8Array {
  const Type = stepTypes[String(configuration.dtype).replace(/^[<|]/, "")];
  if (Type === undefined) throw new RangeError(`delta: found differences of ${String(configuration.dtype)}`);
  sameType("delta", bytes, configuration);
  // A Buffer's own slice is no copy.
  const steps = new Type(new Uint8Array(bytes).buffer);
  for (let k = 1; k < steps.length; k++) steps[k] = (steps[k - 1] as number) + (steps[k] as number);
  return new Uint8Array(steps.buffer);
}

function sameType(name: string, bytes: Uint8Array, { dtype, astype }: ZarrCodec["configuration"]): Uint8Array {
  if (astype === undefined || astype === null || astype === dtype) return bytes;
  throw new RangeError(`${name}: found ${String(dtype)} kept as ${String(astype)}; one type is allowed`);
}
