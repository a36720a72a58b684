import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownProgram } from "../src/cli/worker-program.js";
import { phantom } from "../src/imaging/phantom/phantom.js";
import { writeTiff } from "../src/imaging/volume/tiff-writer.js";
import type { ValidationCase, Verdict } from "./validation-case.js";

/**
 * Loaded before the program: counts the calls that change the disk, of the process whose first word is `KILL_WHO`, and
 * ends it by SIGKILL before the call `KILL_AT`; without that, the number of calls goes to the file `KILL_COUNT`.
 */
const preload = `
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
if (process.argv[2] === process.env.KILL_WHO) {
  const at = Number(process.env.KILL_AT ?? "Infinity");
  const own = fs.writeFileSync;
  let calls = 0;
  const names = ["writeSync", "writeFileSync", "fsyncSync", "ftruncateSync", "renameSync", "linkSync", "unlinkSync", "rmSync", "rmdirSync", "mkdirSync", "openSync"];
  for (const name of names) {
    const call = fs[name];
    fs[name] = (...words) => {
      const reads = name === "openSync" && (words[1] === undefined || words[1] === "r" || words[1] === fs.constants.O_RDONLY);
      if (!reads && ++calls >= at) process.kill(process.pid, "SIGKILL");
      return call(...words);
    };
  }
  syncBuiltinESMExports();
  process.on("exit", () => process.env.KILL_COUNT && own(process.env.KILL_COUNT, String(calls)));
}`;

/** What is killed: a command line, whose process, and the files that must come out alike. */
interface Victim {
  readonly name: string;
  /** The first word of the process that is killed. */
  readonly who: string;
  readonly words: readonly string[];
  /** Words that go on after a kill. */
  readonly again: readonly string[];
  readonly files: readonly string[];
  /** Every so many calls. */
  readonly stride: number;
}

const scenario = `title: Two particles
geometry:
  kind: plane
  lattice: { columns: 2, rows: 1, radius: 5 um, clearance: 6 um }
  collector: bottom
  separator: top
coverage: { pattern: arc, fractions: [0.9, 0.1] }
activeMaterial:
  set: ORegan2022
  diffusivity: 5e-14 m^2/s
  exchangeCurrent: { symmetric: 2 A/m^2 }
  initialStoichiometry: 0.85
interface: { stiffness: 1e16 Pa/m, fatigue: { rate: 10, threshold: 0.3 } }
feedback: { kind: film, resistance: 0.2 ohm m^2 }
protocol:
  repeat: 2
  steps:
    - charge: { rate: 5C, until: { throughput: 0.02, voltage: 4.8 V } }
    - discharge: { rate: 5C, until: { throughput: 0.02 } }
solver: { mesh: { interfaceSize: 2 um, largestSize: 4 um } }
`;

const sweep = `scenario: two.yaml
set: { protocol.repeat: 1, outputs.fieldCycles: [] }
axes: { feedback.resistance: { values: [0.1 ohm m^2, 0.2 ohm m^2] } }
`;

/** One process of the program, to its end. */
function program(words: readonly string[], own: NodeJS.ProcessEnv): Promise<{ status: number | null; said: string }> {
  const { module, execArgv } = ownProgram();
  const options = `--import=data:text/javascript,${encodeURIComponent(preload)}`;
  const child = spawn(process.execPath, [...execArgv, module, ...words], {
    env: { ...process.env, NODE_OPTIONS: options, ...own },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, said })));
}

const bytesOf = (folder: string, files: readonly string[]) =>
  files.map((file) => readFileSync(join(folder, file)).toString("base64")).join();

/** Kills before every call, goes on, and compares with the unbroken result. */
async function killed(victim: Victim, folder: string, report: (message: string) => void): Promise<readonly Verdict[]> {
  const { name, who, words, again, files, stride } = victim;
  const [whole, count, out] = ["whole", "count", "out"].map((each) => join(folder, `${name}-${each}`)) as [
    string,
    string,
    string,
  ];
  const unbroken = await program([...words, "--out", whole], { KILL_WHO: who, KILL_COUNT: count });
  if (unbroken.status !== 0) throw new Error(`Running ${name} unbroken: ${unbroken.said}`);
  const calls = Number(readFileSync(count, "utf8"));
  const [due, inputs] = [bytesOf(whole, files), readdirSync(folder).filter((each) => /\.(yaml|tif)$/.test(each))];
  const before = bytesOf(folder, inputs);
  const lost: string[] = [];
  let kills = 0;
  for (let k = 1; k <= calls; k += stride) {
    rmSync(out, { recursive: true, force: true });
    await program([...words, "--out", out], { KILL_WHO: who, KILL_AT: String(k) });
    const gone = await program([...again, "--out", out], { KILL_WHO: "nobody" });
    kills += 1;
    if (gone.status !== 0) lost.push(`call ${k}: ${gone.said.trim().split("\n").at(-1)}`);
    else if (bytesOf(out, files) !== due) lost.push(`call ${k}: other bits`);
    else if (bytesOf(folder, inputs) !== before) lost.push(`call ${k}: an input has changed`);
    if (kills % 20 === 0) report(`${name}: ${k} of ${calls} calls`);
  }
  return [
    {
      name: `${name}: kills after which it did not end in the same bits, of ${kills} in ${calls} calls`,
      value: lost.length,
      band: "0",
      holds: lost.length === 0,
      ...(lost.length > 0 && { details: lost.slice(0, 5).join("; ") }),
    },
  ];
}

const series = ["timeseries.csv", "particle_timeseries.csv", "particles.csv", "checkpoint.bin"];
const tables = ["runs.csv", "runs.parquet", "sweep.json"];

function victims(at: (name: string) => string): readonly Victim[] {
  const run = ["run", at("two.yaml")];
  const swept = ["sweep", at("sweep.yaml"), "--jobs", "1", "--no-report"];
  const segment = ["segment", at("phases.tif"), "--backend", "cpu"];
  const found = ["labels.tif", "particles.csv", "contacts.csv"];
  return [
    { name: "run", who: "run", words: run, again: [...run, "--resume"], files: series, stride: 1 },
    { name: "sweep", who: "sweep", words: swept, again: [...swept, "--resume"], files: tables, stride: 1 },
    { name: "sweep-worker", who: "sweep-worker", words: swept, again: swept, files: tables, stride: 5 },
    { name: "segment", who: "segment", words: segment, again: segment, files: found, stride: 1 },
  ];
}

/** A run, a sweep, one of its workers and a segmentation are killed before each of their calls that change the disk. */
export const kills: ValidationCase = {
  name: "kills",
  title: "commands that are killed before any call that changes the disk end in the same bits when they go on",
  slow: true,
  async run({ report }) {
    const folder = mkdtempSync(join(tmpdir(), "synchrode-kills-"));
    try {
      writeFileSync(join(folder, "two.yaml"), scenario);
      writeFileSync(join(folder, "sweep.yaml"), sweep);
      const balls = [14, 36].map((x) => ({ centre: [x, 14, 14], radius: 11 }) as const);
      const { phases } = phantom({ balls, cracks: [], hollows: [], caps: [] }, [28, 28, 50], [1, 1, 1]);
      writeTiff(join(folder, "phases.tif"), phases);
      const verdicts: Verdict[] = [];
      for (const victim of victims((name) => join(folder, name)))
        verdicts.push(...(await killed(victim, folder, report)));
      return verdicts;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
