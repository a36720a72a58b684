import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { FaultKind } from "./lost/fault.js";
import type { Said } from "./lost/lane-process.js";
import { type Subject, subjects } from "./lost/subjects.js";
import { runsOf, type Tally, Trial, tryAll, unfinished, verdictOf, withLanes } from "./lost/trial.js";
import type { ValidationCase, Verdict } from "./validation-case.js";

type Code = Exclude<FaultKind, "kill">;

const codes: readonly Code[] = ["ENOSPC", "EIO", "EMFILE"];

const remedies = /free some space|see to the disk|raise the limit/;

/** One fault: how it is told, what is left, and going on. What is amiss, with the call that met it. */
async function failed(code: Code, trial: Trial, k: number, tally: Tally): Promise<string | undefined> {
  trial.clear();
  const fault = trial.fault(code, k);
  const said = await trial.lane.process.ask({ words: [...trial.subject.words, "--out", trial.out], fault });
  if (said.status === 0) tally.harmless += 1;
  const amiss = toldWrong(code, trial, said) ?? (await leftWrong(trial, tally));
  return amiss && `${code} at ${said.met ?? "a call of a worker"}, status ${said.status}: ${amiss}`;
}

/** Due is status 1 and one message with the path, the code and what to do, or the end in spite of it. */
function toldWrong(code: Code, trial: Trial, { status, err }: Said): string | undefined {
  if (status === 0) return undefined;
  if (status !== 1) return `due is status 1; it said: ${err.trim()}`;
  if (!err.includes(trial.lane.folder) || !err.includes(`(${code})`) || !remedies.test(err))
    return `due are the path, (${code}) and what to do; it said: ${err.trim()}`;
  return /^\s+at /m.test(err) ? `a stack: ${err.trim()}` : undefined;
}

async function leftWrong(trial: Trial, tally: Tally): Promise<string | undefined> {
  const left = unfinished(trial.out);
  if (left.length > 0) return `left behind: ${left.join(", ")}`;
  const lost = runsOf(trial.out).filter((state) => state === "failed");
  if (lost.length > 0) return "a run is recorded as failed";
  return trial.goOn(tally);
}

/** Calls that a code may meet in an unbroken command. */
async function callsOf(code: Code, trial: Trial): Promise<number> {
  const countFile = join(trial.lane.folder, "calls");
  trial.clear();
  const fault = trial.fault(code, Number.MAX_SAFE_INTEGER);
  const words = [...trial.subject.words, "--out", trial.out];
  const { calls } = await trial.lane.process.ask({ words, fault, countFile });
  return calls > 0 ? calls : countIn(countFile);
}

/** A worker writes it as it ends, which the sweep does not wait for. */
async function countIn(file: string): Promise<number> {
  for (let waited = 0; !existsSync(file) && waited < 10_000; waited += 50) await pause(50);
  return Number(readFileSync(file, "utf8"));
}

function faultCase(
  name: string,
  what: string,
  stride: number,
  of: (at: (name: string) => string) => Omit<Subject, "name">,
): ValidationCase {
  return {
    name: `disk-faults-${name}`,
    title: `${what} on a disk that fails at any call says so with path and remedy, and goes on to the same bits`,
    slow: true,
    run: ({ report }) =>
      withLanes(2, async (lanes) => {
        const trials = lanes.map((lane) => new Trial(lane, { name, ...of((file) => join(lane.folder, file)) }));
        for (const trial of trials) await trial.prepare();
        const [first] = trials as [Trial, Trial];
        const verdicts: Verdict[] = [];
        for (const code of codes) {
          const calls = await callsOf(code, first);
          const told = (done: number) => `${name}: ${done} times ${code}, of ${calls} calls`;
          const attempt = (trial: Trial, k: number, tally: Tally) => failed(code, trial, k, tally);
          const tally = await tryAll(trials, calls, stride, attempt, report, told);
          verdicts.push(verdictOf(name, `times ${code}`, tally, stride));
        }
        return verdicts;
      }),
  };
}

/** Commands meet a full disk, a broken one, and too many open files at each of their calls. */
export const diskFaults: readonly ValidationCase[] = [
  faultCase("run", "a run", 1, (at) => subjects(at).run),
  faultCase("sweep", "a sweep", 1, (at) => subjects(at).sweep),
  faultCase("sweep-worker", "a sweep with a worker", 5, (at) => subjects(at).worker),
  faultCase("sweep-two-workers", "a sweep with two workers", 25, (at) => subjects(at).twoWorkers),
  faultCase("segment", "a segmentation", 1, (at) => subjects(at).segment),
  faultCase("segment-chunked", "a segmentation in parts", 20, (at) => subjects(at).segmentChunked),
];
