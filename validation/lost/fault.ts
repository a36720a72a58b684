import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { type DiskCall, refusal, watchDisk } from "./disk-calls.js";

/** What goes wrong with the disk, at which call of which process. */
export interface Fault {
  /** First word of the command line of the process; every process where it is left out. */
  readonly who?: string;
  readonly kind: FaultKind;
  /** Which of the calls that it may meet, from 1; beyond all, to count them. */
  readonly at: number;
  /** Only calls on what lies in this folder. */
  readonly folder: string;
}

/** `copy`: the process lives on, and what a kill before the call would leave is kept, `copies/K` of `out`. */
export type FaultKind = "kill" | "copy" | keyof typeof refusing;

/** Calls that a code meets, and whether it stays: a full disk is full for all calls that follow. */
const refusing = {
  ENOSPC: { stays: true, meets: ({ name, changes }: DiskCall) => changes && !takesAway.has(name) },
  EIO: { stays: false, meets: ({ name }: DiskCall) => !takesAway.has(name) && name !== "mkdirSync" },
  EMFILE: { stays: false, meets: ({ name }: DiskCall) => opening.has(name) },
} as const;

const takesAway = new Set<string>(["unlinkSync", "rmSync", "rmdirSync"]);
const opening = new Set<string>(["openSync", "readFileSync", "writeFileSync", "readdirSync"]);

export interface Injected {
  /** Calls that it might have met so far. */
  calls(): number;
  /** The first call that met it, such as `openSync /results/manifest.json`. */
  met(): string | undefined;
  end(): void;
}

/** Has this process meet a fault. A kill is by SIGKILL, before the call. */
export function inject({ kind, at, folder }: Fault): Injected {
  let calls = 0;
  let met: string | undefined;
  let copying = false;
  const end = watchDisk((call) => {
    if (copying || call.path === undefined || !call.path.startsWith(folder)) return;
    if (kind === "kill" || kind === "copy") {
      if (!call.changes) return;
      calls += 1;
      if (kind === "kill" && calls >= at) process.kill(process.pid, "SIGKILL");
      copying = kind === "copy";
      if (copying) keepCopy(folder, calls);
      copying = false;
      return;
    }
    if (!refusing[kind].meets(call)) return;
    calls += 1;
    if (calls < at || (calls > at && !refusing[kind].stays)) return;
    met ??= `${call.name} ${call.path}`;
    throw refusal(kind, call.name, call.values[0]);
  });
  return { calls: () => calls, met: () => met, end };
}

function keepCopy(folder: string, call: number): void {
  const out = join(folder, "out");
  if (existsSync(out)) cpSync(out, join(folder, "copies", String(call)), { recursive: true });
}
