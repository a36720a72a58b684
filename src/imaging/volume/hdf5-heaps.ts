import { type OpenFile, withFile } from "./file.js";
import { Unreadable } from "./unreadable.js";

/** "GCOL", version 1 and three reserved zeros: a global heap collection (HDF5 file format specification, III.E). */
const signature = Buffer.from([0x47, 0x43, 0x4f, 0x4c, 1, 0, 0, 0]);

/** Bytes looked at at once, and of a heap's header and of each object's. */
const [stride, header] = [1 << 22, 16];

/** Largest heap that is looked through, bytes: the library makes them of 4 KiB unless one text is longer. */
const largestHeap = 1 << 24;

/**
 * Looks through the global heaps of an HDF5 file, in which texts of variable length lie: the library follows the sizes of
 * their objects without end where they are damaged.
 * @throws Unreadable for a heap whose objects do not fill it
 */
export async function checkHeaps(path: string): Promise<void> {
  await withFile(path, (file) => {
    for (let from = 0; from < file.size; from += stride) {
      const bytes = Buffer.from(file.bytes(from, Math.min(stride + signature.length - 1, file.size - from)));
      for (let at = bytes.indexOf(signature); at >= 0; at = bytes.indexOf(signature, at + 1))
        checkHeap(file, from + at);
    }
  });
}

function checkHeap(file: OpenFile, at: number): void {
  if (at + header > file.size) throw damaged(file, at);
  const size = wholeAt(Buffer.from(file.bytes(at, header)), 8);
  if (!(size >= header && size <= largestHeap && at + size <= file.size)) throw damaged(file, at);
  const heap = Buffer.from(file.bytes(at, size));
  for (let object = header; object + header <= size; ) {
    const index = heap.readUInt16LE(object);
    const own = wholeAt(heap, object + 8);
    // what is free counts its own header, what is used does not and ends on eight bytes
    const length = index === 0 ? own : header + Math.ceil(own / 8) * 8;
    if (!(length >= header && object + length <= size)) throw damaged(file, at);
    object += length;
  }
}

/** An unsigned number of 64 bits, as near as a number of ours comes. */
function wholeAt(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}

function damaged({ path }: OpenFile, at: number): Unreadable {
  return new Unreadable(path, `found a heap of texts at byte ${at} whose entries do not fill it; the file is damaged.`);
}
