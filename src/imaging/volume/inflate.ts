import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";
import { Unreadable } from "./unreadable.js";

const ways = { zlib: inflateSync, gzip: gunzipSync, deflate: inflateRawSync } as const;

/** Packed bytes, and what they may hold. */
export interface Deflated {
  readonly packing: keyof typeof ways;
  /** What is packed, for people: `its strip 3`. */
  readonly what: string;
  /** Bytes that have to come out. */
  readonly due: number;
  /** Bytes that may come out beside them, where a writer pads; none when left out. */
  readonly spare?: number;
}

/**
 * What zlib, gzip or bare deflate packed: as many bytes as are due, never more memory than they and the spare take,
 * whatever the packed bytes say.
 * @throws Unreadable
 */
export function inflated(path: string, bytes: Uint8Array, { packing, what, due, spare = 0 }: Deflated): Uint8Array {
  let found: Uint8Array;
  try {
    found = ways[packing](bytes, { maxOutputLength: Math.max(1, due + spare) });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE")
      throw new Unreadable(path, `${what} holds more than the ${due} bytes that are due; the file is damaged.`);
    throw new Unreadable(
      path,
      `${what} cannot be unpacked (${packing}: ${message}); the file is damaged or cut short.`,
    );
  }
  if (found.length >= due) return new Uint8Array(found.buffer, found.byteOffset, due);
  throw new Unreadable(path, `${what} holds ${found.length} bytes; ${due} are due.`);
}
