/** The command line with a fake solver, in a process of its own: for sweeps that are killed, and their workers. */
import { fileURLToPath } from "node:url";
import type { Collaborators } from "../../src/cli/collaborators.js";
import { synchrode } from "../../src/cli/program.js";
import { processTerminal } from "../../src/cli/terminal.js";
import { writeVtu } from "../../src/fem/mesh/vtu.js";
import { inject } from "../../validation/lost/fault.js";
import { fakeSimulation } from "../scenario/fake-simulation.js";

/** ms a step takes, so that there is something to kill. */
const slowness = Number(process.env.FAKE_STEP_MS ?? "0");

/** Scenarios with a film of 0.66 Ω m² fail, those with 0.77 Ω m² throw before the first step; with 0.55 Ω m², equal coverage fails. */
export const fakeWork: Collaborators = {
  start(scenario, from) {
    const film = scenario.feedback.kind === "film" ? scenario.feedback.resistance : 0;
    if (film === 0.77) throw new RangeError("the fake solver cannot begin");
    const fails = film === 0.66 || (film === 0.55 && scenario.title.startsWith("Equal coverage"));
    const simulation = fakeSimulation(scenario, from, { each: 4, failAt: fails ? 9 : -1 });
    return {
      ...simulation,
      advance() {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, slowness);
        return simulation.advance();
      },
    };
  },
  encodeFields: writeVtu,
  buildReport: async ([folder], out) =>
    (await import("../../src/report/sweep/sweep-report.js")).buildSweepReport(folder, out),
};

/** As a process, it is its own worker. */
const module = fileURLToPath(import.meta.url);
if (process.argv[1] === module) {
  if (process.argv[2] === "sweep-worker" && process.env.FAKE_FAULT) inject(JSON.parse(process.env.FAKE_FAULT));
  const work = { ...fakeWork, worker: { module, execArgv: [] } };
  process.exitCode = await synchrode(process.argv.slice(2), processTerminal, work);
}
