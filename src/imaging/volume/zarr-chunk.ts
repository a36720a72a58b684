import { stridesOf } from "./axes.js";
import { Unreadable } from "./unreadable.js";
import { bareName, byteCodecs, checkByteCodecs, unpackedChunk, type ZarrCodec } from "./zarr-codecs.js";
import type { ZarrArray } from "./zarr-metadata.js";

/** Part of a chunk whose numbers lie regularly: all of it, or one of the chunks inside a shard. */
export interface ChunkPart {
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
  /** First element of the part in the chunk, by the axes of the array. */
  readonly origin: readonly number[];
  /** By the axes of the array. */
  readonly shape: readonly number[];
  /** Numbers from one element to the next along each axis of the array. */
  readonly strides: readonly number[];
}

/** A grid of numbers within a chunk, as the codecs that packed it saw it. */
interface Grid {
  /** Lengths along its axes, after the transpositions so far. */
  readonly shape: readonly number[];
  /** For each of its axes the axis of the array. */
  readonly axes: readonly number[];
  /** First element in the chunk, by the axes of the array. */
  readonly origin: readonly number[];
}

/** The steps of a chain of codecs: turns of axes, one that makes bytes, and those on bytes. */
interface Chain {
  readonly turns: readonly ZarrCodec[];
  readonly serializer: ZarrCodec;
  readonly onBytes: readonly ZarrCodec[];
}

const turnName = "transpose";
const serializers = ["bytes", "sharding_indexed"];

/** @throws Unreadable for codecs that are not read, by name, and for chains without or with two that make bytes */
function chainOf(path: string, codecs: readonly ZarrCodec[]): Chain {
  const at = codecs.findIndex(({ name }) => serializers.includes(name));
  const serializer = codecs[at];
  const turns = codecs.slice(0, Math.max(0, at));
  const onBytes = codecs.slice(at + 1);
  const unknown = codecs.find(({ name }) => ![turnName, ...serializers, ...byteCodecs].includes(bareName(name)));
  if (unknown) checkByteCodecs(path, [unknown]);
  if (serializer === undefined || turns.some(({ name }) => name !== turnName)) {
    const names = codecs.map(({ name }) => name).join(", ");
    throw new Unreadable(
      path,
      `found the codecs ${names}; transpose, then bytes or sharding_indexed, then those on bytes are due.`,
    );
  }
  checkByteCodecs(path, onBytes);
  return { turns, serializer, onBytes };
}

/** Finds what cannot be read before any chunk is: by name, in all nested chains. @throws Unreadable */
export function checkCodecs({ folder, shape, codecs }: ZarrArray): void {
  const check = (codecs: readonly ZarrCodec[], depth: number) => {
    if (depth > 4)
      throw new Unreadable(folder, "found shards inside shards inside shards; at most four levels are read.");
    const { turns, serializer } = chainOf(folder, codecs);
    for (const turn of turns) orderOf(folder, turn, shape.length);
    if (serializer.name === "sharding_indexed") check(shardOf(folder, serializer).codecs, depth + 1);
    else endianOf(folder, serializer);
  };
  check(codecs, 0);
}

/**
 * The parts of a chunk, one after the other; what a shard lacks is left out.
 * @param visit is given each
 */
export function chunkParts(path: string, array: ZarrArray, bytes: Uint8Array, visit: (part: ChunkPart) => void) {
  const { chunk, codecs, words } = array;
  const whole: Grid = { shape: chunk, axes: chunk.map((_, axis) => axis), origin: chunk.map(() => 0) };
  return visitGrid(path, whole, codecs, words.bytes, bytes, visit);
}

async function visitGrid(
  path: string,
  grid: Grid,
  codecs: readonly ZarrCodec[],
  width: number,
  bytes: Uint8Array,
  visit: (part: ChunkPart) => void,
): Promise<void> {
  const { turns, serializer, onBytes } = chainOf(path, codecs);
  const turned = turns.reduce((now, turn) => turnedGrid(path, now, turn), grid);
  const count = turned.shape.reduce((all, length) => all * length, 1);
  if (serializer.name === "sharding_indexed") {
    const shard = shardOf(path, serializer);
    const room = count * width + 16 * innerCount(path, turned, shard) + 4096;
    await visitShard(path, turned, shard, width, await unpackedChunk(bytes, onBytes, room), visit);
    return;
  }
  const plain = await unpackedChunk(bytes, onBytes, count * width);
  if (plain.length !== count * width)
    throw new Unreadable(path, `its chunk holds ${plain.length} bytes; ${count * width} are due.`);
  const strides = stridesOf(turned.shape);
  const byArray = <T>(values: readonly T[]) => grid.axes.map((_, axis) => values[turned.axes.indexOf(axis)] as T);
  visit({
    bytes: plain,
    littleEndian: endianOf(path, serializer),
    origin: grid.origin,
    shape: byArray(turned.shape),
    strides: byArray(strides),
  });
}

function turnedGrid(path: string, { shape, axes, origin }: Grid, turn: ZarrCodec): Grid {
  const order = orderOf(path, turn, shape.length);
  return {
    shape: order.map((axis) => shape[axis] as number),
    axes: order.map((axis) => axes[axis] as number),
    origin,
  };
}

