/** Bytes that one block of Zstandard gives at most (RFC 8878, section 3.1.1.2.4). */
const mostOfBlock = 2 ** 17;

/**
 * Walks the frames of Zstandard data (RFC 8878, section 3.1) without unpacking them, so that no more room is asked for
 * than is due.
 * @param most bytes that are due at most
 * @returns the size that the frames say; where they say none, what their blocks can hold, or `most` when that is less
 * @throws RangeError when the frames are damaged, or their blocks may hold a multiple of what is due
 */
export function zstdMost(bytes: Uint8Array, most: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let said = 0;
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) throw new RangeError("zstd: the chunk ends within a frame's head");
    const magic = view.getUint32(at, true);
    if (magic >>> 4 === 0x184d2a5) at += 8 + view.getUint32(at + 4, true);
    else if (magic !== 0xfd2fb528) throw new RangeError("zstd: the chunk begins with no frame");
    else {
      const { size, end, blocks } = frame(bytes, view, at);
      if (size === null && blocks * mostOfBlock > 16 * most + 2 ** 24)
        throw new RangeError(`zstd: ${blocks} blocks where ${most} bytes are due`);
      said += size ?? Math.min(blocks * mostOfBlock, most);
      at = end;
    }
  }
  return said;
}

function frame(bytes: Uint8Array, view: DataView, start: number) {
  const descriptor = bytes[start + 4] as number;
  const single = (descriptor >> 5) & 1;
  const sizeBytes = [single, 2, 4, 8][descriptor >> 6] as number;
  let at = start + 5 + (single ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] as number);
  if (at + sizeBytes > bytes.length) throw new RangeError("zstd: the chunk ends within a frame's head");
  const size = sizeIn(view, at, sizeBytes);
  at += sizeBytes;
  for (let blocks = 1; ; blocks++) {
    if (at + 3 > bytes.length) throw new RangeError("zstd: the chunk ends before its last block");
    const head = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
    const kind = (head >> 1) & 3;
    at += 3 + (kind === 1 ? 1 : head >> 3);
    if (head & 1) return { size, blocks, end: at + (descriptor & 4 ? 4 : 0) };
  }
}

function sizeIn(view: DataView, at: number, bytes: number): number | null {
  if (bytes === 0) return null;
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true) + 256;
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
