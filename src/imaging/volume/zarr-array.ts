import { existsSync } from "node:fs";
import { join } from "node:path";
import { type PlacedAxes, placedStrides, putStrided } from "./axes.js";
import { checkClaim } from "./capacity.js";
import { withFile } from "./file.js";
import type { Reading } from "./format.js";
import { guarded, Unreadable } from "./unreadable.js";
import { type Shape, type Voxels, voxelCount, zeros } from "./volume.js";
import { fitting, typeFor, unpack } from "./voxel-words.js";
import { type ChunkPart, checkCodecs, chunkParts } from "./zarr-chunk.js";
import type { ZarrArray } from "./zarr-metadata.js";

/** Chunks of more bytes than this are no larger than the array. */
const largestChunk = 2 ** 27;

/** More chunks than this take longer to look for than to read. */
const mostChunks = 1_000_000;

/**
 * Reads an array as voxels, a chunk at a time; the fill value stands where a chunk is missing.
 * @throws Unreadable
 */
export async function readZarrArray(array: ZarrArray, placed: PlacedAxes, reading: Reading): Promise<Voxels> {
  const { folder, words } = array;
  const type = typeFor(folder, words);
  checkCodecs(array);
  // Chunks that are missing read as one value, so what is stored says nothing about what is due.
  checkClaim({ path: folder, shape: placed.shape, type, stored: Infinity, packed: false, reading });
  checkChunks(array, placed);
  const data = zeros(type, voxelCount(placed.shape));
  const fill = fitting(folder, array.fill, type);
  if (fill !== 0) data.fill(fill);
  for (const place of chunkPlaces(array, placed)) {
    const path = join(folder, array.file(place));
    if (!existsSync(path)) continue;
    const bytes = await withFile(path, (file) => file.bytes(0, file.size));
    const origin = place.map((index, axis) => index * (array.chunk[axis] as number));
    await guarded(path, "its chunk cannot be read", () =>
      chunkParts(path, array, bytes, (part) => putPart(path, array, placed, part, origin, data)),
    );
  }
  return data;
}

function checkChunks({ folder, shape, chunk, words }: ZarrArray, placed: PlacedAxes): void {
  const product = (lengths: readonly number[]) => lengths.reduce((all, length) => all * length, 1);
  const bytes = product(chunk) * words.bytes;
  if (bytes > Math.max(largestChunk, product(shape) * words.bytes))
    throw new Unreadable(
      folder,
      `found chunks of ${chunk.join(" × ")}, ${bytes} bytes each, in an array of ${shape.join(" × ")}.`,
    );
  const count = product(
    placed.places.map((axis) => (axis === null ? 1 : Math.ceil((shape[axis] as number) / (chunk[axis] as number)))),
  );
  if (count > mostChunks)
    throw new Unreadable(folder, `found ${count} chunks; at most ${mostChunks} are read. Save it with larger chunks.`);
}

/** Places in the grid of the chunks that hold something of what is read. */
function* chunkPlaces({ shape, chunk }: ZarrArray, { places, at }: PlacedAxes): Generator<number[]> {
  const ranges = shape.map((length, axis): [number, number] => {
    const edge = chunk[axis] as number;
    if (places.includes(axis)) return [0, Math.ceil(length / edge)];
    const index = Math.floor((at[axis] as number) / edge);
    return [index, index + 1];
  });
  const place = ranges.map(([from]) => from);
  for (let axis = 0; axis >= 0; ) {
    yield [...place];
    for (axis = place.length - 1; axis >= 0; axis--) {
      const [from, to] = ranges[axis] as [number, number];
      place[axis] = (place[axis] as number) + 1;
      if ((place[axis] as number) < to) break;
      place[axis] = from;
    }
  }
}

/** Puts what lies inside the picture of a part of a chunk in its place. */
function putPart(
  path: string,
  { shape, words }: ZarrArray,
  placed: PlacedAxes,
  part: ChunkPart,
  chunkOrigin: readonly number[],
  target: Voxels,
): void {
  const origin = part.origin.map((offset, axis) => offset + (chunkOrigin[axis] as number));
  const strides = part.strides;
  let start = 0;
  for (const [axis, index] of placed.at.entries()) {
    if (placed.places.includes(axis)) continue;
    const within = index - (origin[axis] as number);
    if (within < 0 || within >= (part.shape[axis] as number)) return;
    start += within * (strides[axis] as number);
  }
  const from = placed.places.map((axis) => (axis === null ? 0 : (origin[axis] as number))) as unknown as Shape;
  const box = placed.places.map((axis) => {
    if (axis === null) return 1;
    return Math.min(part.shape[axis] as number, (shape[axis] as number) - (origin[axis] as number));
  }) as unknown as Shape;
  if (box.some((length) => length <= 0)) return;
  const count = part.shape.reduce((all, length) => all * length, 1);
  const data = zeros(typeFor(path, words), count);
  unpack(path, part.bytes, { ...words, littleEndian: part.littleEndian }, data, 0);
  putStrided({ data, start, strides: placedStrides(placed, strides), from, shape: box }, target, placed.shape);
}