/** The axis of the input for each of the output: a list, or in drafts of version 3 a letter. */
function orderOf(path: string, { configuration: { order } }: ZarrCodec, axes: number): readonly number[] {
  const forwards = Array.from({ length: axes }, (_, axis) => axis);
  if (order === "C") return forwards;
  if (order === "F") return forwards.reverse();
  const sorted = Array.isArray(order) ? [...order].sort((a, b) => Number(a) - Number(b)) : [];
  if (sorted.length === axes && forwards.every((axis) => sorted[axis] === axis)) return order as number[];
  throw new Unreadable(
    path,
    `found the order ${JSON.stringify(order)} in its transpose; each of ${forwards.join(", ")} is due once.`,
  );
}

function endianOf(path: string, { configuration: { endian = "little" } }: ZarrCodec): boolean {
  if (endian === "little" || endian === "big") return endian === "little";
  throw new Unreadable(path, `found the byte order ${JSON.stringify(endian)}; little and big are allowed.`);
}

interface Shard {
  readonly chunk: readonly number[];
  readonly codecs: readonly ZarrCodec[];
  readonly indexCodecs: readonly ZarrCodec[];
  readonly indexAtEnd: boolean;
}

function shardOf(path: string, { configuration }: ZarrCodec): Shard {
  const { chunk_shape: chunk, codecs, index_codecs: indexCodecs, index_location: location = "end" } = configuration;
  const whole = (length: unknown) => Number.isInteger(length) && (length as number) > 0;
  if (!Array.isArray(chunk) || !chunk.every(whole)) throw new Unreadable(path, "found shards without a chunk_shape.");
  if (location !== "end" && location !== "start")
    throw new Unreadable(path, `found the index of shards at ${JSON.stringify(location)}; start and end are allowed.`);
  const shard = {
    chunk: chunk as number[],
    codecs: codecList(path, codecs),
    indexCodecs: codecList(path, indexCodecs),
  };
  const { turns, serializer } = chainOf(path, shard.indexCodecs);
  if (
    turns.length > 0 ||
    serializer.name !== "bytes" ||
    shard.indexCodecs.some(({ name }) => name !== "bytes" && name !== "crc32c")
  )
    throw new Unreadable(path, "found an index of shards that is packed; bytes and crc32c are allowed.");
  return { ...shard, indexAtEnd: location === "end" };
}

function codecList(path: string, codecs: unknown): ZarrCodec[] {
  if (!Array.isArray(codecs) || codecs.length === 0)
    throw new Unreadable(path, "found shards without a list of codecs.");
  return codecs.map((codec: unknown): ZarrCodec => {
    const { name, configuration } = (typeof codec === "string" ? { name: codec } : (codec ?? {})) as Partial<ZarrCodec>;
    if (typeof name !== "string") throw new Unreadable(path, "found a codec without a name inside shards.");
    return { name, configuration: configuration ?? {} };
  });
}

function innerCount(path: string, { shape }: Grid, { chunk }: Shard): number {
  if (chunk.length !== shape.length || shape.some((length, axis) => length % (chunk[axis] as number) !== 0))
    throw new Unreadable(
      path,
      `found chunks of ${chunk.join(" × ")} in shards of ${shape.join(" × ")}; whole numbers of them fill a shard.`,
    );
  return shape.reduce((all, length, axis) => all * (length / (chunk[axis] as number)), 1);
}

/** A missing chunk of a shard has this for its place and its length (Zarr 3, sharding codec). */
const missing = 2n ** 64n - 1n;

async function visitShard(
  path: string,
  grid: Grid,
  shard: Shard,
  width: number,
  bytes: Uint8Array,
  visit: (part: ChunkPart) => void,
): Promise<void> {
  const count = innerCount(path, grid, shard);
  const { serializer, onBytes } = chainOf(path, shard.indexCodecs);
  const room = 16 * count + 4 * onBytes.length;
  if (bytes.length < room)
    throw new Unreadable(path, `its shard holds ${bytes.length} bytes; its index alone takes ${room}.`);
  const packed = shard.indexAtEnd ? bytes.subarray(bytes.length - room) : bytes.subarray(0, room);
  const index = await unpackedChunk(packed, onBytes, 16 * count);
  const view = new DataView(index.buffer, index.byteOffset, index.byteLength);
  const littleEndian = endianOf(path, serializer);
  const across = grid.shape.map((length, axis) => length / (shard.chunk[axis] as number));
  const steps = stridesOf(across);
  for (let k = 0; k < count; k++) {
    const [offset, length] = [view.getBigUint64(16 * k, littleEndian), view.getBigUint64(16 * k + 8, littleEndian)];
    if (offset === missing && length === missing) continue;
    if (offset + length > BigInt(bytes.length))
      throw new Unreadable(
        path,
        `chunk ${k + 1} of its shard ends at byte ${offset + length}; it has ${bytes.length}.`,
      );
    const place = across.map((edge, axis) => Math.floor(k / (steps[axis] as number)) % edge);
    const origin = [...grid.origin];
    for (const [own, axis] of grid.axes.entries())
      origin[axis] = (origin[axis] as number) + (place[own] as number) * (shard.chunk[own] as number);
    const part = bytes.subarray(Number(offset), Number(offset + length));
    await visitGrid(path, { shape: shard.chunk, axes: grid.axes, origin }, shard.codecs, width, part, visit);
  }
}
