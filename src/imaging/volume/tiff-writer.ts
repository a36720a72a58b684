import { deflateSync } from "node:zlib";
import { pendingFile } from "../../folder/atomic-file.js";
import { finished, type Strides } from "../steps/steps.js";
import { type Picture, type Voxels, type VoxelType, voxelBytes, voxelCount, voxelType } from "./volume.js";
import { bytesOf } from "./voxel-words.js";

/** How a TIFF is written. */
export interface TiffSettings {
  /** Deflate with differences between neighbours; the smallest files that every reader takes. */
  readonly deflate: boolean;
}

interface Entry {
  readonly tag: number;
  /** 2 ASCII, 3 SHORT, 4 LONG, 5 RATIONAL, 16 LONG8 */
  readonly type: 2 | 3 | 4 | 5 | 16;
  readonly values: readonly number[] | string;
}

const widths = { 2: 1, 3: 2, 4: 4, 5: 8, 16: 8 } as const;

/** What a stack holds, without its voxels. */
export interface StackOf extends Pick<Picture, "shape" | "voxelSize"> {
  readonly type: VoxelType;
}

/**
 * Writes a stack, a page a slice, with ImageJ's scale: voxel width and height in the resolution tags, slice spacing in
 * the description. BigTIFF above 4 GB. A reader finds the old file or the new one whole.
 */
export function writeTiff(path: string, picture: Picture, settings: TiffSettings = { deflate: true }): void {
  const { data, shape, voxelSize } = picture;
  const plane = shape[1] * shape[2];
  const slice = (z: number) => data.subarray(z * plane, (z + 1) * plane);
  finished(writeSlices(path, { shape, voxelSize, type: voxelType(data) }, slice, settings));
}

/** As `writeTiff`, of slices that are asked for one after the other. */
export function* writeSlices(
  path: string,
  stack: StackOf,
  slice: (z: number) => Voxels,
  settings: TiffSettings = { deflate: true },
): Strides {
  const file = pendingFile(path);
  try {
    const big = voxelCount(stack.shape) * voxelBytes[stack.type] + 4096 * stack.shape[0] > 2 ** 32 - 1;
    let end = big ? 16 : 8;
    let link = big ? 8 : 4;
    for (let z = 0; z < stack.shape[0]; z++) {
      const strip = packed(slice(z), stack.shape[2], settings);
      file.put(strip, end);
      const at = end + strip.length + (strip.length % 2);
      const directory = directoryBytes(entries(stack, z, settings, end, strip.length, big), at, big);
      file.put(directory.bytes, at);
      file.put(number(at, big), link);
      [end, link] = [at + directory.bytes.length, at + directory.link];
      yield (z + 1) / stack.shape[0];
    }
    file.put(header(big), 0);
    file.commit();
  } finally {
    file.discard();
  }
}

function header(big: boolean): Uint8Array {
  return Uint8Array.from(big ? [0x49, 0x49, 43, 0, 8, 0, 0, 0] : [0x49, 0x49, 42, 0]);
}

function number(value: number, big: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(big ? 8 : 4));
  if (big) view.setBigUint64(0, BigInt(value), true);
  else view.setUint32(0, value, true);
  return new Uint8Array(view.buffer);
}

function packed(slice: Voxels, nx: number, { deflate }: TiffSettings): Uint8Array {
  if (!deflate) return bytesOf(slice);
  if (slice instanceof Float32Array) return deflateSync(bytesOf(slice), { level: 6 });
  const differences = slice.slice();
  for (let k = differences.length - 1; k > 0; k--) if (k % nx !== 0) differences[k] = slice[k] - slice[k - 1];
  return deflateSync(bytesOf(differences), { level: 6 });
}

const sampleFormat: Readonly<Record<VoxelType, number>> = { u8: 1, u16: 1, u32: 1, i32: 2, f32: 3 };

