import { closeSync, constants, fsyncSync, openSync, renameSync, unlinkSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { onFile } from "./machine-failure.js";
import { privateName } from "./private-name.js";

/** A file that is being written and that nobody sees under its name before it is whole. */
export interface PendingFile {
  /** Writes bytes at an offset, after what was written last unless given. @throws MachineFailure */
  put(bytes: Uint8Array, at?: number): void;
  /** Brings it to the disk and gives it its name. @throws MachineFailure */
  commit(): void;
  /** Takes it away; after `commit` it does nothing. */
  discard(): void;
}

/** New only, and never through a link that somebody has laid there. */
const fresh = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/**
 * Begins a file beside its place, under a name that nobody can foresee.
 * @throws MachineFailure
 */
export function pendingFile(path: string): PendingFile {
  const own = join(dirname(path), privateName("tmp"));
  const handle = onFile("Writing", path, () => openSync(own, fresh, 0o666));
  let [open, named, end] = [true, false, 0];
  const close = () => {
    if (!open) return;
    open = false;
    closeSync(handle);
  };
  return {
    put: (bytes, at = end) =>
      onFile("Writing", path, () => {
        for (let done = 0; done < bytes.length; )
          done += writeSync(handle, bytes, done, Math.min(bytes.length - done, 2 ** 30), at + done);
        end = at + bytes.length;
      }),
    commit: () =>
      onFile("Writing", path, () => {
        fsyncSync(handle);
        close();
        renameSync(own, path);
        named = true;
        syncFolder(dirname(path));
      }),
    discard() {
      if (named) return;
      quietly(close);
      quietly(() => unlinkSync(own));
    },
  };
}

/** Writes a file so that a reader, or a machine that stops midway, finds the old one or the new one whole; long ones in pieces. @throws MachineFailure */
export function writeAtomically(path: string, content: string | Uint8Array | Iterable<string>): void {
  const pending = pendingFile(path);
  try {
    if (content instanceof Uint8Array) pending.put(content);
    else for (const piece of typeof content === "string" ? [content] : content) pending.put(Buffer.from(piece));
    pending.commit();
  } finally {
    pending.discard();
  }
}

/** Brings the names in a folder to the disk, where the system knows how. */
export function syncFolder(folder: string): void {
  quietly(() => {
    const handle = openSync(folder, "r");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  });
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Nothing more can be done about it, and what went wrong before is what a person should read.
  }
}
