import type { Box } from "./box.js";
import { type Shape, type Voxels, type VoxelType, voxelCount, voxelType, zeros } from "./volume.js";

/** Voxels of one type that are read and written in parts: in memory, or on disk where they take none. */
export interface VoxelStore<V extends Voxels = Voxels> {
  readonly shape: Shape;
  readonly type: VoxelType;
  /** All of it, when it lies in memory. */
  readonly whole: V | null;
  /** Slices from one on: those of memory themselves, of a file a copy (in `room`, when it is large enough). */
  slices(from: number, count: number, room?: V): V;
  /** Puts slices in place. Slices of memory that were changed are there already. */
  putSlices(from: number, data: V): void;
  /** A copy of a box. */
  box(box: Box, room?: V): V;
  putBox(box: Box, data: V): void;
  /** The same room, its 32 bits a voxel taken as numbers of the other kind. */
  retyped<T extends "i32" | "f32">(type: T): VoxelStore<VoxelsOf[T]>;
}

/** What a type of voxels is made of. */
export interface VoxelsOf {
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
  readonly f32: Float32Array;
}

/** Makes room for voxels, all 0. */
export interface Scratch {
  store<T extends VoxelType>(type: T, shape: Shape): VoxelStore<VoxelsOf[T]>;
}

/** Room in memory. */
export const memory: Scratch = {
  store: (type, shape) => inMemory(zeros(type, voxelCount(shape)), shape) as never,
};

/** @param data `[z][y][x]` */
export function inMemory<V extends Voxels>(data: V, shape: Shape): VoxelStore<V> {
  const [, ny, nx] = shape;
  const plane = ny * nx;
  return {
    shape,
    type: voxelType(data),
    whole: data,
    slices: (from, count) => data.subarray(from * plane, (from + count) * plane) as V,
    putSlices: (from, slices) => {
      const there = slices.buffer === data.buffer && slices.byteOffset === data.byteOffset + from * plane * bytes(data);
      if (!there) data.set(slices, from * plane);
    },
    box: (box, room) => {
      const copy = roomFor(voxelType(data), voxelCount(box.shape), room);
      eachRow(box, shape, (inBox, i) => copy.set(data.subarray(i, i + box.shape[2]), inBox));
      return copy;
    },
    putBox: (box, part) => eachRow(box, shape, (inBox, i) => data.set(part.subarray(inBox, inBox + box.shape[2]), i)),
    retyped: (type) => inMemory(viewAs(type, data), shape) as never,
  };
}

/** The bytes of voxels of 32 bits as numbers of either kind. */
function viewAs(type: "i32" | "f32", { buffer, byteOffset, length }: Voxels): Int32Array | Float32Array {
  return type === "i32" ? new Int32Array(buffer, byteOffset, length) : new Float32Array(buffer, byteOffset, length);
}

const bytes = (data: Voxels): number => data.BYTES_PER_ELEMENT;

/** Room for voxels: what there is, cut to length, or new. */
export function roomFor<V extends Voxels>(type: VoxelType, count: number, room?: V): V {
  return (room !== undefined && room.length >= count ? room.subarray(0, count) : zeros(type, count)) as V;
}

/** Calls back for each row of a box with its first voxel in the box and in the picture. */
export function eachRow({ from, shape }: Box, [, ny, nx]: Shape, visit: (inBox: number, i: number) => void): void {
  for (let z = 0, inBox = 0; z < shape[0]; z++) {
    for (let y = 0; y < shape[1]; y++, inBox += shape[2]) {
      visit(inBox, ((from[0] + z) * ny + from[1] + y) * nx + from[2]);
    }
  }
}
