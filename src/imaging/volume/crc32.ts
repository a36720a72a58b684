const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

/** CRC-32 (ISO 3309, as in PNG and gzip) of pieces that follow one another. */
export function crc32(pieces: readonly Uint8Array[]): number {
  let sum = 0xffffffff;
  for (const bytes of pieces) {
    for (let k = 0; k < bytes.length; k++) sum = (table[(sum ^ (bytes[k] as number)) & 255] as number) ^ (sum >>> 8);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
