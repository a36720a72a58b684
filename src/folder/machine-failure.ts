/** What an operating system refuses, and what a person can do about it. */
const refusals: Readonly<Record<string, { readonly found: string; readonly remedy: string }>> = {
  ENOSPC: { found: "no space left on the device", remedy: "free some space, or write to another disk" },
  EDQUOT: { found: "the quota of disk space used up", remedy: "free some space, or write to another disk" },
  EFBIG: { found: "a file larger than the file system allows", remedy: "write to another disk" },
  EIO: { found: "the disk failing to read or write", remedy: "see to the disk or its connection, then try again" },
  EMFILE: { found: "too many open files in this process", remedy: "raise the limit (ulimit -n), then try again" },
  ENFILE: { found: "too many open files on this machine", remedy: "close other programs, then try again" },
  ENOMEM: { found: "no memory left", remedy: "close other programs or take a machine with more, then try again" },
  EBUSY: { found: "another program using it", remedy: "wait for that program, then try again" },
  ESTALE: { found: "a network folder that went away", remedy: "mount it again, then try again" },
  EACCES: { found: "no permission", remedy: "give a place that you may write to, or change its permissions" },
  EPERM: { found: "no permission", remedy: "give a place that you may write to, or change its permissions" },
  EROFS: { found: "a file system that is read-only", remedy: "give a place that you may write to" },
  ENAMETOOLONG: { found: "a name that is too long", remedy: "give a shorter one" },
  ENOENT: { found: "no such file or folder", remedy: "give another place" },
  ENOTDIR: { found: "a file where a folder is due", remedy: "give another place" },
  EISDIR: { found: "a folder where a file is due", remedy: "give another place" },
  EEXIST: { found: "something there already that is in the way", remedy: "move it away, or give another place" },
  ENOTEMPTY: { found: "a folder that is not empty", remedy: "move its files away, or give another place" },
  ELOOP: { found: "links that lead in a circle", remedy: "give another place" },
  EINVAL: { found: "a name that this file system does not take", remedy: "give another one" },
};

/** What goes away with time or more room: the same work may succeed later. */
const passing = new Set([
  "ENOSPC",
  "EDQUOT",
  "EIO",
  "EMFILE",
  "ENFILE",
  "ENOMEM",
  "EBUSY",
  "ESTALE",
  "EROFS",
  "EAGAIN",
]);

/** The machine would not let a file be written or read; not a fault of the work. */
export class MachineFailure extends Error {
  override readonly name = "MachineFailure";
  readonly found: string;

  constructor(
    doing: string,
    readonly path: string,
    /** As the operating system calls it, such as `ENOSPC`. */
    readonly code: string,
    options?: ErrorOptions,
  ) {
    const { found, remedy } = refusals[code] ?? { found: `the error ${code}`, remedy: "see to it, then try again" };
    super(`${doing} ${path}: found ${found} (${code}); ${remedy}.`, options);
    this.found = `${found} (${code})`;
  }
}

/** Runs work on a file; what the operating system refuses is thrown with the path and what to do. @throws MachineFailure */
export function onFile<T>(doing: string, path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw machineFailure(doing, path, error);
  }
}

/**
 * Throws what is the machine's and may pass, with path and remedy: nobody takes that for a fault of the file, or for none there.
 * @throws MachineFailure
 */
export function throwPassing(doing: string, path: string, error: unknown): void {
  if (isPassing(error)) throw machineFailure(doing, path, error);
}

/** The error to throw instead: with path and remedy when the operating system refused something, else as it is. */
export function machineFailure(doing: string, path: string, error: unknown): unknown {
  const code = refusalCode(error);
  if (code === undefined || error instanceof MachineFailure) return error;
  return new MachineFailure(doing, path, code, { cause: error });
}

/** The code of an error that came from a call of the operating system on files, or undefined. */
export function refusalCode(error: unknown): string | undefined {
  if (error instanceof MachineFailure) return error.code;
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return typeof code === "string" && typeof syscall === "string" && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

/** Whether an error says that the machine had no room or failed, so that the same work may succeed another time. */
export function isPassing(error: unknown): boolean {
  const code = refusalCode(error);
  if (code !== undefined) return passing.has(code);
  if ((error as NodeJS.ErrnoException)?.code === "ERR_MEMORY_ALLOCATION_FAILED") return true;
  return error instanceof RangeError && /allocation failed|could not allocate|out of memory/i.test(error.message);
}
