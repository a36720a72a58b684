import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mutatedFormats } from "./formats.js";
import { mutated } from "./mutation.js";
import { type Outcome, outcomeOf } from "./outcome.js";

/** What the process that reads damaged files tells of each. */
export interface ReadOne {
  readonly number: number;
  readonly outcome: Outcome;
  /** Processor time, s: a busy machine does not make it longer. */
  readonly seconds: number;
  /** Most memory that the process has taken so far, bytes. */
  readonly memory: number;
}

/** Reads damaged files `from` to `to` of a format and tells of each: started by `processOf`, apart, since it may die. */
async function serve(name: string, from: number, to: number): Promise<void> {
  const format = mutatedFormats.find((each) => each.name === name);
  if (format === undefined) throw new RangeError(`Reading damaged files: found the format ${name}.`);
  const seeds = await format.seeds();
  const folder = mkdtempSync(join(tmpdir(), "synchrode-mutated-"));
  process.send?.({ ready: true });
  for (let number = from; number < to; number++) {
    const seed = mutated(format, seeds, number);
    const before = process.cpuUsage();
    const outcome = await outcomeOf(seed, folder);
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    const told: ReadOne = { number, outcome, seconds, memory: process.resourceUsage().maxRSS * 1024 };
    await new Promise<void>((resolve) => process.send?.(told, () => resolve()));
  }
  rmSync(folder, { recursive: true, force: true });
  process.disconnect();
}

const [name, from, to] = process.argv.slice(2);
if (name !== undefined && process.send !== undefined) await serve(name, Number(from), Number(to));
