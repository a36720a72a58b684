import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";

/** Who is at work on something: one process of one machine. */
interface Holder {
  readonly pid: number;
  readonly host: string;
}

/**
 * Takes a lock file for this process; one whose process has ended is taken over.
 * @returns the process that holds it, or undefined when it is ours now.
 */
export function takeLock(path: string): Holder | undefined {
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder), { flag: "wx" });
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = readHolder(path);
    if (holder && alive(holder)) return holder;
    rmSync(path, { force: true });
  }
}

export function releaseLock(path: string): void {
  rmSync(path, { force: true });
}

/** A file that is being written is held by nobody yet; a killed writer leaves such a file behind. */
function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

/** Processes of other machines cannot be seen: they count as ended, since the queue that started them says so first. */
function alive({ pid, host }: Holder): boolean {
  if (host !== hostname() || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
