/**
 * How busy a sweep of 64 runs keeps the cores: `node --import tsx bench/sweep.ts [workers]`. The share is the processor
 * time of the sweep and all its workers over wall-clock time times workers; what the runs themselves took is beside it.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ownProgram } from "../src/cli/worker-program.js";

const workers = Number(process.argv[2] ?? availableParallelism());
const folder = mkdtempSync(join(tmpdir(), "synchrode-bench-sweep-"));
const sweep = `title: Sixty-four
scenario: ${resolve("scenarios/three-particles.yaml")}
set:
  outputs.fieldCycles: []
  protocol.repeat: 10
  solver.mesh: { interfaceSize: 0.75 um, growth: 0.25, largestSize: 2.5 um }
  solver.time: { leastSteps: 12, largestStep: 60 s }
axes:
  feedback.resistance: { from: 0.1 ohm m^2, to: 0.5 ohm m^2, steps: 16 }
  protocol.steps.0.charge.rate: { values: [1C, 2C, 5C, 8C] }
`;

try {
  writeFileSync(join(folder, "sweep.yaml"), sweep);
  const { module, execArgv } = ownProgram();
  const out = join(folder, "out");
  const words = ["sweep", join(folder, "sweep.yaml"), "--out", out, "--jobs", String(workers), "--no-report"];
  const began = performance.now();
  const before = cpuSeconds();
  const { status } = spawnSync(process.execPath, [...execArgv, module, ...words], { stdio: "inherit" });
  const wall = (performance.now() - began) / 1000;
  const timings = readFileSync(join(out, "timings.csv"), "utf8").trim().split("\n").slice(1);
  const inRuns = timings.reduce((sum, row) => sum + Number(row.split(",")[2]), 0);
  const busy = (cpuSeconds() - before) / (wall * workers);
  console.log(`status ${status}, ${workers} workers, ${wall.toFixed(1)} s wall`);
  console.log(
    `processor time ${(100 * busy).toFixed(1)} % of the workers, in runs ${((100 * inRuns) / (wall * workers)).toFixed(1)} %`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** s of processor time of all children that have ended, from /proc/self/stat: the 16th and 17th field, in 1/100 s. */
function cpuSeconds(): number {
  const fields = readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}
