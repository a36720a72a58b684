import { readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { machineFailure, onFile } from "./machine-failure.js";
import { freshToken, privateName, tokenOf } from "./private-name.js";
import { lifeOf, type RunningProcess, thisProcess } from "./running-process.js";

/** A folder that is this process's alone to write. */
export interface Lock {
  release(): void;
}

export interface Holder extends RunningProcess {
  /** Date and time at which it took the lock. */
  readonly since: string;
}

export type Taken =
  | { readonly ok: true; readonly lock: Lock }
  /** `file` is what keeps others out. */
  | { readonly ok: false; readonly holder: Holder; readonly file: string };

export interface LockOptions {
  /** Processes of other machines have ended: what started this one has seen to it, as a queue does. */
  readonly othersEnded?: boolean;
}

/** Tokens of the locks of this process, by folder and token. */
const own = new Map<string, () => void>();
let releasesAtExit = false;

/** ms that a claim which is neither given up nor made good is waited for. */
const patience = 5000;

/**
 * Takes a folder for this process alone, without waiting for one that is at work in it.
 *
 * Each process that wants a folder lays a claim into it, a file `.synchrode-TOKEN.lock` with a token that is never used
 * again, and then reads the others' claims. Claims of processes that have ended are deleted: no one else's can be hit, as
 * no name comes twice. A claim that is made good (`.synchrode-TOKEN.held` beside it) keeps all others out. Of two claims
 * not made good yet, the one with the smaller token stays and the other is taken back. Of two processes the one that lays
 * its claim later sees the other's, so that never two hold the folder (Lamport's bakery, with file names for numbers).
 * @throws MachineFailure
 */
export function takeLock(folder: string, options: LockOptions = {}): Taken {
  const began = performance.now();
  for (;;) {
    const token = freshToken();
    const mine = claim(folder, token);
    const rival = settledOr(() => remove(mine), folder, token, options, began);
    if (rival === undefined) return { ok: true, lock: held(folder, token, mine) };
    remove(mine);
    if (rival.good || performance.now() - began > patience)
      return { ok: false, holder: rival.holder, file: join(folder, privateName("lock", rival.token)) };
    pause();
  }
}

/** Claims in a folder by processes that have not ended. */
export function liveHolders(folder: string): readonly Holder[] {
  return rivalsIn(folder, "", {}).map(({ holder }) => holder);
}

interface Rival {
  readonly token: string;
  readonly holder: Holder;
  readonly good: boolean;
}

/** Lays a claim that is whole as soon as others see it. */
function claim(folder: string, token: string): string {
  const path = join(folder, privateName("lock", token));
  const holder: Holder = { ...thisProcess(), since: new Date().toISOString() };
  onFile("Locking", folder, () => {
    while (!appears(path, join(folder, privateName("tmp")), JSON.stringify(holder)));
  });
  return path;
}

/** False when the draft was cleared away, as one that an earlier process left, by the holder of the folder. */
function appears(path: string, draft: string, text: string): boolean {
  try {
    writeFileSync(draft, text, { flag: "wx" });
  } catch (error) {
    remove(draft);
    throw error;
  }
  try {
    renameSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    remove(draft);
    throw error;
  }
}

/** Makes a claim good. */
function held(folder: string, token: string, path: string): Lock {
  const [mark, key] = [join(folder, privateName("held", token)), join(folder, token)];
  try {
    onFile("Locking", folder, () => writeFileSync(mark, "", { flag: "wx" }));
  } catch (error) {
    remove(mark);
    remove(path);
    throw error;
  }
  const release = () => {
    own.delete(key);
    remove(mark);
    remove(path);
  };
  own.set(key, release);
  if (!releasesAtExit) process.on("exit", releaseAll);
  releasesAtExit = true;
  return { release };
}

function releaseAll(): void {
  for (const release of [...own.values()]) release();
}

/** One that is gone already is gone; one that cannot be removed is of a process that will have ended. */
function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // See above.
  }
}

/** A few ms by chance, so that two that wait do not wait in step. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1 + 4 * Math.random());
}

/** As `settle`; where the machine fails, no claim stays. @throws MachineFailure */
function settledOr(undo: () => void, ...of: Parameters<typeof settle>): Rival | undefined {
  try {
    return settle(...of);
  } catch (error) {
    undo();
    throw error;
  }
}

/** Waits until this claim is the only one, or gives the rival to which it must yield. */
function settle(folder: string, token: string, options: LockOptions, began: number): Rival | undefined {
  for (;;) {
    const rivals = rivalsIn(folder, token, options);
    const stronger = rivals.find((rival) => rival.good) ?? rivals.find((rival) => rival.token < token);
    if (stronger !== undefined || rivals.length === 0) return stronger;
    if (performance.now() - began > patience) return rivals[0];
    pause();
  }
}

/** The others' claims; those of processes that have ended are taken away. */
function rivalsIn(folder: string, token: string, { othersEnded = false }: LockOptions): Rival[] {
  const names = onFile("Locking", folder, () => readdirSync(folder));
  return names.flatMap((name) => {
    const other = tokenOf(name, "lock");
    if (other === undefined || other === token) return [];
    const path = join(folder, name);
    const holder = readHolder(path);
    if (holder === "gone") return [];
    if (holder === "torn" || hasEnded(folder, other, holder, othersEnded)) {
      remove(path);
      remove(join(folder, privateName("held", other)));
      return [];
    }
    return [{ token: other, holder, good: names.includes(privateName("held", other)) }];
  });
}

function hasEnded(folder: string, token: string, holder: Holder, othersEnded: boolean): boolean {
  const life = lifeOf(holder);
  if (life === "unknown") return othersEnded;
  return life === "ended" || (holder.pid === process.pid && !own.has(join(folder, token)));
}

/** A claim is written before it has its name: one that cannot be read was torn by a machine that stopped. */
function readHolder(path: string): Holder | "gone" | "torn" {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "gone";
    throw machineFailure("Locking", path, error);
  }
  try {
    const holder = JSON.parse(text) as Holder;
    return Number.isInteger(holder.pid) && typeof holder.host === "string" ? holder : "torn";
  } catch {
    return "torn";
  }
}
