import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ReadOne } from "./reader.js";

/** What came of reading many damaged files. */
export interface Tally {
  read: number;
  refused: number;
  /** Number of the damaged file and what went wrong. */
  readonly faults: { readonly number: number; readonly message: string }[];
  /** s of processor time, of the slowest */
  slowest: number;
  /** bytes, most that a process took */
  memory: number;
}

/** Files that one process reads before another takes over. */
const batch = 500;

/** s that a file may take before its process is ended: more than the band, since the machine may be busy */
const patience = 30;

/** Reads damaged files 0 to `count` of a format in processes of their own, so that one that dies or hangs is noticed. */
export async function tallyOf(format: string, count: number, report: (done: number) => void): Promise<Tally> {
  const tally: Tally = { read: 0, refused: 0, faults: [], slowest: 0, memory: 0 };
  for (let next = 0; next < count; ) {
    next = await readSome(format, next, Math.min(count, next + batch), tally);
    report(next);
  }
  return tally;
}

/** @returns number of the first file that was not read */
function readSome(format: string, from: number, to: number, tally: Tally): Promise<number> {
  const child = started(format, from, to);
  return new Promise((resolve, reject) => {
    let [next, ready, hung] = [from, false, false];
    let timer: NodeJS.Timeout | undefined;
    const wait = () => {
      clearTimeout(timer);
      ready = true;
      timer = setTimeout(() => {
        hung = true;
        child.kill("SIGKILL");
      }, 1000 * patience);
    };
    child.on("message", (message: ReadOne | { readonly ready: true }) => {
      if ("number" in message) {
        next = message.number + 1;
        count(tally, message);
      }
      wait();
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      if (!ready) return reject(new Error(`the reading process did not start (${signal ?? code})`));
      if (next === to) return resolve(to);
      const message = hung ? `took more than ${patience} s` : `ended the process (${signal ?? `status ${code}`})`;
      tally.faults.push({ number: next, message });
      resolve(next + 1);
    });
  });
}

function count(tally: Tally, { number, outcome, seconds, memory }: ReadOne): void {
  tally.slowest = Math.max(tally.slowest, seconds);
  tally.memory = Math.max(tally.memory, memory);
  if (outcome.ended === "fault") tally.faults.push({ number, message: outcome.message });
  else tally[outcome.ended]++;
}

/** The loader of TypeScript would rewrite the four megabytes of this library, for which it takes 650 MB. */
const libraryFirst = ["--import", import.meta.resolve("h5wasm/node")];

function started(format: string, from: number, to: number): ChildProcess {
  const built = fileURLToPath(new URL("./reader.js", import.meta.url));
  const isBuilt = existsSync(built);
  return fork(isBuilt ? built : built.replace(/\.js$/, ".ts"), [format, String(from), String(to)], {
    execArgv: isBuilt ? [] : [...libraryFirst, "--import", import.meta.resolve("tsx")],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}
