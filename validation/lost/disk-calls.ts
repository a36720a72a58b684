import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** Calls of `node:fs` that change something on the disk; `openSync` does when it opens for writing. */
export const changing = [
  "writeSync",
  "writeFileSync",
  "fsyncSync",
  "ftruncateSync",
  "renameSync",
  "linkSync",
  "unlinkSync",
  "rmSync",
  "rmdirSync",
  "mkdirSync",
  "openSync",
] as const;

const reading = ["readSync", "readFileSync", "readdirSync"] as const;

/** One call of the program on the disk, before it is made. */
export interface DiskCall {
  readonly name: (typeof changing)[number] | (typeof reading)[number];
  readonly values: readonly unknown[];
  /** Of the file or folder, also where the call names an open file; undefined when it was opened before. */
  readonly path: string | undefined;
  readonly changes: boolean;
}

type Anything = (...values: unknown[]) => unknown;

/**
 * Lets every call of this process on the disk go through `before`; an error thrown there is what the call throws.
 * @returns how to end that
 */
export function watchDisk(before: (call: DiskCall) => void): () => void {
  const all = fs as unknown as Record<string, Anything>;
  const names = [...changing, ...reading];
  const own = new Map(names.map((name) => [name, all[name] as Anything]));
  const opened = new Map<unknown, string>();
  for (const [name, call] of own)
    all[name] = (...values) => {
      const [first] = values;
      const path = typeof first === "number" ? opened.get(first) : String(first);
      const changes = name === "openSync" ? opensForWriting(values[1]) : !(reading as readonly string[]).includes(name);
      before({ name, values, path, changes });
      const result = call(...values);
      if (name === "openSync") opened.set(result, String(first));
      return result;
    };
  syncBuiltinESMExports();
  return () => {
    Object.assign(all, Object.fromEntries(own));
    syncBuiltinESMExports();
  };
}

function opensForWriting(flags: unknown): boolean {
  if (typeof flags === "number")
    return (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR | fs.constants.O_CREAT)) !== 0;
  return typeof flags === "string" && flags !== "r";
}

/** What the operating system throws, with the path where the call was given one. */
export function refusal(code: string, syscall: string, path?: unknown): NodeJS.ErrnoException {
  const own = typeof path === "string" ? { path } : {};
  return Object.assign(new Error(`${code}: as injected, ${syscall}`), { code, syscall, ...own });
}
