import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from "node:fs";
import { onFile, throwPassing } from "../../folder/machine-failure.js";
import { startBytes } from "../../folder/read-file.js";
import { Unreadable } from "./unreadable.js";

/** A file open for reading, whatever its size. */
export interface OpenFile {
  readonly path: string;
  readonly size: number;
  /** @throws Unreadable when fewer than `length` bytes are left. */
  bytes(offset: number, length: number): Uint8Array;
  /** Fills a buffer from an offset. @throws Unreadable when the file ends before. */
  fill(target: Uint8Array, offset: number): void;
}

/** Opens a file, lets `work` read, and closes it whatever happens. */
export async function withFile<T>(path: string, work: (file: OpenFile) => Promise<T> | T): Promise<T> {
  const handle = opened(path);
  try {
    const { size } = fstatSync(handle);
    const fill = (target: Uint8Array, offset: number) => {
      for (let done = 0; done < target.length; ) {
        const count = Math.min(target.length - done, 2 ** 30);
        const read = onFile("Reading", path, () => readSync(handle, target, done, count, offset + done));
        if (read === 0)
          throw new Unreadable(path, `it ends at byte ${size}; data are due up to ${offset + target.length}.`);
        done += read;
      }
    };
    const bytes = (offset: number, length: number) => {
      if (offset < 0 || length < 0 || offset + length > size) {
        throw new Unreadable(path, `it ends at byte ${size}; data are due up to ${offset + length}.`);
      }
      const target = new Uint8Array(length);
      fill(target, offset);
      return target;
    };
    return await work({ path, size, bytes, fill });
  } finally {
    closeSync(handle);
  }
}

/** The first bytes of a file, fewer when it is shorter. */
export function headOf(path: string, length = 512): Uint8Array {
  return startBytes(opened(path), path, length);
}

/** A plain file's handle: opening a pipe would wait for somebody to write, and a device never ends. */
function opened(path: string): number {
  try {
    const kind = unusualKind(statSync(path));
    if (kind !== null) throw new Unreadable(path, `found ${kind}; a file is allowed.`);
    return openSync(path, "r");
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throwPassing("Reading", path, error);
    throw new Unreadable(path, `it cannot be opened (${(error as NodeJS.ErrnoException).code ?? "unknown reason"}).`);
  }
}

function unusualKind(stats: Stats): string | null {
  if (stats.isFile()) return null;
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a pipe";
  return stats.isSocket() ? "a socket" : "a device";
}
