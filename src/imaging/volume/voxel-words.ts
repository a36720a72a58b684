import { Unreadable } from "./unreadable.js";
import type { Voxels, VoxelType } from "./volume.js";

/** How numbers lie in a file. */
export interface Words {
  readonly kind: "unsigned" | "signed" | "float";
  /** 1, 2, 4 or 8 */
  readonly bytes: number;
  readonly littleEndian: boolean;
}

/** The type of voxels that takes words of a kind: those of 64 bits must fit into 32. */
export function typeFor(path: string, { kind, bytes }: Omit<Words, "littleEndian">): VoxelType {
  if (kind === "float" && (bytes === 4 || bytes === 8)) return "f32";
  if (kind === "unsigned" && bytes === 1) return "u8";
  if (kind === "unsigned" && bytes === 2) return "u16";
  if (kind === "unsigned" && (bytes === 4 || bytes === 8)) return "u32";
  if (kind === "signed" && [1, 2, 4, 8].includes(bytes)) return "i32";
  throw new Unreadable(
    path,
    `found ${kind} numbers of ${8 * bytes} bits; allowed are unsigned and signed ones of 8, 16, 32, 64 bits and floating-point ones of 32 and 64.`,
  );
}

/**
 * Words read from bytes into `target` from `at` on.
 * @throws Unreadable when a whole number does not fit into 32 bits.
 */
export function unpack(path: string, bytes: Uint8Array, words: Words, target: Voxels, at: number): void {
  const count = bytes.length / words.bytes;
  const native = nativeView(bytes, words);
  if (native !== null) {
    if (native instanceof Float64Array) for (const value of native) fitting(path, value, "f32");
    target.set(native, at);
    return;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = reader(path, view, words);
  for (let k = 0; k < count; k++) target[at + k] = read(k * words.bytes);
}

/** A typed array of a file's numbers where this machine reads them as they are, or null. */
function nativeView(bytes: Uint8Array, { kind, bytes: width, littleEndian }: Words) {
  if (width > 1 && !littleEndian) return null;
  const aligned = bytes.byteOffset % width === 0 ? bytes : new Uint8Array(bytes);
  const view = [aligned.buffer, aligned.byteOffset, Math.floor(aligned.length / width)] as const;
  if (kind === "unsigned" && width === 1) return bytes;
  if (kind === "unsigned" && width === 2) return new Uint16Array(...view);
  if (kind === "signed" && width === 1) return new Int8Array(...view);
  if (kind === "signed" && width === 2) return new Int16Array(...view);
  if (kind === "unsigned" && width === 4) return new Uint32Array(...view);
  if (kind === "signed" && width === 4) return new Int32Array(...view);
  if (kind === "float") return width === 4 ? new Float32Array(...view) : new Float64Array(...view);
  return null;
}

function reader(path: string, view: DataView, { kind, bytes, littleEndian }: Words): (offset: number) => number {
  if (kind === "float") {
    if (bytes === 4) return (at) => view.getFloat32(at, littleEndian);
    return (at) => fitting(path, view.getFloat64(at, littleEndian), "f32");
  }
  const signed = kind === "signed";
  if (bytes === 1) return signed ? (at) => view.getInt8(at) : (at) => view.getUint8(at);
  if (bytes === 2) return signed ? (at) => view.getInt16(at, littleEndian) : (at) => view.getUint16(at, littleEndian);
  if (bytes === 4 && signed) return (at) => view.getInt32(at, littleEndian);
  if (bytes === 4) return (at) => view.getUint32(at, littleEndian);
  if (signed) return (at) => fitting(path, Number(view.getBigInt64(at, littleEndian)), "i32");
  return (at) => fitting(path, Number(view.getBigUint64(at, littleEndian)), "u32");
}

/** Largest number below those that 32 bits of floating point take for infinite. */
const largestFloat = 2 ** 128 - 2 ** 103;

const ranges: Readonly<Record<VoxelType, readonly [number, number, string]>> = {
  u8: [0, 255, "whole numbers from 0 to 255"],
  u16: [0, 65_535, "whole numbers from 0 to 65,535"],
  u32: [0, 2 ** 32 - 1, "whole numbers from 0 to 4,294,967,295"],
  i32: [-(2 ** 31), 2 ** 31 - 1, "whole numbers between −2³¹ and 2³¹ − 1"],
  f32: [-largestFloat, largestFloat, "numbers between −3.4e38 and 3.4e38"],
};

/** A value that voxels of a type can hold; floating-point ones are rounded to it. @throws Unreadable for others */
export function fitting(path: string, value: number, type: VoxelType): number {
  const [least, most, words] = ranges[type];
  if (
    type === "f32"
      ? !Number.isFinite(value) || (value > least && value < most)
      : value >= least && value <= most && Number.isInteger(value)
  )
    return value;
  throw new Unreadable(path, `found the voxel value ${value}; ${words} are allowed.`);
}

/** Bytes of voxels in the order of small machines, as files want them. */
export function bytesOf(data: Voxels): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
