import type { OpenFile } from "./file.js";
import { Unreadable } from "./unreadable.js";

/** Where the pages of a TIFF file lie. */
export interface TiffDirectories {
  readonly littleEndian: boolean;
  readonly big: boolean;
  /** Byte offset of each page's directory. */
  readonly offsets: readonly number[];
}

const mostPages = 1_000_000;

/**
 * Walks the chain of directories without reading them, so that a chain in a circle or into nowhere is found before
 * anything else is tried (TIFF 6.0, section 2; BigTIFF).
 * @throws Unreadable
 */
export function tiffDirectories(file: OpenFile): TiffDirectories {
  const head = new DataView(file.bytes(0, Math.min(16, file.size)).buffer);
  if (file.size < 8) throw new Unreadable(file.path, `found ${file.size} bytes; a TIFF file begins with 8.`);
  const mark = head.getUint16(0);
  if (mark !== 0x4949 && mark !== 0x4d4d)
    throw new Unreadable(file.path, "found no TIFF file; it begins with II or MM.");
  const littleEndian = mark === 0x4949;
  const version = head.getUint16(2, littleEndian);
  if (version !== 42 && version !== 43) {
    throw new Unreadable(file.path, `found TIFF version ${version}; 42 (TIFF) and 43 (BigTIFF) are allowed.`);
  }
  const big = version === 43;
  if (big && file.size < 16)
    throw new Unreadable(file.path, `found ${file.size} bytes; a BigTIFF file begins with 16.`);
  const first = big ? Number(head.getBigUint64(8, littleEndian)) : head.getUint32(4, littleEndian);
  return { littleEndian, big, offsets: chain(file, first, littleEndian, big) };
}

function chain(file: OpenFile, first: number, littleEndian: boolean, big: boolean): number[] {
  const offsets: number[] = [];
  const seen = new Set<number>();
  const [countBytes, entryBytes, linkBytes] = big ? [8, 20, 8] : [2, 12, 4];
  for (let at = first; at !== 0; ) {
    if (seen.has(at)) throw new Unreadable(file.path, `its pages run in a circle after page ${offsets.length}.`);
    if (offsets.length === mostPages) throw new Unreadable(file.path, `it has more than ${mostPages} pages.`);
    seen.add(at);
    offsets.push(at);
    const count = read(file, at, countBytes, littleEndian);
    if (count === 0 || count > 4096) {
      throw new Unreadable(file.path, `page ${offsets.length} has ${count} entries; between 1 and 4,096 are allowed.`);
    }
    checkEntries(file, at + countBytes, count, littleEndian, big, offsets.length);
    at = read(file, at + countBytes + count * entryBytes, linkBytes, littleEndian);
  }
  if (offsets.length === 0) throw new Unreadable(file.path, "found no page in it.");
  return offsets;
}

/** Bytes of each type of value, by its number. */
const widths = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

/** No list of values may be longer than the file. */
function checkEntries(file: OpenFile, at: number, count: number, littleEndian: boolean, big: boolean, page: number) {
  const [bytes, countBytes] = big ? [20, 8] : [12, 4];
  const view = new DataView(file.bytes(at, count * bytes).buffer);
  for (let entry = 0; entry < count; entry++) {
    const start = entry * bytes;
    const width = widths[view.getUint16(start + 2, littleEndian)] ?? 0;
    const values =
      countBytes === 8 ? Number(view.getBigUint64(start + 4, littleEndian)) : view.getUint32(start + 4, littleEndian);
    if (values * width <= file.size) continue;
    const tag = view.getUint16(start, littleEndian);
    throw new Unreadable(
      file.path,
      `tag ${tag} of page ${page} says ${values} values; the file has ${file.size} bytes.`,
    );
  }
}

function read(file: OpenFile, at: number, bytes: number, littleEndian: boolean): number {
  const view = new DataView(file.bytes(at, bytes).buffer);
  if (bytes === 8) return Number(view.getBigUint64(0, littleEndian));
  return bytes === 4 ? view.getUint32(0, littleEndian) : view.getUint16(0, littleEndian);
}
