import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Verdict } from "../validation-case.js";
import type { Fault, FaultKind } from "./fault.js";
import { type LaneProcess, startLane } from "./lane-process.js";
import { type Subject, writeInputs } from "./subjects.js";

/** A folder and a process of its own, in which one disturbance after another is tried. */
export interface Lane {
  readonly folder: string;
  readonly process: LaneProcess;
  readonly inputs: readonly string[];
}

/** What was tried on a subject. */
export interface Tally {
  /** Calls that could be disturbed. */
  calls: number;
  tried: number;
  /** Times that the command came to its end all the same. */
  harmless: number;
  /** Times that going on was refused with what to do, which then led to the end. */
  refused: number;
  readonly faults: string[];
}

/** Work that is done with several lanes side by side, in a folder that goes afterwards. */
export async function withLanes<T>(count: number, work: (lanes: readonly Lane[]) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "synchrode-lost-"));
  const lanes = Array.from({ length: count }, (_, k): Lane => {
    const own = join(folder, String(k));
    return { folder: own, inputs: writeInputs(own), process: startLane() };
  });
  try {
    return await work(lanes);
  } finally {
    for (const lane of lanes) lane.process.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A subject in a lane: what is due, and the results that are there before. */
export class Trial {
  readonly out: string;
  /** By the number of a call. */
  readonly copies: string;
  readonly #inputs: string;
  readonly #template: string;
  #due = "";

  constructor(
    readonly lane: Lane,
    readonly subject: Subject,
  ) {
    this.out = join(lane.folder, "out");
    this.copies = join(lane.folder, "copies");
    this.#template = join(lane.folder, `${subject.name}-before`);
    this.#inputs = bytesOf(lane.folder, lane.inputs);
  }

  fault(kind: FaultKind, at: number): Fault {
    return { who: this.subject.who, kind, at, folder: this.lane.folder };
  }

  /** The unbroken result. */
  async prepare(): Promise<void> {
    const { over, words, files } = this.subject;
    if (over) {
      await this.asked(over, this.#template);
      writeFileSync(join(this.#template, "notes.txt"), "the user's own");
    }
    this.clear();
    await this.asked(words, this.out);
    this.#due = bytesOf(this.out, files);
  }

  /** The state before: no results, or those of other work. */
  clear(): void {
    rmSync(this.out, { recursive: true, force: true });
    if (this.subject.over) cpSync(this.#template, this.out, { recursive: true });
  }

  /** What a kill before a call would have left, of the copies that were made. */
  takeCopy(k: number): void {
    rmSync(this.out, { recursive: true, force: true });
    const copy = join(this.copies, String(k));
    if (existsSync(copy)) renameSync(copy, this.out);
  }

  /** Goes on, as a refusal says where there is one; what is wrong with the end, if something is. */
  async goOn(tally: Tally): Promise<string | undefined> {
    const { words, again, over, files } = this.subject;
    let said = await this.lane.process.ask({ words: [...again, "--out", this.out] });
    if (said.status === 2 && over && /without --resume|leave out --resume/.test(said.err)) {
      tally.refused += 1;
      said = await this.lane.process.ask({ words: [...words, "--out", this.out] });
    }
    if (said.status !== 0) return `it ended with status ${said.status}: ${said.err.trim()}`;
    if (bytesOf(this.out, files) !== this.#due) return "other bits";
    if (bytesOf(this.lane.folder, this.lane.inputs) !== this.#inputs) return "an input has changed";
    if (over && !existsSync(join(this.out, "notes.txt"))) return "a file of the user's is gone";
    const left = unfinished(this.out);
    return left.length > 0 ? `left behind: ${left.join(", ")}` : undefined;
  }

  private async asked(words: readonly string[], out: string): Promise<void> {
    const { status, err } = await this.lane.process.ask({ words: [...words, "--out", out] });
    if (status !== 0) throw new Error(`Running ${this.subject.name} unbroken: ${err}`);
  }
}

/** Files in a folder, at any depth, that were being written, and locks that nobody gave back. */
export function unfinished(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.(tmp|lock|held)$/.test(name));
}

/** How the runs of a sweep stand by their manifests. */
export function runsOf(folder: string): readonly string[] {
  const runs = join(folder, "runs");
  if (!existsSync(runs)) return [];
  const manifests = readdirSync(runs).map((name) => join(runs, name, "manifest.json"));
  return manifests.filter(existsSync).map((path) => JSON.parse(readFileSync(path, "utf8")).status);
}

function bytesOf(folder: string, files: readonly string[]): string {
  return files.map((file) => readFileSync(join(folder, file)).toString("base64")).join();
}

/** Tries every due call, each in the lane that is free next. */
export async function tryAll(
  trials: readonly Trial[],
  calls: number,
  stride: number,
  attempt: (trial: Trial, k: number, tally: Tally) => Promise<string | undefined>,
  report: (line: string) => void,
  done: (tried: number) => string,
): Promise<Tally> {
  const tally: Tally = { calls, tried: 0, harmless: 0, refused: 0, faults: [] };
  let next = 1;
  const work = async (trial: Trial) => {
    for (let k = next; k <= calls; k = next) {
      next += stride;
      const fault = await attempt(trial, k, tally);
      tally.tried += 1;
      if (fault !== undefined) {
        tally.faults.push(`call ${k}: ${fault}`);
        report(`MISS at call ${k}: ${fault}`);
      }
      if (tally.tried % 20 === 0) report(done(tally.tried));
    }
  };
  await Promise.all(trials.map(work));
  return tally;
}

/** @param what for people, such as "kills" */
export function verdictOf(name: string, what: string, tally: Tally, stride: number): Verdict {
  const { calls, tried, harmless, refused, faults } = tally;
  const which = stride === 1 ? "each" : `every ${stride}th`;
  const but = [
    ...(harmless > 0 ? [`${harmless} did no harm`] : []),
    ...(refused > 0 ? [`after ${refused} going on was refused and beginning anew led there`] : []),
  ];
  const all = `${tried} ${what}, ${which} of ${calls} calls${but.length > 0 ? ` (${but.join(", ")})` : ""}`;
  return {
    name: `${name}: not the same bits in the end, of ${all}`,
    value: faults.length,
    band: "0",
    holds: faults.length === 0 && tried > harmless,
    ...(faults.length > 0 && { details: faults.slice(0, 5).join("; ") }),
  };
}