function entries(
  { type, shape, voxelSize }: StackOf,
  z: number,
  { deflate }: TiffSettings,
  offset: number,
  length: number,
  big: boolean,
): Entry[] {
  const place = big ? 16 : 4;
  const list: Entry[] = [
    { tag: 256, type: 4, values: [shape[2]] },
    { tag: 257, type: 4, values: [shape[1]] },
    { tag: 258, type: 3, values: [8 * voxelBytes[type]] },
    { tag: 259, type: 3, values: [deflate ? 8 : 1] },
    { tag: 262, type: 3, values: [1] },
    ...(z === 0 ? [{ tag: 270, type: 2, values: description(shape[0], voxelSize) } as const] : []),
    { tag: 273, type: place, values: [offset] },
    { tag: 277, type: 3, values: [1] },
    { tag: 278, type: 4, values: [shape[1]] },
    { tag: 279, type: place, values: [length] },
    ...(voxelSize === null
      ? []
      : [
          { tag: 282, type: 5, values: perMicrometre(voxelSize[2]) } as const,
          { tag: 283, type: 5, values: perMicrometre(voxelSize[1]) } as const,
          { tag: 296, type: 3, values: [1] } as const,
        ]),
    ...(deflate && type !== "f32" ? [{ tag: 317, type: 3, values: [2] } as const] : []),
    { tag: 339, type: 3, values: [sampleFormat[type]] },
  ];
  return list;
}

function description(slices: number, voxelSize: Picture["voxelSize"]): string {
  const lines = ["ImageJ=1.53t", `images=${slices}`, `slices=${slices}`];
  if (voxelSize !== null) lines.push("unit=micron", `spacing=${voxelSize[0]}`);
  return `${lines.join("\n")}\n\0`;
}

/** Pixels per µm as a ratio of two whole numbers below 2³², as near as such a ratio comes. */
export function perMicrometre(edge: number): [number, number] {
  const limit = 2 ** 32 - 1;
  let [a, b] = [
    [0, 1],
    [1, 0],
  ] as [[number, number], [number, number]];
  for (let x = 1 / edge, k = 0; k < 40; k++) {
    const whole = Math.floor(x);
    const next: [number, number] = [whole * b[0] + a[0], whole * b[1] + a[1]];
    if (next[0] > limit || next[1] > limit) break;
    [a, b] = [b, next];
    if (x === whole || Math.abs(b[1] / b[0] / edge - 1) < 1e-15) break;
    x = 1 / (x - whole);
  }
  return b;
}

function directoryBytes(list: readonly Entry[], at: number, big: boolean): { bytes: Uint8Array; link: number } {
  const [countBytes, entryBytes, linkBytes] = big ? [8, 20, 8] : [2, 12, 4];
  const link = countBytes + list.length * entryBytes;
  const bodies = list.map(bodyBytes);
  const inline = big ? 8 : 4;
  let free = link + linkBytes;
  const size = bodies.reduce((sum, body) => sum + (body.length > inline ? body.length + (body.length % 2) : 0), free);
  const bytes = new Uint8Array(size + (size % 2));
  const view = new DataView(bytes.buffer);
  if (big) view.setBigUint64(0, BigInt(list.length), true);
  else view.setUint16(0, list.length, true);
  for (const [k, entry] of list.entries()) {
    const body = bodies[k];
    const start = countBytes + k * entryBytes;
    view.setUint16(start, entry.tag, true);
    view.setUint16(start + 2, entry.type, true);
    bytes.set(number(body.length / widths[entry.type], big), start + 4);
    const place = start + 4 + inline;
    if (body.length <= inline) bytes.set(body, place);
    else {
      bytes.set(number(at + free, big), place);
      bytes.set(body, free);
      free += body.length + (body.length % 2);
    }
  }
  return { bytes, link };
}

function bodyBytes({ type, values }: Entry): Uint8Array {
  if (typeof values === "string") return new TextEncoder().encode(values);
  const words =
    type === 3
      ? Uint16Array.from(values)
      : type === 16
        ? BigUint64Array.from(values.map(BigInt))
        : Uint32Array.from(values);
  return new Uint8Array(words.buffer);
}
