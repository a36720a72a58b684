import type { OpenFile } from "./file.js";
import { Unreadable } from "./unreadable.js";

/** The list of tags of one page. */
export interface TiffDirectory {
  /** Byte of the first entry. */
  readonly at: number;
  readonly entries: number;
}

/** Where the pages of a TIFF file lie. */
export interface TiffDirectories {
  readonly littleEndian: boolean;
  readonly big: boolean;
  /** Of each page; smaller copies of pages (thumbnails, levels of a pyramid) and masks are left out. */
  readonly pages: readonly TiffDirectory[];
  /** How many were left out. */
  readonly passedOver: number;
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
  const all = chain(file, first, littleEndian, big);
  const pages = all.filter(({ smaller }) => !smaller);
  if (pages.length === 0)
    throw new Unreadable(file.path, `found ${all.length} pages that are all thumbnails or masks of others.`);
  return { littleEndian, big, pages, passedOver: all.length - pages.length };
}

type Link = TiffDirectory & { readonly smaller: boolean };

function chain(file: OpenFile, first: number, littleEndian: boolean, big: boolean): Link[] {
  const links: Link[] = [];
  const seen = new Set<number>();
  const [countBytes, entryBytes, linkBytes] = big ? [8, 20, 8] : [2, 12, 4];
  for (let at = first, bytes = 0; at !== 0; ) {
    if (seen.has(at)) throw new Unreadable(file.path, `its pages run in a circle after page ${links.length}.`);
    if (links.length === mostPages) throw new Unreadable(file.path, `it has more than ${mostPages} pages.`);
    seen.add(at);
    const entries = read(file, at, countBytes, littleEndian);
    if (entries === 0 || entries > 4096) {
      throw new Unreadable(
        file.path,
        `page ${links.length + 1} has ${entries} entries; between 1 and 4,096 are allowed.`,
      );
    }
    bytes += entries * entryBytes;
    if (bytes > file.size) throw new Unreadable(file.path, `page ${links.length + 1} lies over others.`);
    const from = at + countBytes;
    const smaller = checkEntries(file, { at: from, entries }, littleEndian, big, links.length + 1);
    links.push({ at: from, entries, smaller });
    at = read(file, from + entries * entryBytes, linkBytes, littleEndian);
  }
  if (links.length === 0) throw new Unreadable(file.path, "found no page in it.");
  return links;
}

/** Bytes of each type of value, by its number. */
export const widths: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

/** No list of values may be longer than the file. Returns whether the page is a smaller copy or a mask of another. */
function checkEntries(file: OpenFile, { at, entries }: TiffDirectory, little: boolean, big: boolean, page: number) {
  const bytes = big ? 20 : 12;
  const view = new DataView(file.bytes(at, entries * bytes).buffer);
  let smaller = false;
  for (let start = 0; start < entries * bytes; start += bytes) {
    const tag = view.getUint16(start, little);
    const width = widths[view.getUint16(start + 2, little)] ?? 0;
    const values = big ? Number(view.getBigUint64(start + 4, little)) : view.getUint32(start + 4, little);
    if (values * width > file.size)
      throw new Unreadable(
        file.path,
        `tag ${tag} of page ${page} says ${values} values; the file has ${file.size} bytes.`,
      );
    const short = (tag === 254 || tag === 255) && width > 0;
    const value = short ? view.getUint16(start + (big ? 12 : 8) + (width === 4 && !little ? 2 : 0), little) : 0;
    smaller ||= (tag === 254 && (value & 5) !== 0) || (tag === 255 && value === 2);
  }
  return smaller;
}

function read(file: OpenFile, at: number, bytes: number, littleEndian: boolean): number {
  const view = new DataView(file.bytes(at, bytes).buffer);
  if (bytes === 8) return Number(view.getBigUint64(0, littleEndian));
  return bytes === 4 ? view.getUint32(0, littleEndian) : view.getUint16(0, littleEndian);
}
