import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { victimOf } from "./lost/lane-process.js";
import { type Subject, subjects } from "./lost/subjects.js";
import { type Tally, Trial, tryAll, verdictOf, withLanes } from "./lost/trial.js";
import type { ValidationCase } from "./validation-case.js";

/** Runs a command in a process of its own, which keeps a copy of the folder before each call that changes the disk. */
async function copied(trial: Trial): Promise<number> {
  const file = join(trial.lane.folder, "calls");
  rmSync(trial.copies, { recursive: true, force: true });
  trial.clear();
  const { status, err } = await victimOf([...trial.subject.words, "--out", trial.out], trial.fault("copy", 0), file);
  if (status !== 0) throw new Error(`Copying before each call of ${trial.subject.name}: ${err}`);
  return Number(readFileSync(file, "utf8"));
}

/** What a kill would have left, and going on from there. */
async function asKilled(trial: Trial, k: number, tally: Tally): Promise<string | undefined> {
  trial.takeCopy(k);
  return trial.goOn(tally);
}

/** One kill, in a process of its own, and going on in another. */
async function killed(trial: Trial, k: number, tally: Tally): Promise<string | undefined> {
  trial.clear();
  const { status } = await victimOf([...trial.subject.words, "--out", trial.out], trial.fault("kill", k));
  if (status === 0) tally.harmless += 1;
  return trial.goOn(tally);
}

/**
 * Two lanes, as many as an ordinary machine has cores for.
 * @param stride of the calls before which a process is killed indeed; that takes its start anew each time
 */
function killCase(
  name: string,
  what: string,
  stride: number,
  of: (at: (file: string) => string) => Omit<Subject, "name">,
) {
  return {
    name: `kills-${name}`,
    title: `${what} killed before any call that changes the disk ends in the same bits when it goes on`,
    slow: true,
    run: ({ report }) =>
      withLanes(2, async (lanes) => {
        const trials = lanes.map((lane) => new Trial(lane, { name, ...of((file) => join(lane.folder, file)) }));
        for (const trial of trials) await trial.prepare();
        const [calls = 0] = await Promise.all(trials.map(copied));
        const told = (how: string) => (done: number) => `${name}: ${done} ${how}, of ${calls} calls`;
        const states = await tryAll(trials, calls, 1, asKilled, report, told("states that a kill leaves"));
        const kills = await tryAll(trials, calls, stride, killed, report, told("kills"));
        return [
          verdictOf(name, "states that a kill leaves", states, 1),
          verdictOf(name, "kills by SIGKILL", kills, stride),
        ];
      }),
  } satisfies ValidationCase;
}

/** Commands are killed before each of their calls that change the disk. */
export const kills: readonly ValidationCase[] = [
  killCase("run", "a run", 5, (at) => subjects(at).run),
  killCase("run-over", "a run over other results", 20, (at) => subjects(at).runOver),
  killCase("sweep", "a sweep", 10, (at) => subjects(at).sweep),
  killCase("sweep-worker", "a sweep with a worker", 10, (at) => subjects(at).worker),
  killCase("segment", "a segmentation", 10, (at) => subjects(at).segment),
  killCase("segment-over", "a segmentation over other results", 20, (at) => subjects(at).segmentOver),
];
