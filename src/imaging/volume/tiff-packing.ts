import { inflated } from "./inflate.js";
import { Unreadable } from "./unreadable.js";

/** A strip or tile as it lies in the file, and what it has to hold. */
export interface PackedBlock {
  readonly path: string;
  /** For people: `strip 3 of page 2`. */
  readonly what: string;
  readonly bytes: Uint8Array;
  /** Bytes that have to come out. */
  readonly due: number;
  /** Bytes that may come out beside them: rows of a last strip below the picture. */
  readonly spare: number;
}

/** Undoes a way of packing; gives at least the bytes that are due, and never more than with the spare ones. */
type Unpack = (block: PackedBlock) => Uint8Array;

const deflate: Unpack = ({ path, bytes, ...rest }) => inflated(path, bytes, { packing: "zlib", ...rest });

/** Ways of packing by their number in the tag Compression. */
const unpackers: Readonly<Record<number, Unpack>> = {
  1: (block) => enough(block, block.bytes),
  5: lzw,
  8: deflate,
  32773: packBits,
  32946: deflate,
};

/** Names of ways that are known and not read. */
const names: Readonly<Record<number, string>> = {
  2: "CCITT (modified Huffman)",
  3: "CCITT Group 3 (fax)",
  4: "CCITT Group 4 (fax)",
  6: "JPEG (old style)",
  7: "JPEG",
  9: "JBIG",
  10: "JBIG",
  32766: "NeXT",
  32771: "CCITT",
  32809: "ThunderScan",
  32908: "PIXAR",
  32909: "PIXAR log",
  33003: "JPEG 2000 (Aperio)",
  33004: "JPEG 2000 (Aperio)",
  33005: "JPEG 2000 (Aperio)",
  33007: "JPEG",
  34661: "JBIG",
  34676: "SGI log",
  34677: "SGI log",
  34712: "JPEG 2000",
  34887: "LERC",
  34892: "JPEG (lossy DNG)",
  34925: "LZMA",
  34926: "Zstandard",
  34927: "WebP",
  34933: "PNG",
  34934: "JPEG XR",
  50000: "Zstandard",
  50001: "WebP",
  50002: "JPEG XL",
  50013: "Deflate (Pixtiff)",
  52546: "JPEG XL",
};

/** @throws Unreadable for a way of packing that is not read, by its name */
export function checkCompression(path: string, compression: number): void {
  if (unpackers[compression] !== undefined) return;
  const name = names[compression] ?? "unknown";
  throw new Unreadable(
    path,
    `found ${name} compression (number ${compression}), which is not read; allowed: none, LZW, Deflate, PackBits. Save the file again without compression: in ImageJ File > Save As > Tiff.`,
  );
}

/** Bytes of a block, at least as many as are due. @throws Unreadable when it is damaged or holds too few or too many */
export function unpackedBlock(compression: number, block: PackedBlock): Uint8Array {
  const unpack = unpackers[compression];
  if (unpack === undefined) throw new RangeError(`Unpacking ${block.what}: compression ${compression} is not read.`);
  return unpack(block);
}

function enough({ path, what, due }: PackedBlock, bytes: Uint8Array): Uint8Array {
  if (bytes.length >= due) return bytes;
  throw new Unreadable(path, `${what} holds ${bytes.length} bytes; ${due} are due.`);
}

const tooMany = ({ path, what, due, spare }: PackedBlock) =>
  new Unreadable(path, `${what} holds more than the ${due + spare} bytes that are due; the file is damaged.`);

/** A count below 128 is of bytes as they are, less one; above, the next byte stands 257 less it times (TIFF 6.0, section 9). */
function packBits(block: PackedBlock): Uint8Array {
  const { bytes, due, spare } = block;
  const out = new Uint8Array(due + spare);
  let to = 0;
  for (let at = 0; at < bytes.length; ) {
    const head = bytes[at++] as number;
    if (head === 128) continue;
    const count = head < 128 ? head + 1 : 257 - head;
    if (to + count > out.length) throw tooMany(block);
    if (head < 128) {
      if (at + count > bytes.length) break;
      out.set(bytes.subarray(at, at + count), to);
      at += count;
    } else {
      if (at >= bytes.length) break;
      out.fill(bytes[at++] as number, to, to + count);
    }
    to += count;
  }
  return enough(block, out.subarray(0, to));
}

const [clear, end, mostCodes] = [256, 257, 4096];

/** Strings of a code are its byte behind those of the code before (TIFF 6.0, section 13). */
function lzw(block: PackedBlock): Uint8Array {
  const { path, what, bytes, due, spare } = block;
  if (bytes[0] === 0 && ((bytes[1] ?? 0) & 1) === 1)
    throw new Unreadable(
      path,
      `${what} is packed by LZW as it was before 1988, which is not read; save the file again.`,
    );
  const out = new Uint8Array(due + spare);
  const [before, last, length] = [new Uint16Array(mostCodes), new Uint8Array(mostCodes), new Uint16Array(mostCodes)];
  for (let code = 0; code < 256; code++) [last[code], length[code]] = [code, 1];
  let [next, width, previous, to] = [258, 9, -1, 0];
  for (let bit = 0; bit + width <= 8 * bytes.length; ) {
    const code = bitsAt(bytes, bit, width);
    bit += width;
    if (code === end) break;
    if (code === clear) {
      [next, width, previous] = [258, 9, -1];
      continue;
    }
    const repeated = code === next && previous >= 0;
    if (code > next || (code === next && !repeated))
      throw new Unreadable(path, `${what} has the LZW code ${code} where at most ${next} is known; it is damaged.`);
    const source = repeated ? previous : code;
    const count = (length[source] as number) + (repeated ? 1 : 0);
    if (to + count > out.length) throw tooMany(block);
    let place = to + (length[source] as number);
    for (let at = source; place > to; at = before[at] as number) out[--place] = last[at] as number;
    if (repeated) out[to + count - 1] = out[to] as number;
    if (previous >= 0 && next < mostCodes) {
      [before[next], last[next]] = [previous, out[to] as number];
      length[next] = (length[previous] as number) + 1;
      next++;
      if (next + 1 >= 2 ** width && width < 12) width++;
    }
    previous = code;
    to += count;
  }
  return enough(block, out.subarray(0, to));
}

/** Up to twelve bits, the highest first. */
function bitsAt(bytes: Uint8Array, bit: number, width: number): number {
  const at = bit >> 3;
  const three = ((bytes[at] as number) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  return (three >> (24 - (bit & 7) - width)) & ((1 << width) - 1);
}
