import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liveHolders } from "../../src/folder/lock.js";
import { arrayScript } from "../../src/study/sweep/slurm.js";
import { bundledProgram } from "../bundled-program.js";
import { saidBy } from "../cli/said.js";
import { right as scenario } from "../scenario/malformed.js";
import { fakeWork } from "./fake-main.js";
import { type Cluster, missingSlurm, startCluster } from "./slurm-cluster.js";

const fake = { ...fakeWork, worker: await bundledProgram("test/sweep/fake-main.ts") };
const missing = missingSlurm();
const folder = mkdtempSync(join(tmpdir(), "synchrode-slurm-"));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const sweepFile = `title: In the queue
scenario: two.yaml
set: { outputs.fieldCycles: [] }
axes:
  feedback.resistance: { values: [0.1 ohm m^2, 0.66 ohm m^2] }
  protocol.steps.0.charge.rate: { values: [1C, 5C] }
`;

const sweep = (name: string, ...words: string[]) =>
  saidBy(["sweep", join(folder, "sweep.yaml"), "--out", join(folder, name), ...words], fake);

const tables = (name: string) =>
  ["runs.csv", "runs.parquet", "sweep.json"].map((file) => readFileSync(join(folder, name, file)).toString("base64"));

/** Who is at a run of a sweep at this moment. */
function worker(name: string): number | undefined {
  const runs = join(folder, name, "runs");
  const all = existsSync(runs) ? readdirSync(runs) : [];
  return all.flatMap((run) => liveHolders(join(runs, run)))[0]?.pid;
}

describe("the script of a job array", () => {
  it("gives each run a task, and shares out more runs than an array may have", () => {
    const options = { program: { module: "main.js", execArgv: ["--flag"] }, folder: "it's/here", interval: 1 };
    const script = arrayScript(64, "it's/here/slurm/jobs-1.json", { ...options, workers: 8 });
    expect(script).toContain("#SBATCH --array=0-63%8\n");
    expect(script).toContain("'--flag'");
    expect(script).toContain("it'\\''s/here' '--jobs'");
    expect(arrayScript(2500, "jobs.json", options)).toMatch(/--array=0-999\n[\s\S]*--of 1000\n$/);
  });
});

// A queue on a loaded machine takes its time.
describe.skipIf(missing !== undefined)(
  `a one-node Slurm${missing === undefined ? "" : ` (${missing})`}`,
  { timeout: 300_000 },
  () => {
    let cluster: Cluster;
    const own = { ...process.env };
    beforeAll(async () => {
      writeFileSync(join(folder, "two.yaml"), scenario);
      writeFileSync(join(folder, "sweep.yaml"), sweepFile);
      cluster = await startCluster(join(folder, "cluster"));
      Object.assign(process.env, cluster.env);
      await sweep("local", "--jobs", "1", "--no-report");
    });
    afterAll(async () => {
      await cluster?.stop();
      delete process.env.SLURM_CONF;
      if (own.SLURM_CONF !== undefined) process.env.SLURM_CONF = own.SLURM_CONF;
      delete process.env.FAKE_STEP_MS;
    });

    it("computes the same table as this machine", async () => {
      const { status, err } = await sweep("queue", "--engine", "slurm", "--no-report");
      expect(err).toMatch(/Submitted job \d+: 4 runs/);
      expect(err).toContain("2 runs failed");
      expect(status).toBe(1);
      expect(tables("queue")).toEqual(tables("local"));
    });

    it("takes a killed task's run again, and follows a job that is in the queue already", async () => {
      process.env.FAKE_STEP_MS = "100";
      const first = sweep("killed", "--engine", "slurm", "--no-report", "--jobs", "1");
      while (worker("killed") === undefined) await pause(50);
      process.kill(worker("killed")!, "SIGKILL");
      await pause(500);
      process.emit("SIGINT");
      const stopped = await first;
      expect(stopped.status).toBe(1);
      const job = readFileSync(join(folder, "killed", "slurm", "job"), "utf8").trim();
      expect(stopped.err).toContain(`scancel ${job} ends it`);
      expect(stopped.err).toContain("--engine slurm --resume");
      delete process.env.FAKE_STEP_MS;
      const second = await sweep("killed", "--engine", "slurm", "--resume", "--no-report");
      expect(second.err).toContain(`Following job ${job}`);
      expect(second.err).toMatch(/Submitted job \d+: 1 runs/);
      expect(tables("killed")).toEqual(tables("local"));
      expect(execFileSync("squeue", ["--noheader"]).toString().trim()).toBe("");
    });

    it("says what sbatch says when it refuses", async () => {
      process.env.SBATCH_PARTITION = "nowhere";
      const { status, err } = await sweep("refused", "--engine", "slurm");
      delete process.env.SBATCH_PARTITION;
      expect(status).toBe(1);
      expect(err).toMatch(/by sbatch: .*invalid partition/i);
    });
  },
);

it("the engine says so when there is no sbatch", async () => {
  const path = process.env.PATH;
  process.env.PATH = join(folder, "nothing");
  writeFileSync(join(folder, "two.yaml"), scenario);
  writeFileSync(join(folder, "sweep.yaml"), sweepFile);
  const { status, err } = await sweep("absent", "--engine", "slurm");
  process.env.PATH = path;
  expect(status).toBe(1);
  expect(err).toContain("is Slurm installed here?");
});
