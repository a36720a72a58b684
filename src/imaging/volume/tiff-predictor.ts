import type { Words } from "./voxel-words.js";

/** How the numbers of a block lie, and what was done to them before they were packed. */
export interface Predicted extends Words {
  /** 1 nothing, 2 differences to the pixel before, 3 those of floating-point numbers byte by byte */
  readonly predictor: number;
  /** Numbers of a pixel. */
  readonly samples: number;
  /** Bytes of a row. */
  readonly row: number;
}

/**
 * Undoes differences, in place where it can; the numbers come out in the order of small machines.
 * (TIFF 6.0, section 14; Adobe, TIFF Technical Note 3, 2005.)
 */
export function undoPredictor(bytes: Uint8Array, how: Predicted): Uint8Array {
  if (how.predictor === 3) return fromPlanes(bytes, how);
  const own = aligned(bytes, how.bytes);
  if (!how.littleEndian) swap(own, how.bytes);
  if (how.predictor === 2) sum(own, how);
  return own;
}

function aligned(bytes: Uint8Array, width: number): Uint8Array {
  return bytes.byteOffset % width === 0 ? bytes : bytes.slice();
}

function swap(bytes: Uint8Array, width: number): void {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length - (bytes.length % width));
  if (width === 2) whole.swap16();
  if (width === 4) whole.swap32();
  if (width === 8) whole.swap64();
}

const arrays = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;

/** Running sums along rows, which wrap as whole numbers of the same width do. */
function sum(bytes: Uint8Array, { bytes: width, row, samples }: Predicted): void {
  const place = [bytes.buffer as ArrayBuffer, bytes.byteOffset, Math.floor(bytes.length / width)] as const;
  if (width === 8) {
    const words = new BigUint64Array(...place);
    for (let from = 0; from < words.length; from += row / 8)
      for (let k = from + samples; k < from + row / 8; k++)
        words[k] = (words[k] as bigint) + (words[k - samples] as bigint);
    return;
  }
  const words = new arrays[width as keyof typeof arrays](...place);
  for (let from = 0; from < words.length; from += row / width)
    for (let k = from + samples; k < from + row / width; k++)
      words[k] = (words[k] as number) + (words[k - samples] as number);
}

/** Rows that hold all highest bytes first, then all second ones …, as differences. */
function fromPlanes(bytes: Uint8Array, { bytes: width, row, samples }: Predicted): Uint8Array {
  const to = new Uint8Array(bytes.length);
  const count = row / width;
  for (let from = 0; from < bytes.length; from += row) {
    for (let k = from + samples; k < from + row; k++) bytes[k] = (bytes[k] as number) + (bytes[k - samples] as number);
    for (let plane = 0; plane < width; plane++)
      for (let k = 0; k < count; k++)
        to[from + k * width + width - 1 - plane] = bytes[from + plane * count + k] as number;
  }
  return to;
}
