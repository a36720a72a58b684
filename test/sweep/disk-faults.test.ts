import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { writeVtu } from "../../src/fem/mesh/vtu.js";
import { readPlace } from "../../src/result/series.js";
import { type Ended, runFolder, runState, takeJob, type Work } from "../../src/study/sweep/job.js";
import { readSweep } from "../../src/study/sweep/load.js";
import { openJobs } from "../../src/study/sweep/run-sweep.js";
import { watchDisk } from "../../validation/lost/disk-calls.js";
import { type Fault, inject } from "../../validation/lost/fault.js";
import { unfinished } from "../../validation/lost/trial.js";
import { bundledProgram } from "../bundled-program.js";
import { saidBy } from "../cli/said.js";
import { refusal } from "../folder/faulty-files.js";
import { fakeSimulation } from "../scenario/fake-simulation.js";
import { right } from "../scenario/malformed.js";
import { scratchFolder } from "../scratch-folder.js";
import { fakeWork } from "./fake-main.js";

const { folder, written } = scratchFolder();
written("two.yaml", right);
const file = written(
  "sweep.yaml",
  `scenario: two.yaml
set: { outputs.fieldCycles: [] }
axes: { feedback.resistance: { values: [0.1 ohm m^2, 0.2 ohm m^2] } }
`,
);
const sweep = readSweep(file, () => {});
const work: Work = {
  start: (scenario, from) => fakeSimulation(scenario, from, { each: 2 }),
  encodeFields: writeVtu,
  backend: { requested: "auto", ran: "cpu" },
};

/** The first run of the sweep, in a folder of its own. */
const own = (name: string) => join(folder, name);
const [job] = openJobs(sweep, own("none"), new Map()) as [ReturnType<typeof openJobs>[number]];
const taken = (name: string, signal = new AbortController().signal, onFrame = () => {}): Promise<Ended> =>
  takeJob(job, own(name), work, { signal, onFrame });
const bits = (name: string) =>
  ["timeseries.csv", "particle_timeseries.csv", "checkpoint.bin"].map((each) =>
    readFileSync(join(runFolder(own(name), job.hash), each)).toString("base64"),
  );

beforeAll(() => taken("whole"));
afterEach(() => {
  delete process.env.FAKE_FAULT;
});

/** The case `disk-faults` of the validation takes every call; these are some. */
describe("a run of a sweep on a disk that fails", () => {
  it.each([
    ["ENOSPC", 17],
    ["EIO", 23],
    ["EMFILE", 5],
  ] as const)("stays open for %s at one call in %i, and goes on to the same bits", async (kind, stride) => {
    let [k, met] = [3, 0];
    for (; ; k += stride) {
      rmSync(own("a"), { recursive: true, force: true });
      const injected = inject({ kind, at: k, folder: own("a") });
      const ended = await taken("a").catch((error: Error): Ended => ({ status: "refused", message: error.message }));
      injected.end();
      if (injected.calls() < k) break;
      if (ended.status !== "done") {
        met += 1;
        expect(ended.message, `call ${k}`).toContain(`(${kind})`);
        expect(ended.message).toContain(own("a"));
        expect(["stopped", "refused"]).toContain(ended.status);
        expect(runState(own("a"), job.hash).status).toBe("open");
      }
      expect(unfinished(own("a"))).toEqual([]);
      expect(await taken("a")).toMatchObject({ status: "done" });
      expect(bits("a"), `call ${k}`).toEqual(bits("whole"));
    }
    expect(met).toBeGreaterThan(2);
  });

  it.each(["checkpoint.bin", "timeseries.csv", "manifest.json"])(
    "keeps what was computed when %s cannot be read at present",
    async (name) => {
      rmSync(own("b"), { recursive: true, force: true });
      const controller = new AbortController();
      let frames = 0;
      await taken("b", controller.signal, () => void (++frames === 5 && controller.abort()));
      const path = join(runFolder(own("b"), job.hash), name);
      const place = () => readPlace(runFolder(own("b"), job.hash));
      const before = place();
      expect(before).toBeDefined();
      const end = watchDisk((call) => {
        if (call.path === path && !call.changes) throw refusal("EMFILE", "open", path);
      });
      const ended = await taken("b").catch((error: Error) => ({ status: "refused", message: error.message }));
      end();
      expect(ended).toMatchObject({ message: expect.stringContaining(`${path}: found too many open files`) });
      expect(place()).toEqual(before);
    },
  );
});

const worker = await bundledProgram("test/sweep/fake-main.ts");

describe("a sweep on a full disk", () => {
  it("says so with path and remedy, and keeps the runs open", async () => {
    const out = own("full");
    const words = ["sweep", file, "--out", out, "--jobs", "1", "--no-report"];
    process.env.FAKE_FAULT = JSON.stringify({ kind: "ENOSPC", at: 40, folder: out } satisfies Fault);
    const { status, err } = await saidBy(words, { ...fakeWork, worker });
    expect(status, err).toBe(1);
    expect(err).toMatch(/stopped: .*runs.*: found no space left on the device \(ENOSPC\); free some space/);
    expect(err).toContain(`To go on: synchrode sweep ${file} --out ${out} --resume`);
    expect(err).not.toContain("failed");
    expect(openJobs(sweep, out, new Map())).toHaveLength(2);
  });
});
