import { closeSync, constants, ftruncateSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { onFile } from "../../folder/machine-failure.js";
import { privateName } from "../../folder/private-name.js";
import type { Box } from "./box.js";
import { eachRow, roomFor, type Scratch, type VoxelStore } from "./store.js";
import { type Shape, type Voxels, type VoxelType, voxelBytes, voxelCount } from "./volume.js";
import { bytesOf } from "./voxel-words.js";

/** Room on disk, given back by `close`. */
export interface DiskScratch extends Scratch {
  close(): void;
}

/** For reading and writing, new only, and never through a link that somebody has laid there. */
const fresh = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** Room in files of a folder, under names that nobody else has. */
export function onDisk(folder: string): DiskScratch {
  const files: { readonly path: string; readonly handle: number }[] = [];
  return {
    store: (type, shape) => {
      const path = join(folder, privateName("tmp"));
      const handle = onFile("Making room for voxels in", folder, () => openSync(path, fresh, 0o600));
      files.push({ path, handle });
      forgetName(path);
      onFile("Making room for voxels in", folder, () => ftruncateSync(handle, voxelCount(shape) * voxelBytes[type]));
      return inFile({ handle, folder }, type, shape) as never;
    },
    close: () => {
      for (const { path, handle } of files.splice(0)) {
        closeSync(handle);
        forgetName(path);
      }
    },
  };
}

/** An open file without a name is gone with its program, however that ends. */
function forgetName(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Gone already; or a system that keeps the names of open files, where `close` asks again.
  }
}

/** An open file without a name, and the folder in which it takes its room. */
interface RoomFile {
  readonly handle: number;
  readonly folder: string;
}

/** Voxels in an open file, `[z][y][x]`. */
function inFile(file: RoomFile, type: VoxelType, shape: Shape): VoxelStore {
  const [, ny, nx] = shape;
  const plane = ny * nx;
  const width = voxelBytes[type];
  let lines: Voxels | undefined;
  const slices = (from: number, count: number, room?: Voxels): Voxels => {
    const data = roomFor(type, count * plane, room);
    fill(file, bytesOf(data), from * plane * width);
    return data;
  };
  /** Whole lines of one slice that a box needs: one reading instead of one a row. */
  const linesOf = ({ from, shape: [, rows] }: Box, z: number) => {
    lines = roomFor(type, Math.max(rows * nx, lines?.length ?? 0), lines);
    const some = lines.subarray(0, rows * nx);
    const at = ((from[0] + z) * ny + from[1]) * nx * width;
    fill(file, bytesOf(some), at);
    return { some, at };
  };
  return {
    shape,
    type,
    whole: null,
    slices,
    putSlices: (from, data) => put(file, bytesOf(data), from * plane * width),
    box: (box, room) => {
      const data = roomFor(type, voxelCount(box.shape), room);
      for (let z = 0; z < box.shape[0]; z++) {
        const { some } = linesOf(box, z);
        eachLine(box, z, nx, (inBox, i) => data.set(some.subarray(i, i + box.shape[2]), inBox));
      }
      return data;
    },
    putBox: (box, data) => {
      for (let z = 0; z < box.shape[0]; z++) {
        const { some, at } = linesOf(box, z);
        eachLine(box, z, nx, (inBox, i) => some.set(data.subarray(inBox, inBox + box.shape[2]), i));
        put(file, bytesOf(some), at);
      }
    },
    retyped: (other) => inFile(file, other, shape) as never,
  };
}

/** Rows of one slice of a box: the first voxel of each in the box, and among whole lines. */
function eachLine(
  { from, shape: [, rows, columns] }: Box,
  z: number,
  nx: number,
  visit: (k: number, i: number) => void,
) {
  const one: Box = { from: [0, 0, from[2]], shape: [1, rows, columns] };
  eachRow(one, [1, rows, nx], (inSlice, i) => visit(z * rows * columns + inSlice, i));
}

function fill({ handle, folder }: RoomFile, target: Uint8Array, offset: number): void {
  for (let done = 0; done < target.length; ) {
    const count = Math.min(target.length - done, 2 ** 30);
    const read = onFile("Reading voxels kept in", folder, () => readSync(handle, target, done, count, offset + done));
    if (read === 0)
      throw new Error(`Reading voxels kept in ${folder}: they end ${target.length - done} bytes too early.`);
    done += read;
  }
}

function put({ handle, folder }: RoomFile, source: Uint8Array, offset: number): void {
  for (let done = 0; done < source.length; ) {
    const count = Math.min(source.length - done, 2 ** 30);
    done += onFile("Keeping voxels in", folder, () => writeSync(handle, source, done, count, offset + done));
  }
}
